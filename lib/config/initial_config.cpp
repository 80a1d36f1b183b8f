#include "config/initial_config.hpp"

#include <string_view>

namespace billctl {
namespace {

constexpr std::string_view kTestMark = "@TEST@";

constexpr std::string_view kConfig =
    R"(## What billctl goes by. Paths are relative to this file. Take the "# " away to set a key.
## A secret is never written here: name the variable, file or command that holds it
## (password_env, token_file, token_command …). `billctl config check` finds mistakes.

ledger = "ledger.db"

[tenant]
code = "main"                  # several tenants may share a ledger, each by its own config
test = @TEST@  # true: TEST on documents, delivery only to files and loopback, --now may write
# name = "Example Oy"          # the seller, as on invoices
currency = "EUR"               # base currency
zone = "Europe/Helsinki"       # of work dates and periods; never the machine's zone
country = "FI"
fiscal_year_start = "01-01"    # {fyear} of a number is the year in which it ends
# street = "Katu 1"
# city = "Helsinki"
# postal_code = "00100"
# vat_id = "FI12345671"
# endpoint = "003712345671"    # for e-invoices
# endpoint_scheme = "0216"
# iban = "FI2112345600000785"
# bic = "NDEAFIHH"
# terms_of_sale = "https://example.test/terms"
# logo = "logo.png"            # on top of documents: a PNG
# contact = { name = "Billing", phone = "+358 1 234", email = "billing@example.test" }

# [compile]
# require_confirmed = true     # false: work that nobody confirmed is billed too
# done_tasks_only = false
# negotiated_prices = true     # price-list rows that name the client count, and come first
# go_live = "2026-10-01"       # earlier work was invoiced by another program
# time_rule = ""               # one of [time_rules.*] for everybody
# transport_km_price = "5.0"   # in the base currency
# transport_hour_price = "1000.0"

[money]
rounding = "half-away"         # or "half-even"
mode = "line"                  # or "entry"; a client may say otherwise
quantity_decimals = 4
hours_per_day = "8"

# [time_rules.six_minutes]     # a client's or project's time_rule names one
# step = "6m"
# direction = "up"             # up, nearest, down
# minimum = "15m"
# per = "entry"                # or "day"

# [invoice]
# scope = "client"             # client, po, engagement, project
# group_projects = "project"   # none, project, project-task
# group_hours = "jobtype"      # employee-jobtype, total-hours, lump-sum, entry …
# group_travel = "specified"   # all, specified, allowance-mileage
# quote_rows = "none"          # or "import"
# contractual = "show"         # or "archive"
# late = "report"              # or "include"
# annex = "none"               # entries, entries-anonymous
# bill_by = "hour"             # or "day"
# day_step = "1"               # or "0.5"
# allow = []                   # e.g. ["unpriced", "default_price"]: otherwise these stop issue
# date_window = { past = 60, future = 0 }   # days
# name = "{client} {period}"   # client project engagement po period first last month year
# terms = "net14"
# sign_cmd = []                # a program and its arguments: document on stdin, signature on stdout
# allow_number_override = false
# allow_period_override = false
# void = "credit-note"         # or "reopen", which is refused once delivered

[numbering]                    # independent series; {year} or {fyear}: each year starts at 1
draft = { format = "DRAFT{n:05}", first = 1 }
issued = { format = "INV{n:05}", first = 1 }
credit = { series = "issued" } # or its own format

[terms.net14]
days = 14                      # absent: never due; 0: due on issue
text = "14 days net"
# late_interest = "8.0"
# discount = { days = 7, percent = "2.0" }

[tax.vat]                      # at most three taxes on an invoice
rate = "25.5"                  # or rates = [{ from = "2024-09-01", rate = "25.5" }]
by = "invoice_date"            # or "work_date"
category = "S"                 # S Z E AE K G O
applies_to = ["time", "expense", "goods", "milestone"]
default = true

# [tax.reverse_charge]
# rate = "0"
# category = "AE"
# reason = { en = "Reverse charge", fi = "Käännetty verovelvollisuus" }
# vatex = "VATEX-EU-AE"

# [einvoice]
# require = "endpoint"         # or "always", "never": complete before a number is taken

# [approvals]
# required = ["pm", "finance"] # pm, finance, management
# management_when = { adjustments_over = "500.00", adjustments_over_percent = "10" }
# distinct = true              # by different people
# deputies = { max = "anna" }

# [roles]                      # members by code; without this section there is one built-in admin
# admin = ["anna"]
# biller = ["bo"]
# finance = ["fia"]
# management = ["max"]
# restricted_admin = ["ria"]
# may_act_as = { billing = ["*"] }   # an OS user and the members he may name by --as

# [rebill]
# enabled = true
# auto_approve = []            # approvals a job needs not wait for: pm, finance, management
# ticket_time_to_rebill = true

# [mail]
# transport = "smtp"           # smtp, sendmail, file
# host = "localhost"
# port = 587
# from = "billing@example.test"
# password_env = "BILLCTL_SMTP_PASSWORD"
# attach = ["pdf", "ubl"]      # text, html, pdf, ubl
# subject = "{document} {number}, {seller}"   # or { en = "…", fi = "…" }; `text` likewise

# [providers.books]
# kind = "file"                # file, http, tryton, journal, xero
# path = "outbox"

# [bounds]                     # a client over these is parked, the run goes on
# lines_max = 5000
# total_max = { EUR = "1000000.00" }
# times_usual = "20"           # of the client's median invoice
)";

}  // namespace

std::string initial_config(bool test) {
  std::string text(kConfig);
  const std::string_view value = test ? "true                  " : "false                 ";
  text.replace(text.find(kTestMark), kTestMark.size(), value);
  return text;
}

}  // namespace billctl
