#include "pipeline/hand_draft.hpp"

#include "ledger/drafts.hpp"
#include "pipeline/draft_maker.hpp"

namespace billctl {

Invoice header_like(const Session& session, const Invoice& invoice) {
  Invoice draft;
  draft.client = invoice.client;
  draft.bill_to = invoice.bill_to;
  draft.currency = invoice.currency;
  draft.scope = invoice.scope;
  draft.engagement = invoice.engagement;
  draft.project = invoice.project;
  draft.name = invoice.name;
  draft.title = invoice.title;
  draft.subtitle = invoice.subtitle;
  draft.po_number = invoice.po_number;
  draft.cost_centre = invoice.cost_centre;
  draft.terms = invoice.terms;
  draft.period = invoice.period;
  draft.rounding = invoice.rounding;
  draft.rounding_mode = invoice.rounding_mode;
  draft.quantity_decimals = invoice.quantity_decimals;
  draft.bill_by = invoice.bill_by;
  draft.group_projects = invoice.group_projects;
  draft.group_hours = invoice.group_hours;
  draft.group_travel = invoice.group_travel;
  draft.annex = invoice.annex;
  draft.created_at = session.now;
  return draft;
}

Invoice put_hand_draft(Session& session, Invoice header, std::vector<Line>& lines,
                       std::vector<Placed>& placed) {
  Drafts drafts(session.ledger, session.tenant.id);
  header.id = drafts.next_id();
  header.draft_number = take_draft_number(session);
  for (Line& line : lines) line.invoice = header.id;
  for (Placed& each : placed) each.invoice = header.id;
  drafts.put_invoices({&header, 1});
  drafts.put_lines(lines);
  drafts.put_placed(placed);
  return header;
}

}  // namespace billctl
