// The keys of a section that are more than one plain value: lists, commands, paths, templates,
// secrets, addresses, tables.
#include <algorithm>

#include "config/section.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

Json json_of(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push(text);
  return list;
}

bool is_variable(std::string_view name) {
  return !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
         std::all_of(name.begin(), name.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                  (letter >= '0' && letter <= '9') || letter == '_';
         });
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at + 1 == text.size()) return false;
  return text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of(" ,;<>\"\\") == std::string_view::npos;
}

}  // namespace

bool Section::list(std::string_view key,
                   const std::function<void(const std::string& text, const Position& at)>& each) {
  const TomlMember* member = take(key);
  if (member == nullptr) return false;
  if (member->value.kind != TomlValue::Kind::array) {
    const bool one = member->value.kind == TomlValue::Kind::text;
    wrong(key, "a list of texts",
          one ? "write " + std::string(key) + " = [" + seen(member->value) + "]" : "");
    return false;
  }
  for (const TomlValue& element : member->value.elements) {
    if (element.kind == TomlValue::Kind::text) {
      each(element.text, element.at);
    } else {
      findings_.mistake(element.at, name(key) + " holds " + seen(element) + "; needed texts only");
    }
  }
  return true;
}

bool Section::texts(std::string_view key, std::vector<std::string>& into) {
  std::vector<std::string> read;
  const bool there = list(key, [&](const std::string& text, const Position& at) {
    if (text.empty()) findings_.mistake(at, name(key) + " holds an empty text");
    read.push_back(text);
  });
  if (there) into = std::move(read);
  note(key, json_of(into));
  return there;
}

bool Section::words(std::string_view key, const std::vector<std::string>& allowed,
                    std::vector<std::string>& into) {
  std::vector<std::string> read;
  const bool there = list(key, [&](const std::string& text, const Position& at) {
    if (std::find(allowed.begin(), allowed.end(), text) == allowed.end()) {
      no_such_word(key, text, at, allowed);
    } else if (std::find(read.begin(), read.end(), text) != read.end()) {
      findings_.mistake(at, name(key) + " names " + text + " twice");
    } else {
      read.push_back(text);
    }
  });
  if (there) into = std::move(read);
  note(key, json_of(into));
  return there;
}

bool Section::command(std::string_view key, std::vector<std::string>& into) {
  const TomlMember* member = table_ == nullptr ? nullptr : table_->find(key);
  if (member != nullptr && member->value.kind == TomlValue::Kind::text) {
    take(key);
    wrong(key, "a list, the program and its arguments",
          "for example " + std::string(key) + " = [\"program\", \"--option\"]; no shell reads it");
    note(key, json_of(into));
    return false;
  }
  return texts(key, into);
}

bool Section::path(std::string_view key, std::string& into) {
  const TomlMember* member = take_text(key);
  if (member != nullptr) {
    if (member->value.text.empty()) {
      wrong(key, "a path");
    } else {
      into = path_from(findings_.file(), member->value.text);
    }
  }
  note(key, Json::text_or_null(into));
  return member != nullptr && !into.empty();
}

bool Section::document_template(std::string_view key, std::optional<Template>& into) {
  bool good = false;
  if (const TomlMember* member = take_text(key)) {
    FormatMistake mistake;
    if (auto read = parse_document_template(member->value.text, &mistake)) {
      into = std::move(read);
      good = true;
    } else {
      findings_.mistake(inside(member->value, mistake.offset), name(key) + ": " + mistake.message,
                        mistake.hint);
    }
  }
  note(key, into ? Json(into->text()) : Json());
  return good;
}

bool Section::secret(const std::string& key, std::optional<SecretSource>& into) {
  SecretSource source;
  int named = 0;
  if (const TomlMember* member = take_text(key + "_env")) {
    source = {SecretSource::From::environment, member->value.text, {}};
    if (!is_variable(source.name)) {
      findings_.mistake(member->value.at, name(key) + "_env is no name of an environment variable",
                        "it names the variable that holds the secret, such as BILLCTL_PASSWORD");
    }
    ++named;
  }
  if (const TomlMember* member = take_text(key + "_file")) {
    source = {SecretSource::From::file, path_from(findings_.file(), member->value.text), {}};
    ++named;
  }
  const bool by_command = has(key + "_command");
  std::vector<std::string> argv;
  if (by_command) {
    if (command(key + "_command", argv) && argv.empty()) wrong(key + "_command", "a command");
    source = {SecretSource::From::command, "", argv};
    ++named;
  } else {
    known_.push_back(key + "_command");
    note(key + "_command", Json());
  }
  if (named > 1) {
    findings_.mistake(at_, name(key) + " is named in " + std::to_string(named) + " ways",
                      "keep one of " + key + "_env, " + key + "_file, " + key + "_command");
  }
  const bool good = named == 1 && (!by_command || !argv.empty());
  if (good) into = source;
  note(key + "_env",
       good && source.from == SecretSource::From::environment ? Json(source.name) : Json());
  note(key + "_file", good && source.from == SecretSource::From::file ? Json(source.name) : Json());
  return good;
}

bool Section::email(std::string_view key, std::string& into) {
  const TomlMember* member = take_text(key);
  bool good = false;
  if (member != nullptr) {
    good = is_email(member->value.text);
    if (good) {
      into = member->value.text;
    } else {
      wrong(key, "one e-mail address");
    }
  }
  note(key, Json::text_or_null(into));
  return good;
}

Section Section::table(std::string_view key) {
  const TomlMember* member = take(key);
  if (member == nullptr) return {findings_, name(key), nullptr, at_};
  if (member->value.kind != TomlValue::Kind::table) {
    wrong(key, "a table", path_.empty() ? "write [" + std::string(key) + "]" : "");
    return {findings_, name(key), nullptr, member->value.at};
  }
  return {findings_, name(key), &member->value, member->key_at};
}

std::vector<std::pair<std::string, Section>> Section::named_tables() {
  std::vector<std::pair<std::string, Section>> tables;
  if (table_ == nullptr) return tables;
  for (const TomlMember& member : table_->members) {
    if (!is_code(member.key)) {
      findings_.mistake(
          member.key_at,
          "[" + path_ + "] has a name that is no code; needed letters, digits, _ - .");
      known_.push_back(member.key);
    } else if (member.value.kind != TomlValue::Kind::table) {
      findings_.unknown(path_, member, {});
      known_.push_back(member.key);
    } else {
      tables.emplace_back(member.key, table(member.key));
    }
  }
  return tables;
}

std::vector<TomlMember> Section::members() {
  if (table_ == nullptr) return {};
  for (const TomlMember& member : table_->members) known_.push_back(member.key);
  return table_->members;
}

void Section::finish() {
  if (table_ == nullptr) return;
  for (const TomlMember& member : table_->members) {
    if (std::find(known_.begin(), known_.end(), member.key) == known_.end()) {
      findings_.unknown(path_, member, known_);
    }
  }
}

}  // namespace billctl
