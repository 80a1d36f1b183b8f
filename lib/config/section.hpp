// Section: a table of a settings file while it is read. Each key is asked for once, by name and
// type; what is asked for is thereby known, gets its default noted, and whatever else stands in the
// table is an unknown key. Mistakes are collected, never thrown, so that all of a file come at
// once.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calendar/date.hpp"
#include "config/settings.hpp"
#include "config/toml_reader.hpp"
#include "money/decimal.hpp"
#include "money/money.hpp"
#include "text/json.hpp"

namespace billctl {

/// A key as it was asked for, what it is now, and where that stands (line 0: the default).
struct NotedSetting {
  std::string key;
  Json value;
  Position at;
};

/// What all sections of one file share.
class Findings {
 public:
  Findings(std::string file, bool whole) : file_(std::move(file)), whole_(whole) {}

  void mistake(const Position& at, std::string message, std::string hint = "");
  void warning(const Position& at, std::string message, std::string hint = "");
  void note(std::string key, Json value, const Position& at);
  /// A key that nobody asked for; its hint waits until all known keys are.
  void unknown(const std::string& section, const TomlMember& member,
               const std::vector<std::string>& known);

  /// The mistakes by place, those about unknown keys with their hints.
  std::vector<Mistake> take_mistakes();
  std::vector<Mistake> take_warnings() { return std::move(warnings_); }
  /// Every key that was asked for, in that order, with where its value came from.
  std::vector<Setting> settings() const;
  const std::string& file() const { return file_; }
  /// False when lines were left out, so that a key that is missing may have been in them.
  bool whole() const { return whole_; }
  bool has_mistakes() const { return !mistakes_.empty() || !unknown_.empty(); }

 private:
  struct Unknown {
    std::string section;
    std::string key;
    Position at;
    bool table;
    std::vector<std::string> known;
  };
  Mistake explained(const Unknown& unknown) const;

  std::string file_;
  bool whole_;
  std::vector<Mistake> mistakes_;
  std::vector<Mistake> warnings_;
  std::vector<Unknown> unknown_;
  std::vector<NotedSetting> noted_;
};

/// Bounds of a decimal, both inclusive.
struct DecimalRange {
  Decimal least = Decimal::from_micro(std::numeric_limits<std::int64_t>::min());
  Decimal most = Decimal::from_micro(std::numeric_limits<std::int64_t>::max());
  std::string words;  ///< for the message: "a percentage from 0 to 100"
};
DecimalRange at_least_zero();
DecimalRange percentage();

class Section {
 public:
  /// @param table nullptr: the section is not in the file; its defaults are noted all the same.
  Section(Findings& findings, std::string path, const TomlValue* table, Position at);

  /// The same section, but what it holds is not noted: a row of a list, shown as part of it.
  Section unnoted() &&;

  bool present() const { return table_ != nullptr; }
  const std::string& path() const { return path_; }
  /// `path.key`.
  std::string name(std::string_view key) const;
  /// Whether that key stands in the file.
  bool has(std::string_view key) const;
  /// Where the value stands, else the section.
  Position at(std::string_view key) const;
  Findings& findings() { return findings_; }

  /// `name(key) is SEEN; needed NEEDED` at the value.
  void wrong(std::string_view key, const std::string& needed, std::string hint = "");
  void missing(std::string_view key, const std::string& needed, std::string hint = "");

  // Each reads the key into its target when it is there and right, notes the value that then holds,
  // and says whether it is there and right.
  bool boolean(std::string_view key, bool& into);
  bool text(std::string_view key, std::string& into);
  bool whole_number(std::string_view key, std::int64_t& into, std::int64_t least,
                    std::int64_t most);
  bool whole_number(std::string_view key, int& into, int least, int most);
  bool whole_number(std::string_view key, std::optional<int>& into, int least, int most);
  bool decimal(std::string_view key, Decimal& into, const DecimalRange& range);
  bool decimal(std::string_view key, std::optional<Decimal>& into, const DecimalRange& range);
  bool amount(std::string_view key, std::optional<Money>& into, Currency currency);
  bool date(std::string_view key, std::optional<Date>& into);
  bool duration(std::string_view key, std::int64_t& seconds);
  bool texts(std::string_view key, std::vector<std::string>& into);
  /// A command as its words, not through a shell: `["gpg", "--detach-sign"]`.
  bool command(std::string_view key, std::vector<std::string>& into);
  /// A path, taken from the folder of the file.
  bool path(std::string_view key, std::string& into);
  bool document_template(std::string_view key, std::optional<Template>& into);
  /// `key_env`, `key_file` or `key_command`, at most one of them.
  bool secret(const std::string& key, std::optional<SecretSource>& into);
  bool email(std::string_view key, std::string& into);

  /// A word of an enum; `parse` knows other spellings too.
  template <class Enum, class Parse>
  bool word(std::string_view key, Enum& into, Parse parse, const std::vector<std::string>& words) {
    bool good = false;
    if (const TomlMember* member = take_text(key)) {
      if (const auto value = parse(member->value.text)) {
        into = *value;
        good = true;
      } else {
        no_such_word(key, member->value.text, member->value.at, words);
      }
    }
    note(key, Json(billctl::word(into)));
    return good;
  }

  /// A list of texts, each given to `each` with its place; for lists of words.
  bool list(std::string_view key,
            const std::function<void(const std::string& text, const Position& at)>& each);
  /// A word that is none of `words`: mistake with the nearest of them.
  void no_such_word(std::string_view key, const std::string& text, const Position& at,
                    const std::vector<std::string>& words);
  /// A list of words out of `allowed`, each at most once.
  bool words(std::string_view key, const std::vector<std::string>& allowed,
             std::vector<std::string>& into);

  /// The section of that name inside this one, present or not.
  Section table(std::string_view key);
  /// All members as sections: [terms.*], [tax.*] … Their names must be codes.
  std::vector<std::pair<std::string, Section>> named_tables();
  /// All members as they are, their keys known thereby: {EUR = "1.00"}, {max = "anna"}.
  std::vector<TomlMember> members();
  /// The value of a key as it stands, for what is read by hand; nullptr when it is not there.
  const TomlMember* take(std::string_view key);
  /// As take, but a mistake and nullptr when it is no text.
  const TomlMember* take_text(std::string_view key);
  void note(std::string_view key, Json value);

  /// Reports every key that was not asked for. Called once, when all were.
  void finish();

 private:
  template <class Number>
  bool read_whole_number(std::string_view key, Number& into, std::int64_t least, std::int64_t most);
  bool read_decimal(std::string_view key, std::optional<Decimal>& into, const DecimalRange& range);

  Findings& findings_;
  std::string path_;
  const TomlValue* table_;
  Position at_;
  bool noted_ = true;
  std::vector<std::string> known_;
};

/// A path written in `file`, as seen from where the program runs: "sub/billctl.toml" and
/// "ledger.db"
/// -> "sub/ledger.db". An absolute one stays.
std::string path_from(const std::string& file, const std::string& written);

/// Whether a text may be a code: letters, digits and `_ - .`, not longer than 60.
bool is_code(std::string_view text);

/// The text in quotes, visible; only its length when it is long.
std::string seen(const std::string& text);
/// `"Europe/Helsinki"`, or `25.5`, or `a list`: a value in a message, shortened and visible.
std::string seen(const TomlValue& value);

}  // namespace billctl
