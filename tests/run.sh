#!/usr/bin/env bash
# tests/run.sh [--asan]: on a bare Debian 12, from nothing to ctest's summary: installs what is
# missing, configures, builds, runs every test. --asan does it with AddressSanitizer and
# UndefinedBehaviorSanitizer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tests/packages.sh

preset=dev
case ${1-} in
  '') ;;
  --asan) preset=asan ;;
  *) echo "usage: tests/run.sh [--asan]" >&2; exit 2 ;;
esac
install_missing "${build_packages[@]}" "${test_packages[@]}"
cmake --preset "$preset"
cmake --build --preset "$preset"
ctest --preset "$preset" -j "$(nproc)"
