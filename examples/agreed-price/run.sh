#!/usr/bin/env bash
# examples/agreed-price/run.sh [--no-build] [FOLDER]: what is agreed with a client is not what was
# recorded, in FOLDER (a new scratch folder unless named). Installs what is missing, builds, and
# prints each command with what it answers. With BILLCTL=PATH and --no-build that program is run.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
files=(billctl.toml tables)
source "$here/../prepare.sh" "$@"

now=2026-11-02T06:00:00Z

title "100 h at 50.00 and a licence of 1000.00 come to 6000.00"
run init
run import all tables
run compile
run generate --period 2026-10

title "5000.00 was agreed: the licence keeps its price, the hours brought in 40.00 each"
run invoice agree DRAFT00001 5000 -m "Website, as agreed"
run invoice material list DRAFT00001
run invoice show DRAFT00001

title "The licence counts 800.00 in reports alone"
run invoice delete DRAFT00001 --yes
run generate --period 2026-10 --client acme
run invoice material price DRAFT00003 3 800
run invoice material save DRAFT00003
run invoice material list DRAFT00003

title "And on the paper too"
run invoice material apply DRAFT00003
run invoice show DRAFT00003

title "One hour is not charged: its line goes, it stays linked at 0"
run invoice line remove DRAFT00002 2
run invoice material list DRAFT00002

title "Or it is for another invoice"
run invoice material release DRAFT00002 5 --yes
run invoice material apply DRAFT00002
run item list --client delta --state pending

title "Issued; what was worked in September is covered by it, one hour belongs elsewhere"
run issue DRAFT00002
run invoice material link INV00001 7 --reason "covered by the care contract"
run invoice material release INV00001 6 --reason "belongs to the next month" --yes
run invoice material list INV00001
run invoice material apply INV00001

title "The books are whole, and what may be asked for twice is told"
run generate --all-periods --client delta
run verify
