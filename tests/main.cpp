#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

// The leak checker of run.sh --asan asks this: fontconfig keeps what it looked up for each thread
// that printed a PDF, and we can't give that back.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig\n";
}
