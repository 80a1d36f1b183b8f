#include "pipeline/entry_verbs/chosen_entries.hpp"

#include "pipeline/entries_report.hpp"
#include "work/filter_test.hpp"

namespace billctl {

Json ChosenEntries::arguments() const {
  Json arguments = Json::object();
  if (all) return arguments.set("all", true);
  Json refs = Json::array();
  for (const std::string& name : names) refs.push(name);
  return arguments.set("entries", std::move(refs));
}

std::vector<EntryRow> chosen(EntryChanges& changes, const ChosenEntries& choice,
                             const std::function<bool(const ListedEntry&)>& wanted) {
  if (!choice.all) return changes.named(choice.names);
  check_entry_words(choice.filter);
  const FilterTest test(choice.filter);
  const Session& session = changes.session();
  std::vector<EntryId> ids;
  EntryList(session.ledger, session.tenant.id).each(EntryId{}, [&](const ListedEntry& listed) {
    if (takes_entry(test, listed) && wanted(listed)) ids.push_back(listed.row.id);
    return true;
  });
  std::vector<EntryRow> rows;
  rows.reserve(ids.size());
  for (const EntryId id : ids) rows.push_back(changes.row(id));
  return rows;
}

}  // namespace billctl
