#include "pipeline/verify.hpp"

#include <algorithm>

#include "ledger/audit.hpp"
#include "pipeline/verify_checks.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

constexpr const char* kAnchor = "anchor";
constexpr const char* kFiles = "files";
constexpr const char* kProvider = "provider";

bool is_warning(const Violation& violation) {
  return violation.warning;
}

Json check_json(const std::string& name, const std::vector<Violation>& found) {
  const bool only_warnings = !found.empty() && std::all_of(found.begin(), found.end(), is_warning);
  Json list = Json::array();
  for (const Violation& violation : found) {
    list.push(Json::object({{"subject", violation.subject}, {"message", violation.message}}));
  }
  return Json::object({{"name", name},
                       {"ok", found.empty()},
                       {"level", only_warnings ? "warning" : "error"},
                       {"found", std::move(list)}});
}

void refuse_unknown(const std::vector<std::string>& names) {
  const std::vector<std::string> known = verify_names();
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string hint = did_you_mean(name, known);
    if (hint.empty()) {
      hint = "the checks are";
      for (const std::string& each : known) hint += " " + each;
    }
    throw Error(Reason::usage, "verify: \"" + name + "\" is no check", hint);
  }
}

std::vector<std::string> names_of(const VerifyRequest& request) {
  std::vector<std::string> names = audit_names();
  if (request.quick || !request.checks.empty()) {
    // In the order in which they are always told, each once.
    const std::vector<std::string> asked = request.quick ? quick_audit_names() : request.checks;
    const auto is_not_asked = [&](const std::string& name) {
      return std::find(asked.begin(), asked.end(), name) == asked.end();
    };
    names.erase(std::remove_if(names.begin(), names.end(), is_not_asked), names.end());
  }
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  if (request.deep) add("file");          // reads the pages
  if (request.files) add("outbox-once");  // reads the documents that were sent
  if (request.files) add(kFiles);
  if (request.provider) add(kProvider);
  if (!request.anchor.empty()) names.emplace_back(kAnchor);
  return names;
}

std::vector<Violation> run_check(const Session& session, const VerifyRequest& request,
                                 const std::string& name, const AuditFacts& facts) {
  if (name == kAnchor) return verify_anchor(session, request.anchor);
  if (name == kFiles) return verify_files(session);
  return run_audit(session.ledger, name, facts);
}

}  // namespace

std::vector<std::string> verify_names() {
  return audit_names();
}

Report verify(const Session& session, const VerifyRequest& request) {
  require_reading(session, "verify");
  refuse_unknown(request.checks);
  AuditFacts facts{session.tenant.id, session.config.tenant.zone, AuditDepth::whole};
  if (request.quick) facts.depth = AuditDepth::quick;
  if (request.deep) facts.depth = AuditDepth::deep;
  Json checks = Json::array();
  bool ok = true;
  bool unreachable = false;
  if (!request.quick) keep_audited_pages(session.ledger);
  session.ledger.read([&] {
    for (const std::string& name : names_of(request)) {
      std::vector<Violation> found;
      if (name == kProvider) {
        ProviderFindings said = verify_providers(session);
        unreachable = said.unreachable;
        found = std::move(said.found);
      } else {
        found = run_check(session, request, name, facts);
      }
      ok = ok && std::all_of(found.begin(), found.end(), is_warning);
      checks.push(check_json(name, found));
    }
  });
  Report report;
  report.body = Json::object({{"ok", ok}, {"checks", std::move(checks)}});
  report.exit = !ok ? ExitStatus::corrupt : unreachable ? ExitStatus::outside : ExitStatus::done;
  return report;
}

}  // namespace billctl
