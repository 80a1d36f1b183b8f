#include "invoice/draft_key.hpp"

#include <doctest/doctest.h>

#include "invoice/draft_options.hpp"

using namespace billctl;

namespace {

const Currency kEuro = *Currency::of("EUR");

/// Clients zeta (1), acme (2) and a payer (3); engagement e1 (PO-1) with a bill_to; project p1 with
/// a PO of its own and p2 without.
Books books() {
  Books books;
  for (const auto& [id, code] :
       {std::pair(1, "zeta"), std::pair(2, "acme"), std::pair(3, "payer")}) {
    Client client;
    client.id.value = id;
    client.code = code;
    books.clients.add(client);
  }
  Engagement engagement;
  engagement.id.value = 1;
  engagement.code = "e1";
  engagement.po_number = "PO-1";
  engagement.bill_to = ClientId{3};
  books.engagements.add(engagement);
  Project own;
  own.id.value = 1;
  own.code = "p1";
  own.po_number = "PO-9";
  own.bill_to = ClientId{1};
  books.projects.add(own);
  Project plain;
  plain.id.value = 2;
  plain.code = "p2";
  books.projects.add(plain);
  return books;
}

const Books kBooks = books();

KeyedBy item(InvoiceScope scope, ProjectId project, EngagementId engagement = {}) {
  return {ClientId{2}, project, engagement, kEuro, scope, false};
}

}  // namespace

TEST_CASE("X29 the bill-to is the project's and else the engagement's and else the client") {
  DraftKeys keys(kBooks);
  const auto bill_to = [&](ProjectId project, EngagementId engagement) {
    return keys.in_words(keys.key(item(InvoiceScope::client, project, engagement))).bill_to;
  };
  CHECK(bill_to(ProjectId{1}, EngagementId{1}) == ClientId{1});
  CHECK(bill_to(ProjectId{2}, EngagementId{1}) == ClientId{3});
  CHECK(bill_to(ProjectId{2}, {}) == ClientId{2});
}

TEST_CASE("X29 a scope keeps apart what it names and nothing more") {
  DraftKeys keys(kBooks);
  const auto key = [&](InvoiceScope scope, ProjectId project, EngagementId engagement) {
    KeyedBy by = item(scope, project, engagement);
    return keys.in_words(keys.key(by));
  };
  CHECK(key(InvoiceScope::po, ProjectId{1}, EngagementId{1}).po_number == "PO-9");
  CHECK(key(InvoiceScope::po, ProjectId{2}, EngagementId{1}).po_number == "PO-1");
  CHECK(key(InvoiceScope::po, ProjectId{2}, {}).po_number == "");
  CHECK(key(InvoiceScope::project, ProjectId{2}, {}).project == ProjectId{2});
  CHECK(key(InvoiceScope::engagement, ProjectId{2}, EngagementId{1}).engagement == EngagementId{1});
  CHECK(key(InvoiceScope::engagement, ProjectId{2}, {}).engagement == EngagementId{});
  CHECK(key(InvoiceScope::client, ProjectId{2}, {}) == key(InvoiceScope::client, {}, {}));
  CHECK_FALSE(key(InvoiceScope::po, {}, {}) == key(InvoiceScope::client, {}, {}));
}

TEST_CASE("keys sort by client code and currency and keep category O apart") {
  DraftKeys keys(kBooks);
  KeyedBy acme = item(InvoiceScope::client, {});
  KeyedBy zeta = acme;
  zeta.client = ClientId{1};
  KeyedBy dollars = acme;
  dollars.currency = *Currency::of("USD");
  KeyedBy outside = acme;
  outside.outside_scope = true;
  CHECK(keys.key(acme) < keys.key(outside));
  CHECK(keys.key(outside) < keys.key(dollars));
  CHECK(keys.key(dollars) < keys.key(zeta));
  CHECK(keys.in_words(keys.key(dollars)).currency == *Currency::of("USD"));
  CHECK(keys.in_words(keys.key(outside)).outside_scope);
}

TEST_CASE("an option is the flag's and else the engagement's and the client's and the config's") {
  DraftOptions config;
  config.grouping.hours = GroupHours::jobtype;
  Client client;
  Engagement engagement;
  DraftChoices choices;
  const auto hours = [&] {
    return draft_options(choices, &engagement, client, config).grouping.hours;
  };
  CHECK(hours() == GroupHours::jobtype);
  client.group_hours = "employee";
  CHECK(hours() == GroupHours::employee);
  engagement.group_hours = "all-one";
  CHECK(hours() == GroupHours::lump_sum);
  choices.hours = GroupHours::entry;
  CHECK(hours() == GroupHours::entry);
  CHECK(draft_options({}, nullptr, client, config).grouping.hours == GroupHours::employee);
}

TEST_CASE("an invoice stores an option only where all its items agree") {
  DraftOptions options;
  DraftWords words = words_of(options);
  options.grouping.hours = GroupHours::entry;
  keep_common(words, words_of(options));
  CHECK(words == DraftWords{"project", "", "specified", "none"});
}
