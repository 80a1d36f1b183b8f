#!/usr/bin/env bash
# examples/month-end/run.sh [--no-build] [FOLDER]: the whole month of an imaginary firm, in FOLDER
# (a new scratch folder unless named). Installs what is missing, builds, and prints each command
# with what it answers. With BILLCTL=PATH and --no-build that program is run instead.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
files=(billctl.toml tables toggl-october.csv toggl-map.toml clients-corrected.csv support.toml)
source "$here/../prepare.sh" "$@"

now=2026-11-02T06:00:00Z

the_month() {
  run import all tables
  run import entries toggl-october.csv --from toggl --map toggl-map.toml
  run compile
  run item list --limit 5
  run generate --period 2026-10 --not-client delta,epsilon,zeta
  run rebill-job run support.toml
  run approve --all-waiting --role finance
  run invoice list
  run issue --all-ready
  run sync
}

title "October, from the timesheets to the books"
run init
the_month

title "Gamma's address came by mail"
run import clients clients-corrected.csv
run issue --all-ready
run sync
run invoice list

title "What became of one entry, and why another is not billed"
run explain entry:w1
run explain entry:w7

title "The same again changes nothing"
the_month

title "The books are whole"
run verify
