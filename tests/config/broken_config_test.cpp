// Every mistake a config can hold, each with the exact place and words that are shown.
#include <doctest/doctest.h>

#include "config/config.hpp"

using namespace billctl;

namespace {

struct Broken {
  std::string text;
  std::string mistake;  ///< LINE:COLUMN: message
  std::string hint;
};

// The text with a [tenant] that is right in front (lines 1 and 2), so that only the mistake is
// left.
std::vector<Mistake> mistakes_of(const std::string& text) {
  try {
    static_cast<void>(parse_config("[tenant]\ncurrency = \"EUR\"\n" + text, "f"));
  } catch (const Error& error) {
    CHECK(error.code() == Reason::bad_config);
    return error.mistakes();
  }
  return {};
}

void check_each(const std::vector<Broken>& cases) {
  for (const Broken& broken : cases) {
    CAPTURE(broken.text);
    const std::vector<Mistake> mistakes = mistakes_of(broken.text);
    REQUIRE(mistakes.size() == 1);
    CHECK(to_text(mistakes[0]) == "f:" + broken.mistake);
    CHECK(mistakes[0].hint == broken.hint);
  }
}

}  // namespace

TEST_CASE("an unknown key or section is named at its place with the nearest known one") {
  check_each({
      {"zoen = \"UTC\"\n", "3:1: unknown key tenant.zoen", "did you mean \"zone\"?"},
      {"[tennant]\nname = \"x\"\n", "3:2: unknown section [tennant]", "did you mean \"tenant\"?"},
      {"[tax.vat]\nrate = \"24\"\n  categroy = \"S\"\n", "5:3: unknown key tax.vat.categroy",
       "did you mean \"category\"?"},
      {"contact = { nmae = \"x\" }\n", "3:13: unknown key tenant.contact.nmae",
       "did you mean \"name\"?"},
      {"quantity_decimals = 2\n", "3:1: unknown key tenant.quantity_decimals",
       "quantity_decimals stands under [money]"},
      {"ledger = \"l.db\"\n", "3:1: unknown key tenant.ledger",
       "ledger stands at the top, before any [section]"},
      {"[invoice]\nxyzzy = 1\n", "4:1: unknown key invoice.xyzzy", ""},
      {"[invoice]\n\"b\\u001b[2J\" = 1\n", "4:1: unknown key invoice.b\\x1b[2J", ""},
      {"[numbering]\ndraft = { format = \"D{n}\", frist = 2 }\n",
       "4:28: unknown key numbering.draft.frist", "did you mean \"first\"?"},
      {"[roles]\nmanagment = [\"max\"]\n", "4:1: unknown key roles.managment",
       "did you mean \"management\"?"},
      {"[[terms]]\ndays = 1\n", "3:1: terms is a list; needed a table", "write [terms]"},
      {"[terms]\nnet14 = 14\n", "4:1: unknown key terms.net14", ""},
      {"[terms.\"net 14\"]\ndays = 14\n",
       "3:8: [terms] has a name that is no code; needed letters, digits, _ - .", ""},
  });
}

TEST_CASE("a value of the wrong type says what is seen and needed") {
  check_each({
      {"test = \"yes\"\n", "3:8: tenant.test is \"yes\"; needed true or false", "without quotes"},
      {"name = 5\n", "3:8: tenant.name is 5; needed a text", "write it in quotes: name = \"5\""},
      {"name = [\"x\"]\n", "3:8: tenant.name is a list; needed a text", ""},
      {"name = \"a\\tb\"\n",
       "3:8: tenant.name is \"a\\x09b\"; needed a text of one line without control characters", ""},
      {"contact = \"x\"\n", "3:11: tenant.contact is \"x\"; needed a table", ""},
      {"[money]\nquantity_decimals = \"4\"\n",
       "4:21: money.quantity_decimals is \"4\"; needed a whole number from 0 to 6",
       "without quotes"},
      {"[money]\nquantity_decimals = 7\n",
       "4:21: money.quantity_decimals is 7; needed a whole number from 0 to 6", ""},
      {"[invoice]\nallow = \"unpriced\"\n",
       "4:9: invoice.allow is \"unpriced\"; needed a list of texts",
       "write allow = [\"unpriced\"]"},
      {"[invoice]\nsign_cmd = \"gpg -b\"\n",
       "4:12: invoice.sign_cmd is \"gpg -b\"; needed a list, the program and its arguments",
       "for example sign_cmd = [\"program\", \"--option\"]; no shell reads it"},
      {"[roles]\nadmin = [\"anna\", 7]\n", "4:18: roles.admin holds 7; needed texts only", ""},
      {"[money]\nmoney = 1\n", "4:1: unknown key money.money", ""},
  });
}

