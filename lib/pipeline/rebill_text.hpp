// RebillText: the words of a job's invoices: the text of a line that is one entry (S3-17), the
// title and the subtitle (S3-4, S3-5).
#pragma once

#include <functional>
#include <string>

#include "config/job_file.hpp"
#include "invoice/line_item.hpp"
#include "ledger/item_queue.hpp"
#include "work/books.hpp"

namespace billctl {

/// Product name and description (without a product of somebody's choice the task's name), then
/// "Ticket n°77 of 05/10/26 at 09:30" by the task's source type, and with employee names " by
/// Maija".
std::function<std::string(const LineItem&, const EntryWords&)> rebill_entry_text(
    const JobFile& job, const Config& config, const Books& books);

/// The job's title on the invoice of one client; empty without one.
std::string rebill_title(const JobFile& job, const Period& period, const Client& client);

/// The period as it stands on each invoice: "2026-10-01 – 2026-10-31".
std::string rebill_subtitle(const Period& period);

}  // namespace billctl
