#!/usr/bin/env bash
# examples/approvals/run.sh [--no-build] [FOLDER]: an invoice on its way past a project manager,
# finance and management, in FOLDER (a new scratch folder unless named). Installs what is missing,
# builds, and prints each command with what it answers. With BILLCTL=PATH and --no-build that
# program is run instead.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
files=(billctl.toml tables)
source "$here/../prepare.sh" "$@"
printf 'may_act_as = { "%s" = ["*"] }\n' "$(id -un)" >>billctl.toml

minute=0

# run MEMBER WORDS…: the same as that member, each a minute after the one before.
run() {
  local member=$1
  shift
  minute=$((minute + 1))
  now=$(printf '2026-11-02T08:%02d:00Z' $minute)
  echo
  shown "$member\$ billctl" "$@"
  answered "$@" --as "$member"
}

title "October becomes a draft"
run anna init
run anna import all tables
run bo compile
run bo generate --period 2026-10
run bo invoice show DRAFT00001

title "Only a manager of all its projects may look at it and approve it"
run per invoice show DRAFT00001
run per approve DRAFT00001
run pam approve DRAFT00001
run pam approve DRAFT00001 --role finance
run fia invoice list --waiting-for fia
run fia approve DRAFT00001

title "A small discount: the approvals fall, management is not asked"
run bo invoice adjust DRAFT00001 --item 3 --by=-20 --reason "the logo took two attempts"
run bo invoice list --state draft

title "An hour of the wrong project goes where it belongs, a senior's hours to his rate"
run bo invoice transfer DRAFT00001 --item 5 --task code --reason "it was for the app"
run bo invoice adjust DRAFT00001 --item 1 --rate-type role:senior --reason "Eve is a senior since October"
run bo invoice exclude DRAFT00001 --item 4 --reason "the client wants to see it first"
run fia invoice adjust DRAFT00001 --item 1 --by=-20 --reason "not mine to do"

title "Adjustments over 100.00: management approves too, here by its deputy"
run pam approve DRAFT00001
run fia approve DRAFT00001
run bo issue DRAFT00001
run dee approve DRAFT00001 --comment "fine by me"
run bo issue DRAFT00001

title "What was done to it"
run ria invoice history INV00001
run bo item list --state pending
run bo verify
