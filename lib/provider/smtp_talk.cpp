// The module billctl_smtp.so: the talk with a mail server, by libcurl's easy interface.
#include <curl/curl.h>

#include <array>
#include <cstring>

#include "mail/smtp_reply.hpp"
#include "provider/smtp.hpp"

namespace billctl {
namespace {

constexpr int kImplicitTlsPort = 465;

/// What is seen of one mail's talk while curl holds it.
struct Talk {
  std::string_view rest;  ///< of the message, not yet handed to curl
  SmtpStage stage = SmtpStage::connecting;
  int code = 0;
  std::string reply;
  bool over = false;  ///< QUIT was said, whose answer is about no mail
};

// Curl asks for a length in `size` units of one byte.
std::size_t give_content(char* into, std::size_t size, std::size_t count, void* holder) {
  Talk& talk = *static_cast<Talk*>(holder);
  const std::size_t length = std::min(size * count, talk.rest.size());
  std::memcpy(into, talk.rest.data(), length);
  talk.rest.remove_prefix(length);
  return length;
}

/// A line of the server: "250 2.0.0 Ok: queued as 4XyZ\r\n".
std::size_t take_reply(char* text, std::size_t size, std::size_t count, void* holder) {
  Talk& talk = *static_cast<Talk*>(holder);
  std::string_view line(text, size * count);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  constexpr std::size_t kReplyMax = 300;
  int code = 0;
  for (const char c : line.substr(0, 3)) code = c >= '0' && c <= '9' ? code * 10 + (c - '0') : -999;
  if (code >= 200 && code <= 599 && !talk.over) {
    if (code == kSmtpGoAhead) talk.stage = SmtpStage::content;
    talk.code = code;
    talk.reply.clear();
    // A server may say any bytes; what is kept goes into reports and onto terminals.
    for (const char c : line.substr(0, kReplyMax)) talk.reply += c >= ' ' && c <= '~' ? c : '?';
  }
  return size * count;
}

/// Which command was said last. Passwords go by here too: nothing of it is kept.
int watch(CURL*, curl_infotype type, char* text, std::size_t length, void* holder) {
  if (type != CURLINFO_HEADER_OUT) return 0;
  Talk& talk = *static_cast<Talk*>(holder);
  const std::string_view said(text, length);
  if (said.starts_with("MAIL FROM")) talk.stage = SmtpStage::sender;
  if (said.starts_with("RCPT TO")) talk.stage = SmtpStage::recipient;
  if (said.starts_with("QUIT")) talk.over = true;
  return 0;
}

bool is_denial(CURLcode code) {
  return code == CURLE_LOGIN_DENIED || code == CURLE_PEER_FAILED_VERIFICATION ||
         code == CURLE_USE_SSL_FAILED || code == CURLE_SSL_CONNECT_ERROR ||
         code == CURLE_SSL_CACERT_BADFILE || code == CURLE_AUTH_ERROR;
}

class SmtpCarrier final : public MailCarrier {
 public:
  explicit SmtpCarrier(const SmtpSettings& settings)
      : settings_(settings), curl_(curl_easy_init()) {}
  ~SmtpCarrier() override {
    if (curl_ != nullptr) curl_easy_cleanup(curl_);
  }
  SmtpCarrier(const SmtpCarrier&) = delete;
  SmtpCarrier& operator=(const SmtpCarrier&) = delete;

  MailResult deliver(const Mail& mail) override {
    if (curl_ == nullptr) return {MailOutcome::closed, "libcurl can't be started"};
    SmtpEnd end = talk(mail, false);
    // A connection that the server has given up since the last mail: nothing was said on it yet.
    const bool stale = reused() && !end.taken && end.code == 0 && end.stage <= SmtpStage::sender;
    if (stale) end = talk(mail, true);
    return meaning_of(end);
  }

  std::optional<MailResult> find(const Mail&) override { return std::nullopt; }

 private:
  bool reused() const {
    long connections = 1;
    curl_easy_getinfo(curl_, CURLINFO_NUM_CONNECTS, &connections);
    return connections == 0;
  }

  SmtpEnd talk(const Mail& mail, bool anew) {
    Talk talk;
    talk.rest = mail.payload;
    std::array<char, CURL_ERROR_SIZE> failure{};
    curl_easy_reset(curl_);  // keeps the connection
    set_server();
    set_mail(mail, talk);
    set(CURLOPT_ERRORBUFFER, failure.data());
    set(CURLOPT_FRESH_CONNECT, anew ? 1L : 0L);
    curl_slist* receivers = curl_slist_append(nullptr, ("<" + mail.to + ">").c_str());
    set(CURLOPT_MAIL_RCPT, receivers);
    const CURLcode code = curl_easy_perform(curl_);
    curl_slist_free_all(receivers);

    SmtpEnd end;
    end.taken = code == CURLE_OK;
    end.stage = talk.stage;
    end.code = talk.code;
    end.reply = talk.reply;
    end.denied = is_denial(code);
    if (!end.taken) end.failure = failure[0] != '\0' ? failure.data() : curl_easy_strerror(code);
    return end;
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(curl_, option, value);
  }

  void set_server() {
    const bool at_once = settings_.encrypted && settings_.port == kImplicitTlsPort;
    const bool is_ipv6 = settings_.host.find(':') != std::string::npos && settings_.host[0] != '[';
    const std::string host = is_ipv6 ? "[" + settings_.host + "]" : settings_.host;
    const std::string url = (at_once ? "smtps://" : "smtp://") + host;
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PORT, static_cast<long>(settings_.port));
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_USE_SSL, static_cast<long>(settings_.encrypted ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!settings_.ca_file.empty()) set(CURLOPT_CAINFO, settings_.ca_file.c_str());
    const long milliseconds = static_cast<long>(settings_.timeout_seconds) * 1000L;
    set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds);
    set(CURLOPT_TIMEOUT_MS, milliseconds);
    if (settings_.password.empty()) return;
    set(CURLOPT_USERNAME, settings_.user.c_str());
    set(CURLOPT_PASSWORD, settings_.password.c_str());
  }

  void set_mail(const Mail& mail, Talk& talk) {
    set(CURLOPT_MAIL_FROM, ("<" + mail.from + ">").c_str());
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, give_content);
    set(CURLOPT_READDATA, &talk);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.payload.size()));
    set(CURLOPT_HEADERFUNCTION, take_reply);
    set(CURLOPT_HEADERDATA, &talk);
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_DEBUGFUNCTION, watch);
    set(CURLOPT_DEBUGDATA, &talk);
  }

  const SmtpSettings settings_;
  CURL* curl_;
};

}  // namespace
}  // namespace billctl

// What smtp.cpp asks the module for.
extern "C" billctl::MailCarrier* billctl_open_smtp(const billctl::SmtpSettings& settings) {
  static const CURLcode kStarted = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)kStarted;
  return new billctl::SmtpCarrier(settings);
}
