#include "pipeline/comments.hpp"

#include "ledger/local_edits.hpp"
#include "pipeline/import_work/import_run.hpp"

namespace billctl {

Report set_comment(Session& session, Commented what, const std::string& code,
                   const std::string& text) {
  const bool of_client = what == Commented::client;
  const std::string noun = of_client ? "client" : "project";
  const TableKind kind = of_client ? TableKind::clients : TableKind::projects;
  const Verb verb{"comment set", Json::object({{noun, code}}), false, {}};
  return perform(session, verb, [&] {
    References references(session.ledger, session.tenant.id);
    const auto row = references.find(kind, code);
    if (!row) {
      throw Error(Reason::not_found, "no " + noun + " \"" + code + "\"",
                  references.nearest(kind, code));
    }
    Records records(session.ledger, session.tenant.id, record_kind_of(kind));
    Record record = records.get(*row);
    RecordValue& comment = record.values[records.shape().place("comment")];
    const std::string before = std::get<std::string>(comment);
    if (before != text) {
      comment = text;
      records.change(record);
      LocalEdits(session.ledger, session.tenant.id, word(kind)).mark(code, "comment");
    }
    Report report;
    report.body = Json::object({{noun, code},
                                {"comment", Json::text_or_null(text)},
                                {"before", Json::text_or_null(before)}});
    report.subjects.push_back({noun + ":" + code, text.empty() ? "comment taken away" : "comment"});
    return report;
  });
}

}  // namespace billctl
