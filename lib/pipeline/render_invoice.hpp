// Render: the document of an invoice as the client gets it, from stored numbers alone. What was
// sent is given back byte for byte; with `again` it is made anew and marked COPY (spec/cli.md).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "invoice/options.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/session.hpp"
#include "render/medium.hpp"
#include "render/printed_document.hpp"
#include "work/books.hpp"
#include "work/filter.hpp"

namespace billctl {

struct PrintManner {
  std::optional<Annex> annex;  ///< none: the invoice's own
  bool again = false;          ///< a copy, also of what was sent
};

struct RenderedInvoice {
  InvoiceId id;
  std::string invoice;  ///< its name now
  PrintedDocument printed;
};

/// Reads the documents of one run. Inside `Ledger::read`.
class PrintRoom {
 public:
  explicit PrintRoom(Session& session);

  /// @throws Error{not_found}, {not_permitted}; {bad_config} for a logo that can't be read.
  RenderedInvoice invoice(std::string_view name, const PrintManner& manner = {});
  /// The names of the issued invoices that the filter leaves, for `render --all`.
  std::vector<std::string> issued(const Filter& filter);

 private:
  std::vector<AnnexRow> annex_of(const Invoice& invoice, std::optional<Annex> annex);

  Session& session_;
  const Books books_;
  Completion completion_;
  std::shared_ptr<const Logo> logo_;
};

struct RenderRequest {
  std::vector<std::string> invoices;
  bool all = false;  ///< every issued invoice that the filter leaves, instead
  Filter filter;
  const Medium* medium = nullptr;
  PrintManner manner;
  std::string target;      ///< a file, or a folder; empty: no file is written
  bool is_folder = false;  ///< `target` is one: files are named after their invoices
};

/// What became of a render: the report {documents, refused, warnings} and, without a target, the
/// bytes.
struct Rendering {
  Report report;
  std::string content;
};

/// Renders, and writes files on as many threads as there are cores. A file that has the same bytes
/// already is left alone, so a run that was cut short goes on where it was.
/// @throws what a single invoice is refused for; {io} for a file that can't be written.
Rendering render(Session& session, const RenderRequest& request);

}  // namespace billctl
