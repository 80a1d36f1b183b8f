#include "ledger/records.hpp"

namespace billctl {
namespace {

using Shape = RecordShape;
using Column = RecordColumn;

const RecordValue kNone{};
const RecordValue kBlank{std::string()};

RecordValue number(std::int64_t value) {
  return value;
}
RecordValue text(std::string_view value) {
  return std::string(value);
}

Column key(std::string_view name) {
  return {name, name, kBlank, true};
}
Column key(std::string_view name, std::string_view stored, RecordValue otherwise) {
  return {name, stored, std::move(otherwise), true};
}
Column blank(std::string_view name) {
  return {name, name, kBlank};
}
Column blank(std::string_view name, std::string_view stored) {
  return {name, stored, kBlank};
}
Column none(std::string_view name, std::string_view stored) {
  return {name, stored, kNone};
}
Column given(std::string_view name, RecordValue otherwise) {
  return {name, name, std::move(otherwise)};
}

Shape teams() {
  return {"team", {key("code"), blank("name")}};
}

Shape members() {
  return {"member",
          {key("code"), blank("name"), blank("email"), none("team", "team_id"), blank("role"),
           none("hours_per_day", "hours_per_day_micro"), blank("os_user"),
           none("active_until", "active_until_on")}};
}

Shape clients() {
  return {"client",
          {key("code"),
           blank("name"),
           blank("legal_name"),
           none("parent", "parent_id"),
           blank("kind"),
           blank("street"),
           blank("street2"),
           blank("city"),
           blank("postal_code"),
           blank("region"),
           blank("country"),
           blank("vat_id"),
           blank("registration_id"),
           blank("emails"),
           blank("currency"),
           blank("payment_terms"),
           blank("price_list"),
           blank("tax"),
           blank("language"),
           blank("buyer_reference"),
           blank("endpoint"),
           blank("endpoint_scheme"),
           blank("time_rule"),
           blank("rounding_mode"),
           blank("bill_by"),
           blank("invoice_scope"),
           blank("group_projects"),
           blank("group_hours"),
           blank("group_travel"),
           blank("annex"),
           given("delivery", text("mail")),
           none("active_until", "active_until_on"),
           blank("comment")}};
}

Shape products() {
  return {"product",
          {key("code"), blank("name"), blank("unit"), blank("description"),
           none("unit_price", "unit_price_micro"), blank("currency"), blank("tax")}};
}

Shape price_list_rows() {
  return {"price_list_row",
          {key("list"),
           key("product", "product_id", number(0)),
           {"unit_price", "unit_price_micro", number(0)},
           key("currency"),
           key("valid_from", "valid_from_on", kBlank),
           blank("valid_until", "valid_until_on"),
           key("client", "client_id", number(0))}};
}

Shape job_types() {
  return {"job_type", {key("code"), blank("name"), given("billable", number(1))}};
}

Shape engagements() {
  return {"engagement",
          {key("code"), blank("name"), none("client", "client_id"), blank("currency"),
           blank("cost_centre"), none("bill_to", "bill_to_id"), blank("invoice_scope"),
           blank("bill_by"), blank("terms"), blank("po_number"), blank("contract"),
           blank("group_projects"), blank("group_hours"), blank("group_travel"), blank("annex")}};
}

Shape projects() {
  return {"project",
          {key("code"), blank("name"), none("client", "client_id"),
           none("engagement", "engagement_id"), blank("currency"), none("bill_to", "bill_to_id"),
           blank("po_number"), given("status", text("billable")), blank("billable_kinds"),
           blank("time_rule"), blank("pm"), given("internal", number(0)), blank("comment")}};
}

Shape contract_lines() {
  return {"contract_line",
          {key("code"),
           none("engagement", "engagement_id"),
           given("type", text("tm")),
           none("project", "project_id"),
           {"recognised", "recognised_minor", number(0)}}};
}

Shape rates() {
  return {"rate",
          {{"unit_price", "unit_price_micro", number(0)},
           key("currency"),
           key("project", "project_id", number(0)),
           key("client", "client_id", number(0)),
           key("member", "member_id", number(0)),
           key("role"),
           key("job_type", "job_type_id", number(0)),
           key("valid_from", "valid_from_on", kBlank),
           blank("valid_until", "valid_until_on")}};
}

Shape tasks() {
  return {"task",
          {key("code"), blank("name"), none("client", "client_id"), none("project", "project_id"),
           none("team", "team_id"), given("billable", number(1)), none("product", "product_id"),
           blank("price_list"), blank("unit"), none("unit_price", "unit_price_micro"),
           none("quantity", "quantity_micro"), given("status", text("open")), blank("source_type"),
           blank("source_ref"), none("done_on", "done_on")}};
}

Shape assignments() {
  return {"assignment",
          {key("scope"),
           key("target"),
           {"product", "product_id", number(0)},
           key("kind"),
           {"target_id", "target_id", number(0)}}};
}

Shape quote_rows() {
  return {"quote_row",
          {key("entry", "entry_id", number(0)), key("position", "position", number(0)),
           blank("description"), none("quantity", "quantity_micro"), blank("unit"),
           none("unit_price", "unit_price_micro")}};
}

Shape selections() {
  return {"selection", {key("name"), key("client", "client_id", number(0))}};
}

Shape exchange_rates() {
  return {"exchange_rate",
          {key("date", "valid_on", kBlank),
           key("from", "from_currency", kBlank),
           key("to", "to_currency", kBlank),
           {"rate", "rate_micro", number(0)}}};
}

}  // namespace

const RecordShape& shape_of(RecordKind kind) {
  static const std::vector<RecordShape> kShapes = {
      teams(),     members(),     clients(),    products(),       price_list_rows(),
      job_types(), engagements(), projects(),   contract_lines(), rates(),
      tasks(),     assignments(), quote_rows(), selections(),     exchange_rates()};
  return kShapes[static_cast<std::size_t>(kind)];
}

std::size_t RecordShape::place(std::string_view name) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return i;
  }
  expect(false, "a column that is asked for is one of the record's");
  return 0;
}

}  // namespace billctl
