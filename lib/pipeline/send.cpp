#include "pipeline/send.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>

#include "ledger/once.hpp"
#include "mail/address.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/filter_words.hpp"
#include "pipeline/invoice_selection.hpp"
#include "pipeline/mail_carrier.hpp"
#include "pipeline/mail_run.hpp"
#include "pipeline/mail_standing.hpp"
#include "pipeline/report_json.hpp"
#include "pipeline/restore.hpp"
#include "render/whole_file.hpp"

namespace billctl {
namespace {

constexpr std::size_t kFileBytesMax = std::size_t{20} << 20U;

MailAttachment attachment_of(const std::string& path) {
  const auto refuse = [&](const std::string& why) {
    throw Error(Reason::bad_input, path + ": " + why, "--attach takes a file of at most 20 MiB");
  };
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) refuse("can't be read");
  struct stat status {};
  const bool regular = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  MailAttachment made;
  made.bytes.resize(kFileBytesMax + 1);
  std::size_t length = 0;
  while (regular && length < made.bytes.size()) {
    const ssize_t count = ::read(file, made.bytes.data() + length, made.bytes.size() - length);
    if (count <= 0) break;
    length += static_cast<std::size_t>(count);
  }
  close(file);
  if (!regular) refuse("is no file");
  if (length > kFileBytesMax) refuse("is too large");
  made.bytes.resize(length);
  made.name = safe_file_name(path.substr(path.rfind('/') + 1));
  made.type = type_of_file(made.name);
  return made;
}

/// The send states that --state may name; those of the invoice itself are always issued.
constexpr std::array<std::string_view, 5> kUnsentWords = {"none", "queued", "deferred", "unknown",
                                                          "rejected"};

/// What a request is about, sorted out before anything is done.
struct Chosen {
  std::vector<InvoiceId> invoices;  ///< to be sent, or told why not
  std::vector<RefusedInvoice> refused;
  std::vector<SentInvoice> not_by_mail;   ///< of --all-unsent
  std::vector<SentInvoice> already_sent;  ///< named ones
};

class Sending {
 public:
  Sending(Session& session, const SendRequest& request)
      : session_(session), request_(request), standing_(session) {}

  Chosen chosen() {
    Chosen chosen;
    if (request_.all_unsent) {
      choose_unsent(chosen);
    } else {
      std::set<InvoiceId> seen;
      for (const std::string& name : request_.invoices) {
        const Invoice invoice = standing_.invoices().header(standing_.invoices().named(name));
        if (seen.insert(invoice.id).second) choose_named(chosen, invoice);
      }
    }
    return chosen;
  }

  MailHaste haste() const {
    if (request_.resend) return MailHaste::again;
    return request_.all_unsent ? MailHaste::due : MailHaste::asked;
  }

  bool is_trial() const { return !request_.to.empty(); }

  /// What the run is to queue; what waits already is put in line.
  std::vector<MailOrder> orders(const std::vector<InvoiceId>& ids, MailRun& run) {
    std::vector<MailOrder> orders;
    for (const InvoiceId id : ids) {
      if (is_trial()) {
        orders.push_back({id, MailPurpose::trial, request_.to, false});
        continue;
      }
      const Invoice invoice = standing_.invoices().header(id);
      const MailStep step = standing_.step(invoice, haste());
      if (step == MailStep::queue)
        orders.push_back(
            {id, MailPurpose::invoice, first_email(standing_.payer(invoice)), request_.resend});
      if (step == MailStep::deliver) run.take(standing_.mails().current(id)->id);
    }
    return orders;
  }

  /// Each as it would be after a run that only queues.
  std::vector<SentInvoice> planned(const std::vector<InvoiceId>& ids) {
    std::vector<SentInvoice> all;
    for (const InvoiceId id : ids) {
      const Invoice invoice = standing_.invoices().header(id);
      all.push_back(standing_.of(invoice));
      SentInvoice& sent = all.back();
      if (!is_trial() && standing_.step(invoice, haste()) == MailStep::nothing) continue;
      sent.to = is_trial() ? request_.to : first_email(standing_.payer(invoice));
      sent.state = MailState::queued;
      sent.message_id.clear();
      sent.no_email = false;
      sent.by_mail = true;
      sent.next_try_at.reset();
      sent.message.clear();
    }
    return all;
  }

