// `timew export`: UTC times, tags and an annotation. Its `id` is a position that moves with every
// new interval, so it identifies nothing. An interval without `end` is running.
#include <fmt/format.h>

#include "intake/foreign/formats.hpp"
#include "intake/foreign/json_elements.hpp"

namespace billctl {
namespace {

class TimewarriorReader : public ForeignReader {
 public:
  TimewarriorReader(Window window, const ForeignOptions& options, Mistakes& mistakes)
      : elements_(std::move(window), mistakes), options_(options) {}

  bool next(ForeignEntry& entry) override {
    while (elements_.next()) {
      entry = {};
      if (read(entry)) return true;
    }
    return false;
  }

 private:
  bool read(ForeignEntry& entry) {
    const JsonNode& interval = elements_.value();
    entry.at = elements_.at(interval.start);
    if (interval.kind != JsonNode::Kind::object) {
      elements_.wrong(interval, "an interval is needed, as {\"start\": …}");
      return false;
    }
    entry.named_by_tags = true;
    return read_times(interval, entry) && read_tags(interval, entry) && read_note(interval, entry);
  }

  bool read_times(const JsonNode& interval, ForeignEntry& entry) {
    const JsonNode* start = elements_.tape().member(interval, "start");
    if (start == nullptr) {
      elements_.wrong(interval, "an interval without \"start\"");
      return false;
    }
    entry.started_at = read_instant(*start);
    if (!entry.started_at) return false;
    entry.work_on = options_.zone.date(*entry.started_at);
    const JsonNode* end = elements_.tape().member(interval, "end");
    if (end == nullptr) return true;
    entry.stopped_at = read_instant(*end);
    if (!entry.stopped_at) return false;
    entry.seconds = entry.stopped_at->seconds() - entry.started_at->seconds();
    if (*entry.seconds >= 0) return true;
    elements_.wrong(*end, fmt::format("end is {}, before the start", shown(end->text)));
    return false;
  }

  std::optional<Instant> read_instant(const JsonNode& node) {
    const bool is_text = node.kind == JsonNode::Kind::text;
    const auto instant = is_text ? Instant::parse(node.text) : std::nullopt;
    if (!instant) {
      elements_.wrong(node, fmt::format("{} is {}, a time as 20261001T060000Z is needed", node.key,
                                        shown(node.text)));
    }
    return instant;
  }

  bool read_tags(const JsonNode& interval, ForeignEntry& entry) {
    const JsonNode* tags = elements_.tape().member(interval, "tags");
    if (tags == nullptr) return true;
    for (const JsonNode* tag : elements_.tape().children(*tags)) {
      if (tag->kind != JsonNode::Kind::text) {
        elements_.wrong(*tag, "a tag that is no text");
        return false;
      }
      entry.tags.emplace_back(tag->text);
    }
    if (tags->kind == JsonNode::Kind::array) return true;
    elements_.wrong(*tags, "tags are no list");
    return false;
  }

  bool read_note(const JsonNode& interval, ForeignEntry& entry) {
    const JsonNode* note = elements_.tape().member(interval, "annotation");
    if (note != nullptr) entry.description = note->text;
    const std::string start = entry.started_at->to_text();
    std::string tags;
    for (const std::string& tag : entry.tags) tags += tag + '\x1f';
    entry.ref = identity_.of({options_.member, start, tags, entry.description});
    entry.slot = options_.member + '|' + start;
    return true;
  }

  JsonElements elements_;
  ForeignOptions options_;
  RowIdentity identity_{"timewarrior"};
};

}  // namespace

std::unique_ptr<ForeignReader> open_timewarrior(Window window, const ForeignOptions& options,
                                                Mistakes& mistakes) {
  return std::make_unique<TimewarriorReader>(std::move(window), options, mistakes);
}

}  // namespace billctl
