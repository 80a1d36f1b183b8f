// Local edits: which fields of which records were edited here, by a person. A later import keeps
// its hands off them (kept_local) and does not bring back what was deleted or merged here.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// The edited fields of one import kind: `clients`, `entries` …, by the record's identity in it
/// (a code, an entry's ref; parts of an identity are joined by `/`) and the column's name.
class LocalEdits {
 public:
  static constexpr std::string_view kGone = "*";  ///< the record was deleted or merged here

  /// Reads them.
  LocalEdits(Ledger& ledger, TenantId tenant, std::string_view kind);

  bool none() const { return edits_.empty(); }
  /// Whether that field of the record was edited here.
  bool has(std::string_view code, std::string_view field) const;
  bool gone(std::string_view code) const { return has(code, kGone); }

  // Inside `Ledger::write`.
  void mark(std::string_view code, std::string_view field);
  void forget(std::string_view code, std::string_view field);

 private:
  Ledger& ledger_;
  TenantId tenant_;
  std::string kind_;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> edits_;
};

}  // namespace billctl
