// Local edits: which fields of which records were edited here, by a person. A later import keeps
// its hands off them (kept_local) and does not bring back what was deleted or merged here.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// The edited fields of one import kind: `clients`, `entries` …, by the record's identity in it
/// (a code, an entry's ref; parts of an identity are joined by `/`) and the column's name.
class LocalEdits {
 public:
  static constexpr std::string_view kGone = "*";  ///< the record was deleted or merged here

  LocalEdits(Ledger& ledger, TenantId tenant, std::string_view kind);

  // Of a few records; each asks the ledger.

  /// The edited fields of one record, by name.
  std::vector<std::string> of(std::string_view code);
  bool is_gone(std::string_view code);

  // Of very many; the first call reads all.

  bool none() { return all().empty(); }
  /// Whether that field of the record was edited here.
  bool has(std::string_view code, std::string_view field);
  bool gone(std::string_view code) { return has(code, kGone); }

  // Inside `Ledger::write`.
  void mark(std::string_view code, std::string_view field);
  void forget(std::string_view code, std::string_view field);
  /// The record goes by another code from now on.
  void rename(std::string_view from, std::string_view to);
  /// These are the edited fields of the record, and no others.
  void set(std::string_view code, const std::vector<std::string>& fields);

 private:
  using Edits = std::map<std::string, std::set<std::string, std::less<>>, std::less<>>;
  Edits& all();

  Ledger& ledger_;
  TenantId tenant_;
  std::string kind_;
  std::optional<Edits> edits_;  ///< none: not read yet
};

}  // namespace billctl
