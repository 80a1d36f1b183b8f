// Kimai's API, GET /api/timesheets: times with their offset, seconds, and an id that stays. With
// `full=true` the names stand in the records; without it there are numbers only, which the map
// names
// (`[projects] "12" = "web"`), and no client.
#include <fmt/format.h>

#include "intake/foreign/foreign_text.hpp"
#include "intake/foreign/formats.hpp"
#include "intake/foreign/json_elements.hpp"
#include "intake/foreign/local_session.hpp"

namespace billctl {
namespace {

using Node = JsonNode::Kind;

class KimaiJsonReader : public ForeignReader {
 public:
  KimaiJsonReader(Window window, const ForeignOptions& options, Mistakes& mistakes)
      : elements_(std::move(window), mistakes), options_(options) {}

  bool next(ForeignEntry& entry) override {
    while (elements_.next()) {
      entry = {};
      if (read(entry)) return true;
    }
    return false;
  }

 private:
  const JsonNode* member(std::string_view key) const {
    const JsonNode* found = elements_.tape().member(elements_.value(), key);
    return found == nullptr || found->kind == Node::null ? nullptr : found;
  }

  bool wrong(const JsonNode& node, std::string_view needed) {
    elements_.wrong(node, node.text.empty() ? fmt::format("{}: {} is needed", node.key, needed)
                                            : fmt::format("{} is {}, {} is needed", node.key,
                                                          shown(node.text), needed));
    return false;
  }

  bool read(ForeignEntry& entry) {
    const JsonNode& record = elements_.value();
    entry.at = elements_.at(record.start);
    if (record.kind != Node::object) {
      elements_.wrong(record, "a timesheet is needed, as {\"id\": …}");
      return false;
    }
    const JsonNode* id = member("id");
    if (id == nullptr || id->kind != Node::number) {
      elements_.wrong(id == nullptr ? record : *id, "a timesheet without the number \"id\"");
      return false;
    }
    entry.ref = fmt::format("kimai:{}", id->text);
    entry.slot = entry.ref;
    return read_times(entry) && read_names(entry) && read_rest(entry);
  }

  bool read_times(ForeignEntry& entry) {
    const JsonNode* begin = member("begin");
    if (begin == nullptr) {
      elements_.wrong(elements_.value(), "a timesheet without \"begin\"");
      return false;
    }
    RecordedTimes recorded;
    if (!read_moment(*begin, recorded.started)) return false;
    const JsonNode* end = member("end");
    if (end != nullptr && !read_moment(*end, recorded.stopped)) return false;
    const JsonNode* duration = member("duration");
    if (duration != nullptr && end != nullptr) {
      std::string_view why;
      recorded.seconds = parse_count(duration->text, why);
      if (!recorded.seconds) return wrong(*duration, "whole seconds");
    }
    std::optional<TimesMistake> mistake;
    const auto times = resolve_foreign(recorded, 0, options_.zone, mistake);
    if (!times) {
      const JsonNode& at = mistake->of == TimesMistake::Of::started ? *begin : *end;
      elements_.wrong(at, fmt::format("{} is {}, {}", at.key, shown(at.text), mistake->why),
                      mistake->hint);
      return false;
    }
    entry.started_at = times->started_at;
    entry.stopped_at = times->stopped_at;
    entry.seconds = times->seconds;
    entry.seconds_differ = times->seconds_differ;
    entry.work_on = *times->work_on;
    return true;
  }

  bool read_moment(const JsonNode& node, std::optional<Moment>& moment) {
    std::string_view why;
    moment = node.kind == Node::text ? parse_moment(node.text, why) : std::nullopt;
    return moment || wrong(node, "a time as 2026-10-01T09:00:00+0300");
  }

  /// The name in a record, or the number that stands for it.
  std::string name_of(const JsonNode* node, std::initializer_list<std::string_view> keys) const {
    if (node == nullptr) return "";
    if (node->kind != Node::object) return std::string(node->text);
    for (const std::string_view key : keys) {
      const JsonNode* name = elements_.tape().member(*node, key);
      if (name != nullptr && !name->text.empty()) return std::string(name->text);
    }
    return "";
  }

  bool read_names(ForeignEntry& entry) {
    const JsonNode* project = member("project");
    if (project == nullptr) {
      elements_.wrong(elements_.value(), "a timesheet without \"project\"");
      return false;
    }
    entry.project = name_of(project, {"name", "id"});
    entry.task = name_of(member("activity"), {"name", "id"});
    entry.member = name_of(member("user"), {"alias", "username", "id"});
    const JsonNode* customer = elements_.tape().member(*project, "customer");
    entry.client = name_of(customer, {"name", "id"});
    entry.client_left_out = entry.client.empty();
    return true;
  }

  bool read_rest(ForeignEntry& entry) {
    if (const JsonNode* description = member("description")) entry.description = description->text;
    if (!read_flag("billable", entry.billable)) return false;
    bool exported = false;
    if (!read_flag("exported", exported)) return false;
    if (exported) entry.invoiced_as = word(ForeignFormat::kimai);
    if (const JsonNode* tags = member("tags")) {
      for (const JsonNode* tag : elements_.tape().children(*tags))
        entry.tags.emplace_back(tag->text);
      if (tags->kind == Node::text) entry.tags = parse_foreign_tags(tags->text);
    }
    return !options_.take_prices || read_price(entry);
  }

  bool read_flag(std::string_view key, bool& flag) {
    const JsonNode* node = member(key);
    if (node == nullptr) return true;
    if (node->kind != Node::boolean) return wrong(*node, "true or false");
    flag = node->text == "true";
    return true;
  }

  bool read_price(ForeignEntry& entry) {
    const JsonNode* hourly = member("hourlyRate");
    const JsonNode* fixed = member("fixedRate");
    const JsonNode* rate = fixed == nullptr && hourly != nullptr ? hourly : member("rate");
    if (rate == nullptr) return true;
    std::string why;
    const auto price = parse_foreign_price(rate->text, why);
    if (!price) return wrong(*rate, "a price");
    if (price->is_zero()) return true;
    entry.hourly_price = rate == hourly ? price : price_of(*price, entry.seconds.value_or(0));
    return true;
  }

  JsonElements elements_;
  ForeignOptions options_;
};

}  // namespace

std::unique_ptr<ForeignReader> open_kimai_json(Window window, const ForeignOptions& options,
                                               Mistakes& mistakes) {
  return std::make_unique<KimaiJsonReader>(std::move(window), options, mistakes);
}

}  // namespace billctl
