#!/usr/bin/env bash
# example.sh NAME BILLCTL: the example prints what examples/NAME/expected.txt says, byte for byte, and
# its ledger then holds in every check, however often it is asked, and stays as it is.
set -uo pipefail
example=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../examples/$1" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/books"
BILLCTL=$2 "$example/run.sh" --no-build "$scratch/books" >"$scratch/seen.txt" &&
  diff -u "$example/expected.txt" "$scratch/seen.txt" || exit 1
as=()
[ "$1" = approvals ] && as=(--as bo)  # the only example with roles
for ledger in $(find "$scratch/books" -name '*.db'); do
  for _ in once twice; do
    "$2" -C "$(dirname "$ledger")" --ledger "$ledger" "${as[@]}" verify --deep --files --provider || exit 1
  done
done
