// A config in which every key that there is stands once.
#pragma once

#include <string>

namespace billctl::test {

inline const std::string kFullConfig = R"(ledger = "ledger.db"

[tenant]
code = "main"
test = true
name = "Example Oy"
currency = "EUR"
zone = "Europe/Helsinki"
country = "FI"
fiscal_year_start = "07-01"
street = "Katu 1"
street2 = "B 2"
city = "Helsinki"
postal_code = "00100"
region = "Uusimaa"
vat_id = "FI12345671"
registration_id = "1234567-1"
endpoint = "003712345671"
endpoint_scheme = "0216"
iban = "FI21 1234 5600 0007 85"
bic = "NDEAFIHH"
terms_of_sale = "https://example.test/terms"
language = "fi"
logo = "logo.png"
contact = { name = "Billing", phone = "+358 1 234", email = "billing@example.test" }

[compile]
require_confirmed = false
done_tasks_only = true
negotiated_prices = false
go_live = "2026-10-01"
time_rule = "six_minutes"
transport_km_price = "0.57"
transport_hour_price = 40

[money]
rounding = "half-even"
mode = "entry"
quantity_decimals = 2
hours_per_day = "7.5"

[time_rules.six_minutes]
step = "6m"
direction = "nearest"
minimum = "15m"
per = "day"

[invoice]
scope = "po"
group_projects = "project-task"
group_hours = "all-qty"
group_travel = "allowance-mileage"
quote_rows = "import"
contractual = "archive"
late = "include"
annex = "entries-anonymous"
bill_by = "day"
day_step = "0.5"
allow = ["unpriced", "default_price"]
date_window = { past = 30, future = 5 }
name = "{client} {po}"
terms = "net14"
sign_cmd = ["gpg", "--detach-sign"]
allow_number_override = true
allow_period_override = true
void = "reopen"

[numbering]
draft = { format = "D{n}", first = 100 }
issued = { format = "{fyear}-{n:04}", first = 25 }
credit = { format = "CN{n:05}", first = 7 }

[terms.net14]
days = 14
text = "14 days net"
late_interest = "8.0"
discount = { days = 7, percent = "2.0" }

[terms.on_issue]
days = 0

[tax.vat]
rates = [{ from = "2024-09-01", rate = "25.5" }, { from = "2013-01-01", rate = "24" }]
by = "work_date"
category = "S"
applies_to = ["time", "goods"]
default = true

[tax.reverse_charge]
rate = "0"
category = "AE"
reason = { en = "Reverse charge", fi = "Käännetty verovelvollisuus" }
vatex = "VATEX-EU-AE"

[einvoice]
require = "always"

[approvals]
required = ["finance", "pm"]
management_when = { adjustments_over = "500.00", adjustments_over_percent = "10" }
distinct = false
deputies = { max = "anna" }

[roles]
admin = ["anna"]
biller = ["bo"]
finance = ["fia"]
management = ["max"]
restricted_admin = ["ria"]
may_act_as = { billing = ["*"], bo = ["bo", "anna"] }

[rebill]
enabled = false
auto_approve = ["pm"]
ticket_time_to_rebill = false
by_member = ", {member}"
[rebill.texts]
ticket = "T {source_ref} {start:yyyy}"
work_order = "W"
delivery_note = "D"
business_order = "B"
contract = "C"

[mail]
transport = "file"
host = "mail.example.test"
port = 25
from = "billing@example.test"
reply_to = "bo@example.test"
user = "billing"
password_file = "secrets/mail"
path = "maildir"
command = ["sendmail", "-t"]
timeout = "1m30s"
starttls = true
ca_file = "ca.pem"
attach = ["pdf", "html"]
subject = "Invoice {number}"
text = "Hello {client}"

[providers.books]
kind = "http"
path = "outbox"
beside = ["ubl", "journal"]
allow_loopback = true
url = "http://127.0.0.1:8080/invoices"
user = "u"
database = "d"
organisation = "o"
token_env = "TOKEN"
secret_command = ["pass", "billctl"]
password_file = "/etc/secret"
format = "beancount"
accounts = { receivable = "assets:receivable" }
batch_max = 50
calls_per_minute = 60
timeout = "10s"

[bounds]
lines_max = 5000
total_max = { EUR = "1000000.00" }
times_usual = "20"
)";

inline const std::string kFullJob = R"(name = "monthly"
title = "Support {period}"
period = "last-month"
selection = "support-clients"
attached_to = ["ticket"]
employee_names = true
validate = true
send = true
mandatory_product = true
group_hours = "entry"
scope = "client"
group_projects = "none"
group_travel = "all"
quote_rows = "none"
contractual = "show"
late = "report"
annex = "none"
bill_by = "hour"
split_by_rate = false
date = "today"
prepayments = "leave"
inform = "boss@example.test"
)";

}  // namespace billctl::test
