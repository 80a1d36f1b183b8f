#include "ledger/picked_taxes.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kList =
    "SELECT tax, on_it FROM picked_tax WHERE invoice_id = :invoice ORDER BY tax";
constexpr const char* kPut =
    "INSERT INTO picked_tax (invoice_id, tax, on_it) VALUES (:invoice, :tax, :on_it) "
    "ON CONFLICT (invoice_id, tax) DO UPDATE SET on_it = excluded.on_it";
constexpr const char* kCopy =
    "INSERT INTO picked_tax (invoice_id, tax, on_it) "
    "SELECT :to, tax, on_it FROM picked_tax WHERE invoice_id = :from";

}  // namespace

std::vector<PickedTax> PickedTaxes::list(InvoiceId draft) {
  Query query(ledger_, kList);
  query.bind(":invoice", draft);
  std::vector<PickedTax> picked;
  while (query.step()) picked.push_back({query.string(0), query.boolean(1)});
  return picked;
}

void PickedTaxes::put(InvoiceId draft, const PickedTax& picked) {
  Query query(ledger_, kPut);
  query.bind(":invoice", draft).bind(":tax", picked.tax).bind(":on_it", picked.on_it).run();
}

void PickedTaxes::copy(InvoiceId from, InvoiceId to) {
  Query(ledger_, kCopy).bind(":from", from).bind(":to", to).run();
}

}  // namespace billctl
