#include "ledger/mails.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

#define BILLCTL_MAIL                                                                    \
  "SELECT id, invoice_id, purpose, via, key, revision, message_id, sender, recipient, " \
  "payload_digest, state, attempts, next_try_at, message, queued_at, done_at FROM mail "

constexpr const char* kCurrent = BILLCTL_MAIL
    "WHERE invoice_id = :invoice AND superseded = 0 AND purpose = 'invoice' AND tenant_id = "
    ":tenant";
constexpr const char* kOfInvoice =
    BILLCTL_MAIL "WHERE invoice_id = :invoice AND tenant_id = :tenant ORDER BY id";
constexpr const char* kList =
    BILLCTL_MAIL "WHERE tenant_id = :tenant AND superseded = 0 AND purpose = 'invoice' ORDER BY id";
// Each index condition is written out, so that the index of what waits is used.
constexpr const char* kCutShort = BILLCTL_MAIL
    "WHERE tenant_id = :tenant AND superseded = 0 AND state IN ('queued', 'sending', 'deferred') "
    "AND state = 'sending' ORDER BY id";
constexpr const char* kWaitingNotices = BILLCTL_MAIL
    "WHERE tenant_id = :tenant AND superseded = 0 AND state IN ('queued', 'sending', 'deferred') "
    "AND purpose = 'notice' AND state <> 'sending' ORDER BY id";
constexpr const char* kWithKey = BILLCTL_MAIL "WHERE tenant_id = :tenant AND key = :key";
constexpr const char* kRead = BILLCTL_MAIL "WHERE id = :id";
#undef BILLCTL_MAIL
constexpr const char* kPayload = "SELECT payload FROM mail_content WHERE mail_id = :id";
constexpr const char* kUnsent =
    "SELECT i.id FROM invoice AS i WHERE i.tenant_id = :tenant AND i.state = 'issued' "
    "AND i.imported = 0 AND NOT EXISTS (SELECT 1 FROM mail AS m WHERE m.invoice_id = i.id "
    "  AND m.superseded = 0 AND m.purpose = 'invoice' AND m.state = 'sent') ORDER BY i.id";
constexpr const char* kCountOf = "SELECT count(*) FROM mail WHERE invoice_id = :invoice";
constexpr const char* kSupersede =
    "UPDATE mail SET superseded = 1 "
    "WHERE invoice_id = :invoice AND superseded = 0 AND purpose = 'invoice'";
constexpr const char* kInsert =
    "INSERT INTO mail (tenant_id, invoice_id, purpose, via, key, revision, message_id, sender, "
    "recipient, payload_digest, state, message, queued_at, done_at) VALUES (:tenant, :invoice, "
    ":purpose, :via, :key, :revision, :message_id, :sender, :recipient, :digest, :state, "
    ":message, :at, :done)";
constexpr const char* kInsertContent =
    "INSERT INTO mail_content (mail_id, payload) VALUES (:id, :payload)";
constexpr const char* kBegin =
    "UPDATE mail SET state = 'sending', attempts = attempts + 1, next_try_at = NULL WHERE id = :id";
constexpr const char* kInsertAttempt =
    "INSERT INTO mail_attempt (mail_id, number, started_at) "
    "SELECT id, attempts, :at FROM mail WHERE id = :id";
constexpr const char* kEndAttempt =
    "UPDATE mail_attempt SET ended_at = :at, outcome = :outcome, message = :message "
    "WHERE mail_id = :id AND number = (SELECT attempts FROM mail WHERE id = :id)";
constexpr const char* kSetState =
    "UPDATE mail SET state = :state, message = :message, next_try_at = :next, done_at = :done "
    "WHERE id = :id";

template <class Word>
Word known(const std::optional<Word>& found) {
  if (!found) throw Error(Reason::corrupt, "a mail is in no known state", "run `billctl verify`");
  return *found;
}

std::optional<Instant> instant_of(const Query& query, int column) {
  const auto seconds = query.integer_or_null(column);
  return seconds ? std::optional(Instant::from_seconds(*seconds)) : std::nullopt;
}

Mail mail_of(const Query& query) {
  Mail mail;
  mail.id = query.id<MailId>(0);
  mail.invoice = query.id<InvoiceId>(1);
  mail.purpose = known(mail_purpose_of(query.text(2)));
  mail.via = query.string(3);
  mail.key = query.string(4);
  mail.revision = query.string(5);
  mail.message_id = query.string(6);
  mail.from = query.string(7);
  mail.to = query.string(8);
  mail.payload_digest = query.string(9);
  mail.state = known(mail_state_of(query.text(10)));
  mail.attempts = query.integer(11);
  mail.next_try_at = instant_of(query, 12);
  mail.message = query.string(13);
  mail.queued_at = Instant::from_seconds(query.integer(14));
  mail.done_at = instant_of(query, 15);
  return mail;
}

