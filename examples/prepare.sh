# Sourced by examples/*/run.sh, which names its inputs in `files`, with its arguments: installs what
# is missing and builds, unless --no-build is the first of them and BILLCTL=PATH the program; makes
# FOLDER (a new scratch folder unless named) the working folder, with copies of the inputs.
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ "${1-}" = --no-build ]; then
  shift
else
  source "$top/tests/packages.sh"
  { install_missing "${build_packages[@]}" &&
    cmake -S "$top" --preset release -DBILLCTL_TESTS=OFF &&
    cmake --build "$top/build/release"; } >&2 || exit 1
fi
BILLCTL=${BILLCTL:-$top/build/release/cmd/billctl}
books=${1:-$(mktemp -d)}
for file in "${files[@]}"; do cp -r "$here/$file" "$books" || exit 1; done
cd "$books" || exit 1
chmod go-w billctl.toml
unset BILLCTL_CONFIG BILLCTL_LEDGER BILLCTL_AS BILLCTL_NOW

title() { printf '\n# %s\n' "$1"; }
# shown WORDS…: a command as it is typed.
shown() {
  printf '%s' "$1"
  shift
  local word
  for word; do [[ $word == *' '* ]] && printf ' "%s"' "$word" || printf ' %s' "$word"; done
  echo
}
# answered WORDS…: what a command says, and its exit code where that is not 0. The clock stands still
# at `now`, so that the same work gives the same bytes; `test = true` allows it.
answered() {
  BILLCTL_NOW=$now "$BILLCTL" "$@" 2>&1
  local code=$?
  [ $code -eq 0 ] || printf '(exit %s)\n' $code
}
# run WORDS…: both.
run() {
  echo
  shown '$ billctl' "$@"
  answered "$@"
}
