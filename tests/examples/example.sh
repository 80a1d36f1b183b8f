#!/usr/bin/env bash
# example.sh NAME BILLCTL: the example prints what examples/NAME/expected.txt says, byte for byte.
set -uo pipefail
example=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../examples/$1" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/books"
BILLCTL=$2 "$example/run.sh" --no-build "$scratch/books" >"$scratch/seen.txt" &&
  diff -u "$example/expected.txt" "$scratch/seen.txt"
