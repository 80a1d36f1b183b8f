#include "mail/address.hpp"

#include <algorithm>

namespace billctl {
namespace {

constexpr std::size_t kAddressMax = 254;
constexpr std::size_t kLocalMax = 64;
constexpr std::size_t kLabelMax = 63;

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_atom_letter(char c) {
  return is_alphanumeric(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string::npos;
}

bool is_domain_letter(char c) {
  return is_alphanumeric(c) || c == '-';
}

/// Whether the text is made of such pieces with single points between.
bool is_dotted(std::string_view text, bool (*is_letter)(char), std::size_t piece_max) {
  while (true) {
    const std::size_t end = std::min(text.find('.'), text.size());
    const std::string_view piece = text.substr(0, end);
    if (piece.empty() || piece.size() > piece_max) return false;
    if (!std::all_of(piece.begin(), piece.end(), is_letter)) return false;
    if (end == text.size()) return true;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

bool is_mail_address(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || text.size() > kAddressMax || at > kLocalMax) return false;
  const std::string_view local = text.substr(0, at);
  const std::string_view domain = text.substr(at + 1);
  // A local part that begins with `-` would be an option to a program that is given it.
  return is_dotted(local, is_atom_letter, kLocalMax) && local.front() != '-' &&
         is_dotted(domain, is_domain_letter, kLabelMax) && domain.front() != '-' &&
         domain.back() != '-';
}

std::string_view domain_of(std::string_view address) {
  return address.substr(std::min(address.rfind('@') + 1, address.size()));
}

}  // namespace billctl
