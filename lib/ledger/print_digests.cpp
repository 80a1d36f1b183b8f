// print_digests: runs while billctl is built and prints a .cpp file with the digest of each schema
// that its migrations make.
#include <cstdio>

#include "ledger/migrations.hpp"
#include "ledger/schema_digest.hpp"

int main() {
  std::string text =
      "#include \"ledger/schema_digest.hpp\"\n\nnamespace billctl {\n\n"
      "const std::vector<std::string_view>& built_in_schema_digests() {\n"
      "  static const std::vector<std::string_view> kAll = {\n";
  const int last = static_cast<int>(billctl::migrations().size());
  for (int version = 0; version <= last; ++version) {
    std::string digest;
    if (const int code = billctl::make_schema_digest(version, digest); code != SQLITE_OK) {
      std::fprintf(stderr, "schema %d: %s\n", version, sqlite3_errstr(code));
      return 1;
    }
    text += "      \"" + digest + "\",\n";
  }
  text += "  };\n  return kAll;\n}\n\n}  // namespace billctl\n";
  std::fputs(text.c_str(), stdout);
  return std::fflush(stdout) == 0 ? 0 : 1;
}
