// Apply material: the lines of a draft are made anew of its material (S1-39).
//
//     a bill of 1000.00 whose update row is 800.00, and 100 h at 50.00: lines of 800.00 and
//     5000.00, the invoice is 5800.00
#pragma once

#include "pipeline/invoice_edit.hpp"

namespace billctl {

/// Hours stand at their own price, non-hours at their update row: at an exact unit price where
/// there is one, else with the difference written up or down. Items released leave their line,
/// those linked get one; lines typed by hand stay unless items stand behind them; orphans stay
/// orphans (S1-44). Once no line is typed or without items and no item without a line, the report
/// prices are the shares again.
/// @throws Error{tax_invalid}, {too_many_taxes} as `generate` does.
void make_lines_follow(InvoiceEdit& edit);

}  // namespace billctl
