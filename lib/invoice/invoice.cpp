#include "invoice/invoice.hpp"

#include "outcome/words.hpp"

namespace billctl {

std::string_view word(InvoiceType type) {
  return word_of(kInvoiceTypeWords, type);
}
std::optional<InvoiceType> invoice_type_of(std::string_view text) {
  return find_word<InvoiceType>(kInvoiceTypeWords, text);
}

std::string_view word(InvoiceState state) {
  return word_of(kInvoiceStateWords, state);
}
std::optional<InvoiceState> invoice_state_of(std::string_view text) {
  return find_word<InvoiceState>(kInvoiceStateWords, text);
}

}  // namespace billctl