TEST_CASE("numbers dates and words that are none are refused with the nearest word") {
  check_each({
      {"[tax.vat]\nrate = 25.5\n",
       "4:8: tax.vat.rate is 25.5; needed a percentage from 0 to 100 in quotes",
       "write rate = \"25.5\""},
      {"[tax.vat]\nrate = \"25,5\"\n",
       "4:8: tax.vat.rate is \"25,5\"; needed a percentage from 0 to 100",
       "a decimal has a point and no grouping"},
      {"[tax.vat]\nrate = \"100.5\"\n",
       "4:8: tax.vat.rate is \"100.5\"; needed a percentage from 0 to 100", ""},
      {"[compile]\ntransport_km_price = \"-1\"\n",
       "4:22: compile.transport_km_price is \"-1\"; needed a number of 0 or more", ""},
      {"[money]\nhours_per_day = \"0\"\n",
       "4:17: money.hours_per_day is \"0\"; needed hours of more than 0, at most 24", ""},
      {"[invoice]\nday_step = \"0.25\"\n",
       "4:12: invoice.day_step is \"0.25\"; needed \"1\" or \"0.5\"", ""},
      {"[compile]\ngo_live = \"2026-02-30\"\n",
       "4:11: compile.go_live is \"2026-02-30\"; needed a date as \"2026-10-01\"", ""},
      {"[compile]\ngo_live = \"1.10.2026\"\n",
       "4:11: compile.go_live is \"1.10.2026\"; needed a date as \"2026-10-01\"", ""},
      {"zone = \"Europe/Helsinky\"\n",
       "3:8: tenant.zone is \"Europe/Helsinky\"; needed a zone of the IANA database such as "
       "Europe/Helsinki",
       ""},
      {"fiscal_year_start = \"02-29\"\n",
       "3:21: tenant.fiscal_year_start is \"02-29\"; needed MM-DD, a day of every year", ""},
      {"country = \"Finland\"\n",
       "3:11: tenant.country is \"Finland\"; needed two capital letters of ISO 3166 such as FI",
       ""},
      {"iban = \"FI21\"\n",
       "3:8: tenant.iban is \"FI21\"; needed an IBAN such as FI2112345600000785", ""},
      {"code = \"a b\"\n", "3:8: tenant.code is \"a b\"; needed letters, digits and _ - .", ""},
      {"[time_rules.r]\nstep = \"6 min\"\n",
       "4:8: time_rules.r.step is \"6 min\"; needed a length of time such as \"6m\", \"90s\" or "
       "\"1h30m\"",
       ""},
      {"[time_rules.r]\nstep = \"25h\"\n",
       "4:8: time_rules.r.step is \"25h\"; needed at most a day", ""},
      {"[time_rules.r]\ndirection = \"nearst\"\n",
       "4:13: time_rules.r.direction is \"nearst\"; needed one of up, nearest, down",
       "did you mean \"nearest\"?"},
      {"[time_rules.r]\nper = \"week\"\n",
       "4:7: time_rules.r.per is \"week\"; needed one of entry, day", ""},
      {"[money]\nrounding = \"half_even\"\n",
       "4:12: money.rounding is \"half_even\"; needed one of half-away, half-even",
       "did you mean \"half-even\"?"},
      {"[invoice]\ngroup_hours = \"jobtypes\"\n",
       "4:15: invoice.group_hours is \"jobtypes\"; needed one of employee, employee-jobtype, "
       "jobtype, "
       "total-hours, lump-sum, entry, entry-anonymous, employee-entry",
       "did you mean \"jobtype\"?"},
      {"[invoice]\nvoid = \"credit\"\n",
       "4:8: invoice.void is \"credit\"; needed one of credit-note, reopen", ""},
      {"[invoice]\nallow = [\"unpriced\", \"default_prise\"]\n",
       "4:22: invoice.allow is \"default_prise\"; needed one of unpriced, default_price, "
       "date_out_of_window",
       "did you mean \"default_price\"?"},
      {"[einvoice]\nrequire = \"Always\"\n",
       "4:11: einvoice.require is \"Always\"; needed one of endpoint, always, never",
       "did you mean \"always\"?"},
  });
}

