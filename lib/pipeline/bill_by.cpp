#include "pipeline/bill_by.hpp"

#include "pipeline/remake_lines.hpp"

namespace billctl {

void set_bill_by(InvoiceEdit& edit, BillBy bill_by) {
  if (edit.invoice().bill_by == bill_by) return;
  edit.invoice().bill_by = bill_by;
  remake_lines(edit);
}

}  // namespace billctl
