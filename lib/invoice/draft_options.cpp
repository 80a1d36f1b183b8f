#include "invoice/draft_options.hpp"

namespace billctl {
namespace {

/// Flag > engagement > client > config; a word that is none counts as absent.
template <class Value, class Parse>
Value decided(const std::optional<Value>& choice, const std::string* engagement,
              const std::string& client, Value config, const Parse& parse) {
  if (choice) return *choice;
  if (engagement != nullptr && !engagement->empty())
    if (const auto value = parse(*engagement)) return *value;
  if (!client.empty())
    if (const auto value = parse(client)) return *value;
  return config;
}

void keep_common(std::string& word, const std::string& other) {
  if (word != other) word.clear();
}

}  // namespace

DraftOptions draft_options(const DraftChoices& choices, const Engagement* engagement,
                           const Client& client, const DraftOptions& config) {
  const auto of = [&](const std::string Engagement::*field) {
    return engagement == nullptr ? nullptr : &(engagement->*field);
  };
  DraftOptions options;
  options.scope = decided(choices.scope, of(&Engagement::invoice_scope), client.invoice_scope,
                          config.scope, parse_invoice_scope);
  options.grouping.projects =
      decided(choices.projects, of(&Engagement::group_projects), client.group_projects,
              config.grouping.projects, parse_project_grouping);
  options.grouping.hours = decided(choices.hours, of(&Engagement::group_hours), client.group_hours,
                                   config.grouping.hours, parse_group_hours);
  options.grouping.travel =
      decided(choices.travel, of(&Engagement::group_travel), client.group_travel,
              config.grouping.travel, parse_group_travel);
  options.annex =
      decided(choices.annex, of(&Engagement::annex), client.annex, config.annex, parse_annex);
  options.bill_by = decided(choices.bill_by, of(&Engagement::bill_by), client.bill_by,
                            config.bill_by, parse_bill_by);
  return options;
}

DraftWords words_of(const DraftOptions& options) {
  return {std::string(word(options.grouping.projects)), std::string(word(options.grouping.hours)),
          std::string(word(options.grouping.travel)), std::string(word(options.annex))};
}

void keep_common(DraftWords& words, const DraftWords& other) {
  keep_common(words.projects, other.projects);
  keep_common(words.hours, other.hours);
  keep_common(words.travel, other.travel);
  keep_common(words.annex, other.annex);
}

}  // namespace billctl
