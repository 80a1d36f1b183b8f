// Render: the document of an invoice as the client gets it, from stored numbers alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "invoice/options.hpp"
#include "pipeline/session.hpp"
#include "render/printed_document.hpp"
#include "work/filter.hpp"

namespace billctl {

struct RenderedInvoice {
  std::string invoice;  ///< its name now
  PrintedDocument printed;
};

/// @param annex none: the invoice's own.
/// @throws Error{not_found}, {not_permitted}.
RenderedInvoice printed_invoice(Session& session, std::string_view name,
                                std::optional<Annex> annex = std::nullopt);

/// The names of the issued invoices that the filter leaves, for `render --all`.
std::vector<std::string> invoices_to_render(Session& session, const Filter& filter);

}  // namespace billctl
