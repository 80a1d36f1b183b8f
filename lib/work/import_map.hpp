// Import map: which of our codes another program's names mean (`import entries --map FILE.toml`).
//
//     [clients]  "Acme Oy" = "acme"
//     [projects] "Acme Oy/Website" = "web"
//     [tasks]    "Acme Oy/Website/Development" = "dev"
//     [members]  "Maija M" = "maija"
//     [tags]     client = 1, project = 2, non_billable = ["Internal"]
//
// Source: spec/import.md, "Other programs' exports".
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "outcome/error.hpp"

namespace billctl {

struct MappedCode {
  std::string code;
  Position at;  ///< of the code in the map's file
};
/// By the other program's name, or by names with `/` between.
using CodesByName = std::map<std::string, MappedCode, std::less<>>;

/// What the tags of a program mean that has nothing else (timewarrior).
struct TagRoles {
  // Positions from 1 among the tags that are left when those of non_billable are taken out.
  std::optional<int> client, project, task;
  std::vector<std::string> non_billable;  ///< a row with one of them is not billable
};

struct ImportMap {
  CodesByName clients, projects, tasks, members;
  TagRoles tags;
};

}  // namespace billctl