TEST_CASE("S4-8 a number format and series that cannot work are refused where they are wrong") {
  check_each({
      {"[numbering]\nissued = { format = \"INV\" }\n",
       "4:22: numbering.issued.format: a number format needs {n}", "for example INV{n:05}"},
      {"[numbering]\nissued = { format = \"INV{yaer}{n}\" }\n",
       "4:25: numbering.issued.format: unknown field {yaer}; needed n, year or fyear",
       "did you mean \"year\"?"},
      {"[numbering]\nissued = { format = \"INV{n}\", first = 0 }\n",
       "4:39: numbering.issued.first is 0; needed a whole number from 1 to 999999999999", ""},
      {"[numbering]\ndraft = { format = \"INV{n:05}\" }\n",
       "3:2: numbering.issued and numbering.draft could give the same number: INV{n:05} and "
       "INV{n:05}",
       "begin them with different letters"},
      {"[numbering]\ncredit = { format = \"INV{n:05}\" }\n",
       "4:10: numbering.credit and numbering.issued could give the same number: INV{n:05} and "
       "INV{n:05}",
       "to share the series write credit = { series = \"issued\" }"},
      {"[numbering]\ncredit = { series = \"draft\" }\n",
       "4:21: numbering.credit.series is \"draft\"; needed issued", ""},
      {"[numbering]\ncredit = { series = \"issued\", format = \"CN{n}\" }\n",
       "4:21: numbering.credit.series is \"issued\"; needed either series or format, not both", ""},
      {"[numbering]\ncredit = { first = 5 }\n",
       "4:1: numbering.credit.format is missing; needed a format such as CN{n:05}", ""},
  });
}

TEST_CASE("S4-33 taxes that cannot be are refused") {
  check_each({
      {"[tax.vat]\ndefault = true\n",
       "3:6: tax.vat.rate is missing; needed a percentage, or rates by date", ""},
      {"[tax.vat]\nrate = \"24\"\ncategory = \"VAT\"\n",
       "5:12: tax.vat.category is \"VAT\"; needed one of S, Z, E, AE, K, G, O", ""},
      {"[tax.vat]\nrate = \"24\"\nby = \"invoicedate\"\n",
       "5:6: tax.vat.by is \"invoicedate\"; needed one of invoice_date, work_date",
       "did you mean \"invoice_date\"?"},
      {"[tax.vat]\nrate = \"24\"\nrates = [{ from = \"2024-09-01\", rate = \"25.5\" }]\n",
       "5:9: tax.vat.rates is a list; needed either rate or rates, not both", ""},
      {"[tax.vat]\nrates = [{ from = \"2024-09-01\", rate = \"25.5\" },\n"
       "  { from = \"2024-09-01\", rate = \"24\" }]\n",
       "5:12: tax.vat.rates.from is \"2024-09-01\"; needed each date once", ""},
      {"[tax.vat]\nrates = [{ rate = \"25.5\" }]\n",
       "4:10: tax.vat.rates.from is missing; needed a date as \"2026-10-01\"", ""},
      {"[tax.vat]\nrates = \"25.5\"\n",
       "4:9: tax.vat.rates is \"25.5\"; needed a list of rates by date",
       "for example rates = [{ from = \"2024-09-01\", rate = \"25.5\" }]"},
      {"[tax.rc]\nrate = \"5\"\ncategory = \"AE\"\n", "4:8: tax.rc of category AE needs rate \"0\"",
       "a tax that is charged has category S"},
      {"[tax.vat]\nrate = \"24\"\napplies_to = [\"time\", \"good\"]\n",
       "5:23: tax.vat.applies_to is \"good\"; needed one of time, expense, goods, milestone",
       "did you mean \"goods\"?"},
      {"[tax.vat]\nrate = \"24\"\napplies_to = []\n",
       "5:14: tax.vat.applies_to is a list; needed at least one of time, expense, goods, milestone",
       ""},
      {"[tax.a]\nrate = \"1\"\ndefault = true\n[tax.b]\nrate = \"1\"\ndefault = true\n"
       "[tax.c]\nrate = \"1\"\ndefault = true\n[tax.d]\nrate = \"1\"\ndefault = true\n",
       "14:11: tax.d is a fourth default; an invoice has at most three taxes", ""},
      {"[tax.a]\nrate = \"24\"\ncategory = \"S\"\ndefault = true\n[tax.b]\nrate = \"0\"\n"
       "category = \"E\"\ndefault = true\n",
       "10:11: tax.b and tax.a both are defaults with a category for time",
       "of the taxes of one item at most one has a category"},
      {"[tax.a]\nrate = \"0\"\nreason = { en = 5 }\n", "5:17: tax.a.reason.en is 5; needed a text",
       ""},
  });
}

