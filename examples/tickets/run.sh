#!/usr/bin/env bash
# examples/tickets/run.sh [--no-build] [FOLDER]: the support time of October, billed by one command
# (spec/sources/003), in FOLDER (a new scratch folder unless named). Installs what is missing,
# builds, and prints each command with what it answers. With BILLCTL=PATH and --no-build that
# program is run instead.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
files=(billctl.toml support.toml tables)
source "$here/../prepare.sh" "$@"

now=2026-11-01T06:00:00Z

mails() { grep -hE '^(To|Subject): ' mail/new/* | sort; }

title "A selection of companies, and the time recorded on their tickets and orders"
run init
run import all tables
run selection show support-clients

title "What the job would do"
run rebill-job plan support.toml -o october.json

title "The job: issued, sent, and its result to the boss"
run rebill-job run --plan october.json --report october-report.json --html october.html
printf '\n$ grep To and Subject of the mails\n'
mails

title "The invoice of acme: each event a line, at the negotiated price"
run invoice show INV00001

title "What came of it, as selections"
run invoice list --from-job 1:created
run invoice list --from-job 1:not_validated
run invoice list --from-job 1:unsent
run entry list --from-job 1:unbilled
run status --check --max-age job=35d

title "An address, an e-mail and a product later the same job finishes; nothing is sent twice"
cat >clients.csv <<'CSV'
code,name,street,city,postal_code,emails
beta,Beta AB,,,,office@beta.test
gamma,Gamma Oy,Tie 6,Espoo,02100,
CSV
printf 'code,name,product\nd-ticket,Tickets,support\n' >tasks.csv
run import clients clients.csv
run import tasks tasks.csv
now=2026-11-01T08:00:00Z
run rebill-job run support.toml
printf '\n$ grep To and Subject of the mails\n'
mails
run rebill-job run support.toml --json --fail-if-empty -q >/dev/null
run rebill-job list
run verify
