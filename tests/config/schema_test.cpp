// The JSON schemas with which editors check billctl.toml and job files, against what the readers
// know.
#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "config/config.hpp"
#include "config/full_config.hpp"
#include "config/job_file.hpp"
#include "text/json.hpp"

using namespace billctl;

namespace {

Json schema(const std::string& name) {
  const std::string path = std::string(BILLCTL_SOURCE_DIR) + "/schemas/" + name;
  std::ifstream file(path);
  REQUIRE_MESSAGE(file.good(), path);
  std::ostringstream text;
  text << file.rdbuf();
  return Json::parse(text.str(), path);
}

// The keys of a schema as paths, `*` for a name that the user chooses.
void collect(const Json& root, const Json& node, const std::string& path,
             std::set<std::string>& keys) {
  if (const Json* reference = node.find("$ref")) {
    const std::string name = reference->as_string().substr(std::string("#/definitions/").size());
    REQUIRE(root["definitions"].find(name) != nullptr);
    return collect(root, root["definitions"][name], path, keys);
  }
  const std::string prefix = path.empty() ? "" : path + '.';
  const Json* properties = node.find("properties");
  const Json* others = node.find("additionalProperties");
  const bool named = others != nullptr && others->is_object();
  if (properties == nullptr && !named) {
    keys.insert(path);
    return;
  }
  if (properties != nullptr) {
    for (const auto& [key, value] : properties->as_object()) {
      collect(root, value, prefix + key, keys);
    }
  }
  if (named) collect(root, *others, prefix + '*', keys);
}

// The same path with the names that the full config chose put back to `*`.
std::string general(std::string key) {
  for (const char* chosen :
       {"time_rules.six_minutes", "terms.net14", "terms.on_issue", "tax.vat", "tax.reverse_charge",
        "providers.books", "approvals.deputies.max", "roles.may_act_as.billing",
        "roles.may_act_as.bo", "bounds.total_max.EUR"}) {
    const std::string name(chosen);
    if (key == name || key.starts_with(name + '.')) {
      const std::string section = name.substr(0, name.rfind('.') + 1);
      key = section + '*' + key.substr(name.size());
    }
  }
  const std::string account = "providers.*.accounts.";
  return key.starts_with(account) ? account + '*' : key;
}

std::set<std::string> general_keys(const std::vector<Setting>& settings) {
  std::set<std::string> keys;
  for (const Setting& setting : settings) keys.insert(general(setting.key));
  return keys;
}

}  // namespace

TEST_CASE("the schema of billctl.toml has exactly the keys that the reader knows") {
  const Json root = schema("billctl.schema.json");
  std::set<std::string> in_schema;
  collect(root, root, "", in_schema);
  std::set<std::string> known = general_keys(parse_config(test::kFullConfig, "f").settings);
  known.insert("numbering.credit.series");  // the full config has a series of its own
  CHECK(in_schema == known);
  CHECK(known.size() > 120);
}

TEST_CASE("the schema of job files has exactly the keys that the reader knows") {
  const Json root = schema("job.schema.json");
  std::set<std::string> in_schema;
  collect(root, root, "", in_schema);
  CHECK(in_schema == general_keys(parse_job(test::kFullJob, "f").settings));
}

TEST_CASE("the words of the schema are those of the reader") {
  const Json root = schema("billctl.schema.json");
  const auto words = [&](const char* section, const char* key) {
    std::vector<std::string> list;
    for (const Json& word : root["properties"][section]["properties"][key]["enum"].as_array()) {
      list.push_back(word.as_string());
    }
    return list;
  };
  CHECK(words("invoice", "scope") == invoice_scope_words());
  CHECK(words("invoice", "group_projects") == project_grouping_words());
  CHECK(words("invoice", "group_travel") == group_travel_words());
  CHECK(words("invoice", "annex") == annex_words());
  CHECK(words("invoice", "void") == void_mode_words());
  CHECK(words("einvoice", "require") == einvoice_require_words());
  std::vector<std::string> hours = group_hours_words();
  hours.insert(hours.end(), {"all-qty", "all-one"});
  CHECK(words("invoice", "group_hours") == hours);
  const Json& allow = root["properties"]["invoice"]["properties"]["allow"]["items"]["enum"];
  CHECK(allow.as_array().size() == allowable_codes().size());
}