std::vector<Mail> all_of(Query& query) {
  std::vector<Mail> mails;
  while (query.step()) mails.push_back(mail_of(query));
  return mails;
}

std::optional<Mail> one_of(Query& query) {
  if (!query.step()) return std::nullopt;
  return mail_of(query);
}

void bind_instant(Query& query, const char* name, const std::optional<Instant>& at) {
  if (at) {
    query.bind(name, at->seconds());
  } else {
    query.bind_null(name);
  }
}

bool is_done(MailState state) {
  return state == MailState::sent || state == MailState::rejected;
}

}  // namespace

std::optional<Mail> Mails::current(InvoiceId invoice) {
  Query query(ledger_, kCurrent);
  query.bind(":invoice", invoice).bind(":tenant", tenant_);
  return one_of(query);
}

std::vector<Mail> Mails::of_invoice(InvoiceId invoice) {
  Query query(ledger_, kOfInvoice);
  query.bind(":invoice", invoice).bind(":tenant", tenant_);
  return all_of(query);
}

std::vector<Mail> Mails::list() {
  Query query(ledger_, kList);
  query.bind(":tenant", tenant_);
  return all_of(query);
}

std::vector<Mail> Mails::cut_short() {
  Query query(ledger_, kCutShort);
  query.bind(":tenant", tenant_);
  return all_of(query);
}

std::vector<Mail> Mails::waiting_notices() {
  Query query(ledger_, kWaitingNotices);
  query.bind(":tenant", tenant_);
  return all_of(query);
}

std::optional<Mail> Mails::with_key(std::string_view key) {
  Query query(ledger_, kWithKey);
  query.bind(":tenant", tenant_).bind(":key", key);
  return one_of(query);
}

Mail Mails::read(MailId id) {
  Query query(ledger_, kRead);
  query.bind(":id", id);
  std::optional<Mail> mail = one_of(query);
  expect(mail.has_value(), "a mail that was listed is there");
  Query payload(ledger_, kPayload);
  payload.bind(":id", id);
  if (payload.step()) mail->payload = std::string(payload.blob(0));
  return *std::move(mail);
}

std::vector<InvoiceId> Mails::unsent() {
  Query query(ledger_, kUnsent);
  query.bind(":tenant", tenant_);
  std::vector<InvoiceId> ids;
  while (query.step()) ids.push_back(query.id<InvoiceId>(0));
  return ids;
}

std::int64_t Mails::count_of(InvoiceId invoice) {
  Query query(ledger_, kCountOf);
  query.bind(":invoice", invoice);
  return query.step() ? query.integer(0) : 0;
}

MailId Mails::queue(const Mail& mail) {
  if (mail.purpose == MailPurpose::invoice)
    Query(ledger_, kSupersede).bind(":invoice", mail.invoice).run();
  Query query(ledger_, kInsert);
  query.bind(":tenant", tenant_)
      .bind_or_null(":invoice", mail.invoice)
      .bind(":purpose", word(mail.purpose))
      .bind(":via", mail.via)
      .bind(":key", mail.key)
      .bind(":revision", mail.revision)
      .bind(":message_id", mail.message_id)
      .bind(":sender", mail.from)
      .bind(":recipient", mail.to)
      .bind(":digest", mail.payload_digest)
      .bind(":state", word(mail.state))
      .bind(":message", mail.message)
      .bind(":at", mail.queued_at.seconds());
  bind_instant(query, ":done", mail.done_at);
  query.run();
  const MailId id{ledger_.connection().last_id()};
  if (mail.via == "mail")
    Query(ledger_, kInsertContent).bind(":id", id).bind_blob(":payload", mail.payload).run();
  return id;
}

void Mails::begin_attempt(MailId id, Instant at) {
  Query(ledger_, kBegin).bind(":id", id).run();
  Query(ledger_, kInsertAttempt).bind(":id", id).bind(":at", at.seconds()).run();
}

void Mails::end_attempt(const Mail& after, std::string_view outcome, Instant at) {
  Query(ledger_, kEndAttempt)
      .bind(":id", after.id)
      .bind(":at", at.seconds())
      .bind(":outcome", outcome)
      .bind(":message", after.message)
      .run();
  set_state(after, at);
}

void Mails::set_state(const Mail& after, Instant at) {
  Query query(ledger_, kSetState);
  query.bind(":id", after.id).bind(":state", word(after.state)).bind(":message", after.message);
  bind_instant(query, ":next", after.next_try_at);
  bind_instant(query, ":done", is_done(after.state) ? std::optional(at) : std::nullopt);
  query.run();
}

}  // namespace billctl