TEST_CASE("a name of something that is not in the file is refused with the nearest") {
  check_each({
      {"[invoice]\nterms = \"net15\"\n[terms.net14]\ndays = 14\n",
       "4:9: invoice.terms is \"net15\"; no [terms.net15] here", "did you mean \"net14\"?"},
      {"[compile]\ntime_rule = \"six\"\n",
       "4:13: compile.time_rule is \"six\"; no [time_rules.six] here", ""},
  });
}

TEST_CASE("approvals roles and bounds name only what there is") {
  check_each({
      {"[approvals]\nrequired = [\"pm\", \"finanse\"]\n",
       "4:19: approvals.required is \"finanse\"; needed one of pm, finance, management",
       "did you mean \"finance\"?"},
      {"[approvals]\nrequired = [\"pm\", \"pm\"]\n", "4:19: approvals.required names pm twice", ""},
      {"[approvals]\nmanagement_when = { adjustments_over = \"1.005\" }\n",
       "4:40: approvals.management_when.adjustments_over is \"1.005\"; needed an amount in EUR",
       "more than 2 fraction digits"},
      {"[approvals]\ndeputies = { max = \"max\" }\n",
       "4:20: approvals.deputies.max is \"max\"; needed the code of another member", ""},
      {"[bounds]\nlines_max = 0\n",
       "4:13: bounds.lines_max is 0; needed a whole number from 1 to 1000000000", ""},
      {"[bounds]\ntotal_max = { EURO = \"1\" }\n",
       "4:15: bounds.total_max: unknown currency \"EURO\"",
       "a code of ISO 4217 such as EUR, in capitals"},
      {"[bounds]\ntotal_max = { JPY = \"1.5\" }\n",
       "4:21: bounds.total_max.JPY is \"1.5\"; needed an amount in JPY",
       "a fraction, where only whole numbers are allowed"},
      {"[bounds]\ntimes_usual = \"0\"\n",
       "4:15: bounds.times_usual is \"0\"; needed a number of more than 0", ""},
      {"[rebill]\nauto_approve = [\"boss\"]\n",
       "4:17: rebill.auto_approve is \"boss\"; needed one of pm, finance, management", ""},
      {"[rebill]\ntexts = { ticket = \"T {source_rev}\" }\n",
       "4:23: rebill.texts.ticket: unknown field {source_rev}", "did you mean \"source_ref\"?"},
      {"[invoice]\nname = \"ä {perod}\"\n", "4:11: invoice.name: unknown field {perod}",
       "did you mean \"period\"?"},
      {"[invoice]\nname = \"{client} {perod}\"\n", "4:18: invoice.name: unknown field {perod}",
       "did you mean \"period\"?"},
  });
}

TEST_CASE("a literal secret is refused and never shown") {
  check_each({
      {"[mail]\ntransport = \"smtp\"\npassword = \"hunter2\"\n",
       "5:1: mail.password: a secret is never written here",
       "name where it is: password_env, password_file or password_command"},
      {"[providers.p]\nkind = \"http\"\nurl = \"https://x.test\"\ntoken = \"hunter2\"\n",
       "6:1: providers.p.token: a secret is never written here",
       "name where it is: token_env, token_file or token_command"},
      {"[providers.p]\nkind = \"http\"\nurl = \"https://x.test\"\napi_key = \"hunter2\"\n",
       "6:1: providers.p.api_key: a secret is never written here",
       "name where it is: api_key_env, api_key_file or api_key_command"},
      {"[mail]\ntransport = \"smtp\"\npassword = hunter2\n",
       "5:12: the value of password is no TOML value, and a secret is never written here",
       "name it by password_env, password_file or password_command"},
      {"[mail]\ntransport = \"smtp\"\npassword_env = \"hunter 2\"\n",
       "5:16: mail.password_env is no name of an environment variable",
       "it names the variable that holds the secret, such as BILLCTL_PASSWORD"},
      {"[mail]\ntransport = \"smtp\"\npassword_env = \"P\"\npassword_file = \"p\"\n",
       "3:2: mail.password is named in 2 ways",
       "keep one of password_env, password_file, password_command"},
      {"[providers.p]\nkind = \"http\"\nurl = \"https://bo:hunter2@x.test\"\n",
       "5:7: providers.p.url holds a user or password, which is never written here",
       "name it by user and password_env, or token_env"},
  });
}

