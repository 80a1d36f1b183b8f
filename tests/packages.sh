# Sourced by tests/run.sh and examples/*/run.sh: what a bare Debian 12 lacks, in one place.
build_packages=(
  g++ cmake ninja-build pkg-config ccache
  libcli11-dev libsqlitecpp-dev libsqlite3-dev libfmt-dev libtomlplusplus-dev nlohmann-json3-dev
  libsodium-dev libcctz-dev tzdata
  # PDF: what draws it, and fonts for Latin, Greek, Cyrillic, Arabic, Hebrew and for the far east
  libcairo2-dev libpango1.0-dev fonts-dejavu-core fonts-droid-fallback
  # mail by SMTP
  libcurl4-openssl-dev
)
test_packages=(doctest-dev sqlite3 python3 python3-jsonschema python3-aiosmtpd mandoc clang-format poppler-utils
  openjdk-17-jdk-headless libsaxonhe-java)

# install_missing PACKAGE…: asks apt for those that are absent, and for nothing else.
install_missing() {
  local package missing=() root=()
  for package; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  echo "installing: ${missing[*]}" >&2
  "${root[@]}" apt-get update -qq >&2
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    "${missing[@]}" >&2
}
