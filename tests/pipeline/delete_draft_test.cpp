#include "pipeline/delete_draft.hpp"

#include <doctest/doctest.h>

#include "pipeline/drafting_firm.hpp"

using namespace billctl;
using namespace billctl::test;
using Texts = std::vector<std::string>;

namespace {

Reason refusal(DraftingFirm& firm, const Texts& names) {
  Session session = firm.session();
  try {
    delete_drafts(session, names);
  } catch (const Error& error) {
    return error.code();
  }
  return Reason::failed;
}

void erase(DraftingFirm& firm, const Texts& names) {
  Session session = firm.session();
  delete_drafts(session, names);
}

}  // namespace

TEST_CASE("S0-28 deleting a draft leaves its sessions and items as they were before generate") {
  BusyFirm firm;
  firm.compile();
  const std::string before = firm.everything();
  firm.generate();
  erase(firm, {"DRAFT00001", "DRAFT00002"});
  CHECK(firm.everything() == before);
  CHECK(firm.number("SELECT count(*) FROM entry") == 5);
}

TEST_CASE("S0-28 generating again after a delete gives the same draft under a new number") {
  BusyFirm firm;
  firm.generate();
  const Texts lines = firm.lines("DRAFT00001");
  const Texts shares = firm.shares("DRAFT00001");
  const Amounts amounts = firm.draft("DRAFT00001").amounts;
  erase(firm, {"DRAFT00001"});
  CHECK(firm.drafted(firm.generate()) == Texts{"DRAFT00003 acme 404.70"});
  CHECK(firm.lines("DRAFT00003") == lines);
  CHECK(firm.shares("DRAFT00003") == shares);
  CHECK(firm.draft("DRAFT00003").amounts == amounts);
}

TEST_CASE("a draft billed by the day is deleted with its adjustments") {
  BusyFirm firm("[invoice]\nbill_by = \"day\"\n");
  firm.compile();
  const std::string before = firm.everything();
  firm.generate();
  CHECK(firm.number("SELECT count(*) FROM adjustment") == 4);
  erase(firm, {"DRAFT00001", "DRAFT00002", "DRAFT00001"});
  CHECK(firm.everything() == before);
}

TEST_CASE("the row of a deleted draft is never given again") {
  BusyFirm firm;
  firm.generate();
  const InvoiceId last = firm.draft("DRAFT00002").id;
  erase(firm, {"DRAFT00001", "DRAFT00002"});
  firm.generate();
  CHECK(firm.draft("DRAFT00003").id.value == last.value + 1);
}

TEST_CASE("what is no draft is not deleted and nothing else of that request either") {
  BusyFirm firm;
  firm.generate();
  const std::string before = firm.everything();
  CHECK(refusal(firm, {"DRAFT00001", "DRAFT00009"}) == Reason::not_found);
  firm.execute("UPDATE invoice SET state = 'held' WHERE id = 2");
  CHECK(refusal(firm, {"DRAFT00002", "DRAFT00009"}) == Reason::not_found);
  firm.execute("UPDATE invoice SET state = 'draft' WHERE id = 2");
  CHECK(firm.everything() == before);
  firm.execute(
      "UPDATE invoice SET state = 'issued', number = 'INV1', invoice_on = '2026-10-31', "
      "issued_at = 0, seal = 'x', seller = '{}', buyer = '{}' WHERE id = 2");
  CHECK(refusal(firm, {"DRAFT00001", "DRAFT00002"}) == Reason::wrong_state);
  CHECK(firm.lines("DRAFT00001").size() == 3);
}

TEST_CASE("deleting in a dry run deletes nothing") {
  BusyFirm firm;
  firm.generate();
  const std::string before = firm.everything();
  Session session = firm.session(DryRun::yes);
  const Report report = delete_drafts(session, {"DRAFT00001"});
  CHECK(report.body.compact() ==
        R"({"deleted":[{"invoice":"DRAFT00001","client":"acme","items":4}]})");
  CHECK(firm.everything() == before);
}