TEST_CASE("mail and providers need what their kind needs") {
  check_each({
      {"[mail]\nhost = \"h\"\n", "3:2: mail.transport is missing; needed smtp, sendmail or file",
       ""},
      {"[mail]\ntransport = \"file\"\n",
       "3:2: mail.path is missing; needed a folder for transport \"file\"", ""},
      {"[mail]\ntransport = \"smtp\"\nhost = \"mail.example.test\"\nstarttls = false\n",
       "6:12: mail.starttls is false; needed true, for \"mail.example.test\" is not this machine",
       ""},
      {"[mail]\ntransport = \"smtp\"\nsubject = \"a\\nBcc: x\"\n",
       "5:11: mail.subject is \"a\\x0aBcc: x\"; needed a text of one line without control "
       "characters",
       ""},
      {"[mail]\ntransport = \"smtp\"\nsubject = { fi = \"{numbre}\" }\n",
       "5:19: mail.subject.fi: unknown field {numbre}", "did you mean \"number\"?"},
      {"[mail]\ntransport = \"smtp\"\ntext = { no = \"x\" }\n",
       "5:10: mail.text: there is no language \"no\"", "one of en, fi, sv, de"},
      {"[mail]\ntransport = \"smtp\"\nport = 70000\n",
       "5:8: mail.port is 70000; needed a whole number from 1 to 65535", ""},
      {"[mail]\ntransport = \"smtp\"\nfrom = \"billing\"\n",
       "5:8: mail.from is \"billing\"; needed one e-mail address", ""},
      {"[providers.p]\npath = \"x\"\n",
       "3:12: providers.p.kind is missing; needed one of file, http, tryton, journal, xero", ""},
      {"[providers.p]\nkind = \"fiel\"\npath = \"x\"\n",
       "4:8: providers.p.kind is \"fiel\"; needed one of file, http, tryton, journal, xero",
       "did you mean \"file\"?"},
      {"[providers.p]\nkind = \"file\"\n",
       "3:12: providers.p.path is missing; needed a folder for kind \"file\"", ""},
      {"[providers.p]\nkind = \"http\"\nurl = \"http://books.test\"\n",
       "5:7: providers.p.url is \"http://books.test\"; needed an address that begins with https://",
       ""},
      {"[providers.p]\nkind = \"http\"\nurl = \"http://localhost:8080/x\"\n",
       "5:7: providers.p.url is \"http://localhost:8080/x\"; needed https",
       "to reach this machine without it add allow_loopback = true"},
      {"[providers.p]\nkind = \"http\"\nurl = \"http://127.0.0.1.evil.test/\"\nallow_loopback = "
       "true\n",
       "5:7: providers.p.url is \"http://127.0.0.1.evil.test/\"; needed an address that begins "
       "with "
       "https://",
       ""},
      {"[providers.p]\nkind = \"journal\"\npath = \"x\"\nformat = \"beancont\"\n",
       "6:10: providers.p.format is \"beancont\"; needed one of hledger, ledger, beancount",
       "did you mean \"beancount\"?"},
  });
}

TEST_CASE("a config without a base currency is refused") {
  try {
    static_cast<void>(parse_config("\n[tenant]\ncode = \"x\"\n", "f"));
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.message() ==
          "f:2:2: tenant.currency is missing; needed a code of ISO 4217 such as EUR");
    CHECK(error.hint() == "add currency = \"EUR\" under [tenant]");
  }
  CHECK_THROWS_AS(parse_config("", "f"), Error);
}

TEST_CASE("all mistakes of a file come at once in the order of their places") {
  try {
    static_cast<void>(
        parse_config("[tenant]\ncurrency = \"EURO\"\nzone = Europe/Helsinki\n"
                     "[money]\nroundign = \"half-away\"\nquantity_decimals = 9\n"
                     "[tax.vat]\nrate = 25.5\n[mail]\npassword = \"x\"\n",
                     "dir/billctl.toml"));
    FAIL("accepted");
  } catch (const Error& error) {
    std::vector<std::string> places;
    for (const Mistake& mistake : error.mistakes()) {
      places.push_back(std::to_string(mistake.at.line) + ':' + std::to_string(mistake.at.column));
    }
    // mail.transport is not called missing: the line that could not be read might have been it.
    CHECK(places == std::vector<std::string>{"2:12", "3:8", "5:1", "6:21", "8:8", "10:1"});
    CHECK(error.mistakes_total() == 6);
    CHECK(error.message().starts_with("dir/billctl.toml:2:12: "));
  }
}

TEST_CASE("of very many mistakes the first hundred are kept and all are counted") {
  std::string text = "[tenant]\ncurrency = \"EUR\"\n[money]\n";
  for (int i = 0; i < 250; ++i) text += "k" + std::to_string(i) + " = 1\n";
  try {
    static_cast<void>(parse_config(text, "f"));
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.mistakes().size() == 100);
    CHECK(error.mistakes_total() == 250);
  }
}
