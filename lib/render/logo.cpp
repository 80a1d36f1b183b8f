#include "render/logo.hpp"

#include <fstream>
#include <string_view>

#include "outcome/error.hpp"

namespace billctl {
namespace {

constexpr std::size_t kBytesMax = std::size_t{1} << 20U;
constexpr std::uint32_t kDotsMax = 4096;
constexpr std::string_view kSignature = "\x89PNG\r\n\x1a\n";

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw Error(Reason::bad_config, "tenant.logo: " + path + ": " + why,
              "needed a PNG file of at most 1 MiB and 4096 x 4096 dots");
}

std::string read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) refuse(path, "can't be read");
  std::string bytes(kBytesMax + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad()) refuse(path, "can't be read");
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i)
    number = (number << 8U) | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

}  // namespace

Logo read_logo(const std::string& path) {
  Logo logo;
  logo.png = read_bytes(path);
  if (logo.png.size() > kBytesMax) refuse(path, "more than 1 MiB");
  // Signature, then the chunk IHDR with width and height.
  if (logo.png.size() < 33 || !logo.png.starts_with(kSignature) ||
      logo.png.compare(12, 4, "IHDR") != 0) {
    refuse(path, "no PNG");
  }
  logo.width = big_endian(logo.png, 16);
  logo.height = big_endian(logo.png, 20);
  if (logo.width < 1 || logo.height < 1 || logo.width > kDotsMax || logo.height > kDotsMax)
    refuse(path, std::to_string(logo.width) + " x " + std::to_string(logo.height) + " dots");
  return logo;
}

}  // namespace billctl
