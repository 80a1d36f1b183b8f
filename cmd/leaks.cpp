// Linked into a build with sanitizers only: what LeakSanitizer need not tell, wherever the program
// is started from. fontconfig keeps what it read for a thread when that thread ends.
extern "C" const char* __lsan_default_suppressions();  // NOLINT: their names are the sanitizer's
extern "C" const char* __lsan_default_options();       // NOLINT

extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig\n";
}

extern "C" const char* __lsan_default_options() {
  return "print_suppressions=0";
}
