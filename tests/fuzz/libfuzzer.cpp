// What libFuzzer calls. BILLCTL_FUZZ_TARGET is the name of a function of targets.hpp.
#include <cstddef>
#include <cstdint>

#include "targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  billctl::fuzz::BILLCTL_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
