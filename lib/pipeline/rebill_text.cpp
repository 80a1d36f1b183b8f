#include "pipeline/rebill_text.hpp"

namespace billctl {
namespace {

/// What is sold: the product somebody chose, else the task it was recorded on.
std::string sold(const Books& books, const LineItem& item) {
  const Product& product = books.products.at(item.product);
  if (product.auto_created == DefaultProduct::none) {
    return product.description.empty() ? product.name : product.name + ", " + product.description;
  }
  if (const Task* task = books.tasks.find(item.task)) return task->name;
  if (const Project* project = books.projects.find(item.project)) return project->name;
  return product.name;
}

TemplateValues values_of(const Config& config, const Books& books, const LineItem& item,
                         const EntryWords& words) {
  TemplateValues values;
  if (const Task* task = books.tasks.find(item.task)) {
    values.emplace("source_type", task->source_type);
    values.emplace("source_ref", task->source_ref);
    values.emplace("task", task->name);
  }
  if (const Member* member = books.members.find(item.member))
    values.emplace("member", member->name);
  if (words.started_at) {
    const auto named = words.zone.empty() ? std::nullopt : Zone::load(words.zone);
    const Zone& zone = named ? *named : config.tenant.zone;
    values.emplace("start", zone.local(Instant::from_seconds(*words.started_at)));
  } else {
    values.emplace("start", LocalTime{item.work_on, 0});
  }
  return values;
}

}  // namespace

std::function<std::string(const LineItem&, const EntryWords&)> rebill_entry_text(
    const JobFile& job, const Config& config, const Books& books) {
  const bool names = job.employee_names;
  return [names, &config, &books](const LineItem& item, const EntryWords& words) {
    std::string text = sold(books, item);
    const TemplateValues values = values_of(config, books, item, words);
    const Task* task = books.tasks.find(item.task);
    const auto source = config.rebill.texts.find(task != nullptr ? task->source_type : "");
    if (source != config.rebill.texts.end()) text += ": " + source->second.render(values);
    if (names && item.member) text += config.rebill.by_member.render(values);
    return text;
  };
}

std::string rebill_title(const JobFile& job, const Period& period, const Client& client) {
  if (!job.title) return "";
  TemplateValues values = period_values(period);
  values.insert_or_assign("client", client.name);
  return job.title->render(values);
}

std::string rebill_subtitle(const Period& period) {
  return period.first().to_text() + " – " + period.last().to_text();
}

}  // namespace billctl