  std::vector<SentInvoice> stand(const std::vector<InvoiceId>& ids, const MailRun& run) {
    std::vector<SentInvoice> all;
    std::map<InvoiceId, Mail> trials;
    for (const MailId id : run.touched()) {
      Mail mail = standing_.mails().read(id);
      mail.payload.clear();
      if (mail.purpose == MailPurpose::trial) trials.insert_or_assign(mail.invoice, mail);
    }
    for (const InvoiceId id : ids) {
      if (run.refusals().contains(id)) continue;
      all.push_back(standing_.of(id));
      if (is_trial()) put_trial(all.back(), trials.at(id));
    }
    return all;
  }

  std::string name(InvoiceId id) { return name_of(standing_.invoices().header(id)); }

 private:
  void choose_unsent(Chosen& chosen) {
    check_words(request_.filter.states, kUnsentWords, "--state");
    Filter filter = request_.filter;
    filter.states = {"issued"};
    filter.limit.reset();
    const std::vector<InvoiceId> ids = standing_.mails().unsent();
    const std::set<InvoiceId> unsent(ids.begin(), ids.end());
    each_selected(session_, standing_.books(), filter, [&](SelectedInvoice& each) {
      const Invoice& invoice = each.invoice;
      if (!unsent.contains(invoice.id)) return;
      const SentInvoice sent = standing_.of(invoice);
      const std::vector<std::string>& states = request_.filter.states;
      const bool fits = states.empty() ||
                        std::ranges::find(states, std::string(word(sent.state))) != states.end();
      if (!fits) return;
      if (!sent.by_mail) {
        chosen.not_by_mail.push_back(sent);
      } else if (!request_.filter.limit || std::ssize(chosen.invoices) < *request_.filter.limit) {
        chosen.invoices.push_back(invoice.id);
      }
    });
  }

  void choose_named(Chosen& chosen, const Invoice& invoice) {
    const auto refuse = [&](const std::string& why) {
      chosen.refused.push_back({name_of(invoice), {{Reason::wrong_state, why}}});
    };
    if (is_open(invoice.state)) return refuse("is not issued, and only final invoices are sent");
    if (invoice.imported) return refuse("was issued by another program, which has its document");
    if (is_trial()) return chosen.invoices.push_back(invoice.id);
    if (invoice.state == InvoiceState::voided) return refuse("is voided");
    const SentInvoice sent = standing_.of(invoice);
    const std::string& delivery = standing_.payer(invoice).delivery;
    if (sent.state == MailState::sent && !request_.resend) {
      chosen.already_sent.push_back(sent);
    } else if (delivery != "mail") {
      refuse("client " + sent.client + " has delivery " + delivery + ", not mail");
    } else {
      chosen.invoices.push_back(invoice.id);
    }
  }

  static void put_trial(SentInvoice& sent, const Mail& mail) {
    sent.to = mail.to;
    sent.message_id = mail.message_id;
    sent.state = mail.state;
    sent.attempts = mail.attempts;
    sent.next_try_at = mail.next_try_at;
    sent.message = mail.message;
    sent.by_mail = true;
    sent.no_email = false;
  }

