#include "pipeline/rebill_notice.hpp"

#include <array>

#include "render/wording.hpp"

namespace billctl {
namespace {

using Words = std::array<std::string_view, 4>;  // by Language: en, fi, sv, de

constexpr Words kFailed = {"failed", "epäonnistui", "misslyckades", "fehlgeschlagen"};
constexpr Words kNotValidated = {"not validated", "vahvistamatta", "ej bekräftade",
                                 "nicht freigegeben"};
constexpr Words kUnsent = {"unsent", "lähettämättä", "ej skickade", "nicht versandt"};
constexpr Words kDeferred = {"deferred", "odottaa lähetystä", "väntar på sändning",
                             "zurückgestellt"};
constexpr Words kUnbilled = {"unbilled", "laskuttamatta", "ofakturerade", "nicht abgerechnet"};
constexpr Words kInvoices = {"invoices", "laskua", "fakturor", "Rechnungen"};
constexpr Words kNothing = {"nothing to bill", "ei laskutettavaa", "inget att fakturera",
                            "nichts abzurechnen"};
constexpr Words kOfClients = {"clients", "asiakasta", "kunder", "Kunden"};
constexpr Words kCreated = {"created", "luotu", "skapade", "erstellt"};
constexpr Words kSkipped = {"skipped", "ohitettu", "överhoppade", "übersprungen"};
constexpr Words kPayable = {"payable", "maksettavaa", "att betala", "zahlbar"};
constexpr Words kDidNotRun = {"did not run to its end", "ei suoritettu loppuun",
                              "kördes inte till slut", "wurde nicht zu Ende geführt"};
constexpr Words kSeeMore = {"All of it:", "Kaikki tiedot:", "Allt:", "Alles:"};

struct Teller {
  Language language;
  std::string say(const Words& words) const {
    return std::string(words[static_cast<std::size_t>(language)]);
  }
};

std::int64_t count_of(const Json& body, std::string_view outcome) {
  std::int64_t count = 0;
  for (const Json& each : body["outcomes"].as_array())
    count += each["outcome"].as_string() == outcome ? 1 : 0;
  return count;
}

std::string period_name(const Json& period) {
  const auto first = Date::parse(period["first"].as_string());
  const auto last = Date::parse(period["last"].as_string());
  return first && last ? Period::from_to(*first, *last).name() : "";
}

void add(std::string& list, std::int64_t count, const std::string& what) {
  if (count == 0) return;
  list += (list.empty() ? "" : ", ") + std::to_string(count) + " " + what;
}

bool is_deferred(const Json& unsent) {
  return unsent["code"].as_string() == "deferred";
}

/// What went wrong, else what was billed.
std::string headline(const Json& body, const Teller& teller) {
  std::string wrong;
  add(wrong, count_of(body, "failed"), teller.say(kFailed));
  add(wrong, count_of(body, "not_validated"), teller.say(kNotValidated));
  std::int64_t deferred = 0;
  for (const Json& each : body["unsent"].as_array()) deferred += is_deferred(each) ? 1 : 0;
  const auto unsent = static_cast<std::int64_t>(body["unsent"].as_array().size());
  add(wrong, unsent - deferred, teller.say(kUnsent));
  add(wrong, deferred, teller.say(kDeferred));
  if (!wrong.empty()) return wrong;
  std::string billed;
  for (const Json& total : body["totals"].as_array()) {
    add(billed, total["invoices"].as_integer(), teller.say(kInvoices));
    billed += ", " + number_text(total["amounts"]["payable"].as_string(), teller.language) + " " +
              total["currency"].as_string();
  }
  return billed.empty() ? teller.say(kNothing) : billed;
}

std::string reasons_text(const Json& reasons) {
  std::string text;
  for (const Json& reason : reasons.as_array()) {
    text += (text.empty() ? "" : "; ") + reason["code"].as_string();
    if (reason["detail"].is_string()) text += ", " + reason["detail"].as_string();
  }
  return text;
}

std::string failures_text(const Json& body, const Teller& teller) {
  std::string text;
  for (const Json& each : body["outcomes"].as_array()) {
    const std::string& outcome = each["outcome"].as_string();
    if (outcome != "failed" && outcome != "not_validated") continue;
    text += "  " + each["client"].as_string() + ": " +
            teller.say(outcome == "failed" ? kFailed : kNotValidated) + " (" +
            reasons_text(each["reasons"]) + ")\n";
  }
  for (const Json& each : body["unsent"].as_array())
    text += "  " + each["invoice"].as_string() + ": " +
            (is_deferred(each) ? teller.say(kDeferred)
                               : teller.say(kUnsent) + " (" + each["code"].as_string() + ")") +
            "\n";
  if (!body["delivery"].is_null()) text += "  " + body["delivery"]["message"].as_string() + "\n";
  for (const Json& each : body["unbilled"].as_array())
    text += "  " + each["entry"].as_string() + ": " + teller.say(kUnbilled) + " (" +
            each["code"].as_string() + ")\n";
  return text;
}

std::string figures_text(const Json& body, const Teller& teller) {
  std::string text = std::to_string(body["clients"].as_integer()) + " " + teller.say(kOfClients) +
                     ": " + std::to_string(count_of(body, "created")) + " " + teller.say(kCreated) +
                     ", " + std::to_string(count_of(body, "not_validated")) + " " +
                     teller.say(kNotValidated) + ", " + std::to_string(count_of(body, "failed")) +
                     " " + teller.say(kFailed) + ", " + std::to_string(count_of(body, "skipped")) +
                     " " + teller.say(kSkipped) + "\n";
  for (const Json& total : body["totals"].as_array()) {
    text += std::to_string(total["invoices"].as_integer()) + " " + teller.say(kInvoices) + ", " +
            number_text(total["amounts"]["payable"].as_string(), teller.language) + " " +
            total["currency"].as_string() + " " + teller.say(kPayable) + "\n";
  }
  return text;
}

}  // namespace

RebillNotice result_notice(const Config& config, const Json& body) {
  const Teller teller{language_of(config.tenant.language)};
  RebillNotice notice;
  notice.subject =
      body["job"].as_string() + " " + period_name(body["period"]) + ": " + headline(body, teller);
  notice.text = notice.subject + "\n\n";
  if (const std::string wrong = failures_text(body, teller); !wrong.empty())
    notice.text += wrong + "\n";
  if (body["note"].is_string()) notice.text += body["note"].as_string() + "\n\n";
  notice.text += figures_text(body, teller) + "\n" + teller.say(kSeeMore) +
                 " billctl rebill-job show " + std::to_string(body["run"].as_integer()) + "\n";
  return notice;
}

RebillNotice failure_notice(const Config& config, const std::string& job, const Period& period,
                            const Error& error) {
  const Teller teller{language_of(config.tenant.language)};
  const std::string message =
      error.mistakes().empty() ? error.message() : to_text(error.mistakes().front());
  RebillNotice notice;
  notice.subject = job + " " + period.name() + ": " + teller.say(kFailed) + ", " + message;
  notice.text = job + " " + period.name() + " " + teller.say(kDidNotRun) + ": " +
                std::string(word(error.code())) + "\n\n  " + message + "\n";
  if (!error.hint().empty()) notice.text += "  " + error.hint() + "\n";
  return notice;
}

}  // namespace billctl
