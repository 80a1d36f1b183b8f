// Bill by: a draft billed by the hour or by the day (S4-4, S4-22, X26).
#pragma once

#include "invoice/options.hpp"
#include "pipeline/invoice_edit.hpp"

namespace billctl {

/// Sets the draft's flag and makes the adjustments of day billing, with the lines that they stand
/// on, anew. Lines changed by hand stay. `finish(Touch::content, …)` then lets approvals fall only
/// when an amount changed (X22).
void set_bill_by(InvoiceEdit& edit, BillBy bill_by);

}  // namespace billctl
