// What tests of compile share: a run, its counts as one text, and the items it made as one text.
#pragma once

#include <string>

#include "pipeline/compile.hpp"
#include "pipeline/fixture.hpp"

namespace billctl::test {

inline Report run_compile(Fixture& firm, const CompileRequest& request = {}) {
  Session session = firm.session();
  return compile(session, request);
}

/// `considered compiled skipped items remade`.
inline std::string counts(const Report& report) {
  const Json& entries = report.body["entries"];
  std::string text;
  for (const char* key : {"considered", "compiled", "skipped"})
    text += std::to_string(entries[key].as_integer()) + " ";
  return text + std::to_string(report.body["items"].as_integer()) + " " +
         std::to_string(report.body["remade"].as_integer());
}

/// `{"unconfirmed":1}` of this run, and of all that wait.
inline std::string skipped(const Report& report) {
  return report.body["skipped_by_reason"].compact();
}
inline std::string parked(const Report& report) {
  return report.body["parked"].compact();
}

/// The live items by row: `e1 time 1.5 hour x 95.0 = 14250 task;`.
inline std::string items(Fixture& firm) {
  return firm.rows(
      "SELECT e.ref || ' ' || i.kind || ' ' || (i.quantity_micro / 1000000.0) || ' ' || i.unit || "
      "' x ' || (i.unit_price_micro / 1000000.0) || ' = ' || i.amount_minor || ' ' || "
      "i.price_source || ';' FROM item AS i JOIN entry AS e ON e.id = i.entry_id "
      "WHERE i.mark <> 'released' ORDER BY i.id");
}

/// Product and scope of each live item: `e1 consult task;`.
inline std::string products(Fixture& firm) {
  return firm.rows(
      "SELECT e.ref || ' ' || p.code || ' ' || i.product_scope || ';' FROM item AS i "
      "JOIN entry AS e ON e.id = i.entry_id JOIN product AS p ON p.id = i.product_id "
      "WHERE i.mark <> 'released' ORDER BY i.id");
}

/// A client acme, its project web, the task dev without a price, a member anna of team blue.
inline void furnish(Fixture& firm) {
  firm.add("clients", "code=acme");
  firm.add("projects", "code=web client=acme");
  firm.add("teams", "code=blue");
  firm.add("members", "code=anna team=blue");
  firm.add("tasks", "code=dev project=web");
}

}  // namespace billctl::test
