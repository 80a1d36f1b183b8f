#!/usr/bin/env bash
# month_end.sh BILLCTL: the example prints what examples/month-end/expected.txt says, byte for byte.
set -uo pipefail
example=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../examples/month-end" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/books"
BILLCTL=$1 "$example/run.sh" --no-build "$scratch/books" >"$scratch/seen.txt" &&
  diff -u "$example/expected.txt" "$scratch/seen.txt"
