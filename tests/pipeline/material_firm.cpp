#include "pipeline/material_firm.hpp"

#include "pipeline/issue_invoices.hpp"
#include "pipeline/report_json.hpp"

namespace billctl::test {

MaterialFirm::MaterialFirm(const std::string& toml)
    : DraftingFirm("[tax.vat]\nrate = \"25.5\"\ncategory = \"S\"\ndefault = true\n" + toml) {
  execute("UPDATE client SET street = 'Katu 1', city = 'Helsinki', country = 'FI'");
  add("tasks", "code=build project=web unit_price=50");
  add("entries", "id=h1 task=build member=anna job_type=coding seconds=216000");
  add("entries", "id=h2 task=build member=bo job_type=coding seconds=144000 date=2026-10-06");
  add("entries", "id=b1 kind=bill task=build amount=1000.00 description=licence date=2026-10-07");
  generate();
}

ItemId MaterialFirm::item(const std::string& entry) {
  return {number("SELECT i.id FROM item AS i JOIN entry AS e ON e.id = i.entry_id WHERE e.ref = '" +
                 entry + "' AND i.mark <> 'released' ORDER BY i.id LIMIT 1")};
}

std::vector<std::string> MaterialFirm::items(const Texts& entries) {
  Texts names;
  for (const std::string& entry : entries) names.push_back(std::to_string(item(entry).value));
  return names;
}

Report MaterialFirm::link(const Texts& entries, const std::string& reason) {
  Session at = session();
  return link_material(at, {target(), items(entries), std::nullopt, reason}, Json::object());
}
Report MaterialFirm::release(const Texts& entries, const std::string& reason) {
  Session at = session();
  return release_material(at, {target(), items(entries), reason}, Json::object());
}
Report MaterialFirm::price(const std::string& entry, const std::string& amount) {
  Session at = session();
  return price_material(at, {target(), items({entry}).front(), amount}, Json::object());
}
Report MaterialFirm::revert(const Texts& entries) {
  Session at = session();
  return revert_material(at, {target(), items(entries)}, Json::object());
}
Report MaterialFirm::save() {
  Session at = session();
  return save_material(at, target(), Json::object());
}
Report MaterialFirm::apply() {
  Session at = session();
  return apply_material(at, target(), Json::object());
}
Report MaterialFirm::add_line(const LineWords& words) {
  Session at = session();
  return billctl::add_line(at, target(), words, Json::object());
}
Report MaterialFirm::edit_line(std::int64_t line, const LineWords& words) {
  Session at = session();
  return billctl::edit_line(at, target(), line, words, Json::object());
}
Report MaterialFirm::remove_line(std::int64_t line) {
  Session at = session();
  return remove_lines(at, target(), {line}, Json::object());
}
Report MaterialFirm::move_line(std::int64_t line, const LinePosition& place) {
  Session at = session();
  return billctl::move_line(at, target(), line, place, Json::object());
}
Report MaterialFirm::agree(const std::string& amount, const std::string& text) {
  Session at = session();
  return billctl::agree(at, target(), amount, text, Json::object());
}

void MaterialFirm::issue() {
  Session at = session();
  IssueRequest request;
  request.invoices = {invoice};
  const Report report = issue_invoices(at, request, Json::object());
  expect(report.exit == ExitStatus::done, report.body.canonical().c_str());
}

MaterialFirm::Texts MaterialFirm::prices(const std::string& number) {
  const Invoice header = draft(number);
  const Sheet sheet = [&] {
    Session at = session();
    return read_sheet(at, header.id);
  }();
  Texts texts;
  for (const Card& card : sheet.cards)
    texts.push_back(card.entry_ref + " " + Money(card.report_minor(), header.currency).to_text() +
                    (card.is_orphan() ? " orphan" : ""));
  return texts;
}

std::string MaterialFirm::unallocated() {
  const Invoice header = draft(invoice);
  return Money(header.unallocated_minor, header.currency).to_text();
}

std::string MaterialFirm::summary(const std::string& number) {
  const Invoice header = draft(number);
  std::string text;
  for (const std::int64_t minor :
       {header.summary.starting_minor, header.summary.adjustments_minor,
        header.summary.exclusions_minor, header.summary.milestones_minor})
    text += (text.empty() ? "" : " ") + Money(minor, header.currency).to_text();
  return text;
}

std::string MaterialFirm::broken(const Texts& checks) {
  VerifyRequest request;
  request.checks = checks;
  const Report report = verify(session(), request);
  std::string text;
  for (const Json& check : report.body["checks"].as_array()) {
    if (check["level"] == Json("warning")) continue;
    for (const Json& found : check["found"].as_array())
      text += check["name"].as_string() + ": " + found["subject"].as_string() + " " +
              found["message"].as_string() + "\n";
  }
  return text;
}

std::string MaterialFirm::refusal(const std::function<void()>& fn) {
  try {
    fn();
  } catch (const Error& error) {
    return std::string(word(error.code()));
  }
  return "";
}

LineWords line_words(const std::string& description, const std::string& quantity,
                     const std::string& price) {
  LineWords words;
  if (!description.empty()) words.description = description;
  if (!quantity.empty()) words.quantity = Decimal::parse(quantity);
  if (!price.empty()) words.unit_price = Decimal::parse(price);
  return words;
}

std::string warned(const Report& report) {
  std::string text;
  for (const Json& warning : report.body["warnings"].as_array())
    text += (text.empty() ? "" : " ") + warning["code"].as_string();
  return text;
}

}  // namespace billctl::test
