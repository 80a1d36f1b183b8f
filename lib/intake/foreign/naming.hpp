// Naming: from the names in another program's rows to our codes: by the map first, else by a record
// that has this code or name (a project below its client, a task below its project).
//
// What is found nowhere is kept, once each, for `--make-map` and `--create`. Source:
// spec/import.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "intake/foreign/foreign_entry.hpp"
#include "work/import_map.hpp"

namespace billctl {

enum class NameKind { client, project, task, member };

/// A record that names may mean.
struct KnownRecord {
  std::string code;
  std::string name;
  std::string parent;  ///< code of a project's client or a task's project; a member's e-mail
};

/// What a row's work and person are called, after the map's [tags].
struct WorkNames {
  std::string client, project, task, member, email;  ///< empty: the row names none
  bool client_left_out = false;  ///< see ForeignEntry: the project may be of any client
  bool billable = true;
};

/// Each: nothing when the row names none or it is unknown.
struct WorkCodes {
  std::optional<std::string> client, project, task, member;
  /// Something that the row names is unknown.
  bool unknown = false;
};

struct UnknownName {
  NameKind kind = NameKind::client;
  std::string path;  ///< as the map's key: `Acme Oy/Website`
  std::string name;
  Position at;  ///< where it was first seen
};

class Naming {
 public:
  /// The map must outlive it.
  explicit Naming(const ImportMap& map) : map_(map) {}

  /// Makes a record known: all of the ledger's at first, and what `--create` adds.
  void add(NameKind kind, KnownRecord record);
  bool has_code(NameKind kind, std::string_view code) const;

  /// A code in the map that no record has is a mistake there, with the nearest code.
  void check_map(Mistakes& mistakes) const;

  /// The names of a row. Where the format names work by tags, the map says which tag is what; tags
  /// that it calls non_billable make any row not billable.
  WorkNames names_of(const ForeignEntry& entry) const;

  WorkCodes resolve(const WorkNames& names, const Position& at);

  /// What `resolve` has not found, in the order of first appearance.
  const std::vector<UnknownName>& unknown() const { return unknown_; }

  /// A map to fill in, of what is unknown: names with an empty code and the nearest ones beside.
  std::string make_map() const;

 private:
  struct Records {
    std::vector<KnownRecord> all;
    std::unordered_map<std::string, std::size_t> by_code;
    std::unordered_multimap<std::string, std::size_t> by_name;
    std::unordered_map<std::string, std::size_t> by_email;  ///< of members
  };

  const CodesByName& map_of(NameKind kind) const;
  const Records& records(NameKind kind) const { return records_[static_cast<std::size_t>(kind)]; }
  /// @param parent the code that must be the record's parent; nothing: any, if only one has the
  /// name.
  std::optional<std::string> find(NameKind kind, const std::string& path, const std::string& name,
                                  const std::optional<std::string>& parent) const;
  std::optional<std::string> look_up(NameKind kind, const std::string& path,
                                     const std::string& name,
                                     const std::optional<std::string>& parent, const Position& at);
  std::optional<std::string> member_by_email(const WorkNames& names) const;
  std::string nearest_of(const UnknownName& unknown) const;

  const ImportMap& map_;
  Records records_[4];
  std::vector<UnknownName> unknown_;
  std::map<std::pair<NameKind, std::string>, std::size_t> unknown_places_;
};

}  // namespace billctl