  Session& session_;
  const SendRequest& request_;
  MailStanding standing_;
};

void check_request(const SendRequest& request) {
  if (request.all_unsent == !request.invoices.empty())
    throw Error(Reason::usage, "send needs invoices by name, or --all-unsent",
                "see `billctl invoice list --state unsent`");
  if (request.resend && request.all_unsent)
    throw Error(Reason::usage, "--resend goes with invoices by name",
                "what is unknown or was rejected is a person's choice, one by one");
  if (request.to.empty()) return;
  if (request.resend) throw Error(Reason::usage, "--to is a trial, and --resend is not");
  if (!is_mail_address(request.to))
    throw Error(Reason::usage, "--to \"" + request.to + "\" is no e-mail address",
                "one address such as bo@example.test");
}

Json arguments_of(const SendRequest& request) {
  Json names = Json::array();
  for (const std::string& name : request.invoices) names.push(name);
  return Json::object({{"invoices", std::move(names)},
                       {"all_unsent", request.all_unsent},
                       {"to", Json::text_or_null(request.to)},
                       {"resend", request.resend}});
}

Json names_of(const std::vector<SentInvoice>& all) {
  Json list = Json::array();
  for (const SentInvoice& each : all)
    list.push(
        Json::object({{"invoice", each.name}, {"message", Json::text_or_null(each.message)}}));
  return list;
}

Report report_of(const Session& session, const SendRequest& request, const Chosen& chosen,
                 const std::vector<SentInvoice>& all, Json notices) {
  Report report;
  MailCounts counts;
  Json list = Json::array();
  for (const SentInvoice& each : all) {
    counts.add(each);
    list.push(sent_invoice_json(each));
    const std::string what = request.to.empty() ? "mail " : "trial mail ";
    report.subjects.push_back({"invoice:" + each.name, what + std::string(word(each.state))});
  }
  report.body =
      Json::object({{"provider", mail_provider(session)}, {"trial", !request.to.empty()}});
  counts.put(report.body);
  report.body.set("invoices", std::move(list));
  report.body.set("refused", refused_json(chosen.refused));
  report.body.set("not_by_mail", names_of(chosen.not_by_mail));
  report.body.set("already_sent", names_of(chosen.already_sent));
  report.body.set("notices", std::move(notices));
  if (counts.person()) {
    report.exit = ExitStatus::partly;
  } else if (counts.deferred > 0) {
    report.exit = ExitStatus::outside;
  }
  put_exit(report, all.size() + chosen.already_sent.size(), chosen.refused, "send");
  return report;
}

void take_notices(Session& session, MailRun& run, std::vector<MailId>& notices) {
  for (const Mail& mail : Mails(session.ledger, session.tenant.id).waiting_notices()) {
    if (mail.next_try_at && *mail.next_try_at > session.now) continue;
    run.take(mail.id);
    notices.push_back(mail.id);
  }
}

Json notices_json(Session& session, const std::vector<MailId>& ids) {
  Json list = Json::array();
  Mails mails(session.ledger, session.tenant.id);
  for (const MailId id : ids) {
    const Mail mail = mails.read(id);
    list.push(Json::object({{"to", mail.to},
                            {"state", word(mail.state)},
                            {"message", Json::text_or_null(mail.message)}}));
  }
  return list;
}

bool was_done(Session& session) {
  if (session.once_key.empty()) return false;
  return Once(session.ledger, session.tenant.id).find(session.once_key).has_value();
}

}  // namespace

Report send(Session& session, const SendRequest& request) {
  check_request(request);
  const Verb verb{"send", arguments_of(request)};
  require_permission(session.config.roles, session.actor.code, "send");
  require_confirmed(session);
  if (was_done(session)) return perform(session, verb, [] { return Report{}; });
  mail_settings(session);
  sender_address(session);
  MailManner manner;
  manner.annex = request.annex;
  for (const std::string& path : request.attach) manner.beside.push_back(attachment_of(path));
  if (session.dry_run == DryRun::yes) {
    return perform(session, verb, [&] {
      Sending sending(session, request);
      const Chosen chosen = sending.chosen();
      return report_of(session, request, chosen, sending.planned(chosen.invoices), Json::array());
    });
  }
  MailRun run(session);
  run.settle_cut_short();
  std::optional<Sending> sending;
  Chosen chosen;
  std::vector<MailOrder> orders;
  std::vector<MailId> notices;
  session.ledger.read([&] {
    sending.emplace(session, request);
    chosen = sending->chosen();
    orders = sending->orders(chosen.invoices, run);
    if (request.all_unsent && request.to.empty()) take_notices(session, run, notices);
  });
  run.queue(orders, manner);
  run.deliver();
  for (const auto& [id, finding] : run.refusals())
    chosen.refused.push_back({sending->name(id), {finding}});
  return perform(session, verb, [&] {
    return report_of(session, request, chosen, sending->stand(chosen.invoices, run),
                     notices_json(session, notices));
  });
}

std::size_t count_to_send(Session& session, const SendRequest& request) {
  check_request(request);
  std::size_t count = 0;
  session.ledger.read([&] { count = Sending(session, request).chosen().invoices.size(); });
  return count;
}

}  // namespace billctl
