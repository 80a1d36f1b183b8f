#include "mail/message.hpp"

#include <doctest/doctest.h>

#include "mail/encoding.hpp"
#include "outcome/error.hpp"

using namespace billctl;

namespace {

MailMessage small_message() {
  MailMessage message;
  message.message_id = "<0123456789abcdef0123456789abcdef@example.test>";
  message.from_name = "Example Oy";
  message.from = "billing@example.test";
  message.to = "bo@acme.test";
  message.subject = "Invoice INV00042";
  message.language = "en";
  message.date = Instant::from_seconds(1793606400);
  message.text = "Hello\n";
  return message;
}

Reason refusal_of(const MailMessage& message) {
  try {
    eml_of(message);
  } catch (const Error& error) {
    return error.code();
  }
  return Reason::failed;
}

std::size_t longest_line(const std::string& eml) {
  std::size_t longest = 0;
  for (std::size_t at = 0; at < eml.size();) {
    const std::size_t end = std::min(eml.find("\r\n", at), eml.size());
    longest = std::max(longest, end - at);
    at = end + 2;
  }
  return longest;
}

}  // namespace

TEST_CASE("a message without HTML or files is one text") {
  CHECK(eml_of(small_message()) ==
        "Date: Mon, 02 Nov 2026 08:00:00 +0000\r\n"
        "From: \"Example Oy\"\r\n <billing@example.test>\r\n"
        "To: bo@acme.test\r\n"
        "Subject: Invoice INV00042\r\n"
        "Message-ID: <0123456789abcdef0123456789abcdef@example.test>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Language: en\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\nHello\r\n");
}

TEST_CASE("a message with files is the same bytes each time and no line is long") {
  MailMessage message = small_message();
  message.html = html_of_text(message.text, "en");
  message.subject = std::string(40, 'x') + " Työ " + std::string(200, 'y');
  message.from_name = "Työ \"&\" Söhne " + std::string(100, 'z');
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += static_cast<char>(i * 37 % 256);
  message.attachments = {{"INV00042.pdf", "application/pdf", bytes}, {"e.csv", "text/csv", ""}};
  const std::string eml = eml_of(message);
  CHECK(eml == eml_of(message));
  CHECK(longest_line(eml) <= 78);
  for (const char c : eml) CHECK(static_cast<unsigned char>(c) < 0x80);
  CHECK(eml.ends_with("_mixed--\r\n"));
  CHECK(eml.find("filename=\"INV00042.pdf\"") != std::string::npos);
}

TEST_CASE("a line end in a header or an address is refused") {
  for (const char* bad : {"a\r\nBcc: x@y.z", "a\nb", "a\rb", "a\tb", "a\x7f", "\xe2\x80\xa8"}) {
    MailMessage message = small_message();
    message.subject = bad;
    CHECK(refusal_of(message) == Reason::bad_input);
    message = small_message();
    message.from_name = bad;
    CHECK(refusal_of(message) == Reason::bad_input);
    message = small_message();
    message.to = std::string("bo@acme.test") + bad;
    CHECK(refusal_of(message) == Reason::bad_input);
  }
}

TEST_CASE("a file is sent under a plain name") {
  for (const char* bad : {"", "a b.pdf", "../a.pdf", ".hidden", "a\".pdf", "a\r\nb", "ä.pdf"}) {
    MailMessage message = small_message();
    message.attachments = {{bad, "application/pdf", "x"}};
    CHECK_MESSAGE(refusal_of(message) == Reason::bad_input, bad);
  }
}

TEST_CASE("quoted-printable keeps text readable and its lines short") {
  CHECK(quoted_printable("Ty\xc3\xb6 = 5") == "Ty=C3=B6 =3D 5\r\n");
  CHECK(quoted_printable("a\n\nb\n") == "a\r\n\r\nb\r\n");
  CHECK(quoted_printable("a \n.\nFrom here") == "a=20\r\n=2E\r\n=46rom here\r\n");
  CHECK(quoted_printable("a\rb") == "a=0Db\r\n");
  CHECK(quoted_printable("") == "");
  const std::string folded = quoted_printable(std::string(100, 'x'));
  CHECK(folded == std::string(75, 'x') + "=\r\n" + std::string(25, 'x') + "\r\n");
}

TEST_CASE("a header of other letters is encoded word by word between letters") {
  CHECK(text_header("Subject", "Lasku INV00042") == "Subject: Lasku INV00042\r\n");
  CHECK(text_header("Subject", "Lasku, Ty\xc3\xb6 Oy") ==
        "Subject: =?UTF-8?B?TGFza3UsIFR5w7YgT3k=?=\r\n");
  // What looks encoded is encoded, so that it is read as it was written.
  CHECK(text_header("Subject", "=?UTF-8?B?QQ==?=").starts_with("Subject: =?UTF-8?B?PT9V"));
  std::string umlauts;
  for (int i = 0; i < 50; ++i) umlauts += "\xc3\xb6";
  const std::string header = text_header("Subject", umlauts);
  CHECK(header.find("\r\n =?UTF-8?B?") != std::string::npos);
  CHECK(longest_line(header) <= 78);
  const std::string folded = text_header("Subject", "word " + std::string(58, 'x') + " end word");
  CHECK(folded == "Subject: word " + std::string(58, 'x') + " end\r\n word\r\n");
}

TEST_CASE("a page of a text is escaped and has its paragraphs") {
  CHECK(
      html_of_text("a <b> & c\nd\n\ne\n", "fi") ==
      "<!DOCTYPE html>\n<html lang=\"fi\">\n<head><meta charset=\"utf-8\"><title></title></head>\n"
      "<body>\n<p>a &lt;b&gt; &amp; c<br>\nd</p>\n<p>e</p>\n</body>\n</html>\n");
}

TEST_CASE("a mail's date has its weekday") {
  CHECK(mail_date(Instant::from_seconds(0)) == "Thu, 01 Jan 1970 00:00:00 +0000");
  CHECK(mail_date(*Instant::parse("2028-02-29T23:59:59Z")) == "Tue, 29 Feb 2028 23:59:59 +0000");
}

TEST_CASE("files of this machine have line feeds alone") {
  CHECK(with_line_feeds("a\r\nb\r\n\r\nc\rd") == "a\nb\n\nc\rd");
}
