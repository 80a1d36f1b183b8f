#include "party/client.hpp"

namespace billctl {

std::string first_email(const Client& client) {
  std::string address = client.emails.substr(0, client.emails.find(';'));
  const auto first = address.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  const auto last = address.find_last_not_of(" \t");
  return address.substr(first, last - first + 1);
}

bool has_address(const Client& client) {
  return !client.street.empty() && (!client.city.empty() || !client.postal_code.empty());
}

}  // namespace billctl
