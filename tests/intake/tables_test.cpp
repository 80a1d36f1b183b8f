#include <doctest/doctest.h>

#include <set>

#include "intake/tables.hpp"

using namespace billctl;

TEST_CASE("a template is the header row of its kind with the needed columns first") {
  CHECK(template_text(table_of(TableKind::teams)) == "code,name\n");
  CHECK(template_text(table_of(TableKind::rates)) ==
        "unit_price,currency,project,client,member,role,job_type,valid_from,valid_until\n");
  CHECK(template_text(table_of(TableKind::entries)) ==
        "id,kind,task,project,member,started_at,stopped_at,seconds,date,zone,quantity,unit,"
        "unit_price,amount,distance_km,transport_minutes,transport_unit_price,product,job_type,"
        "description,charge,confirmed_at,confirmed_by,to_rebill,parent,invoiced_as\n");
  CHECK(template_text(table_of(TableKind::clients)) ==
        "code,name,legal_name,parent,kind,street,street2,city,postal_code,region,country,vat_id,"
        "registration_id,emails,currency,payment_terms,price_list,tax,language,buyer_reference,"
        "endpoint,endpoint_scheme,time_rule,rounding_mode,bill_by,invoice_scope,group_projects,"
        "group_hours,group_travel,annex,delivery,active_until,comment\n");
  CHECK(template_text(table_of(TableKind::past_invoices)) ==
        "number,date,client,currency,excl_tax,tax,incl_tax,po_number\n");
}

TEST_CASE("each kind has its word and each word its kind") {
  CHECK(table_kind_words().size() == 17);
  for (const std::string& name : table_kind_words()) {
    CAPTURE(name);
    const auto kind = table_kind_of(name);
    REQUIRE(kind);
    CHECK(word(*kind) == name);
    CHECK(table_of(*kind).kind == *kind);
  }
  CHECK_FALSE(table_kind_of("client"));
}

TEST_CASE("import all takes a kind after every kind that it names") {
  for (const std::string& name : table_kind_words()) {
    const Table& table = table_of(*table_kind_of(name));
    for (const Column& column : table.columns) {
      CAPTURE(name);
      CAPTURE(column.name);
      if (column.refers_to) CHECK(*column.refers_to <= table.kind);
    }
  }
}

TEST_CASE("identity columns are those of the contract") {
  const auto identity = [](TableKind kind) {
    std::string names;
    for (const Column& column : table_of(kind).columns) {
      if (column.identity) names += (names.empty() ? "" : "+") + std::string(column.name);
    }
    return names;
  };
  CHECK(identity(TableKind::clients) == "code");
  CHECK(identity(TableKind::entries) == "id");
  CHECK(identity(TableKind::price_lists) == "list+product+currency+valid_from+client");
  CHECK(identity(TableKind::rates) == "currency+project+client+member+role+job_type+valid_from");
  CHECK(identity(TableKind::assignments) == "scope+target+kind");
  CHECK(identity(TableKind::quote_rows) == "entry+position");
  CHECK(identity(TableKind::selections) == "name+client");
}

TEST_CASE("no column is there twice and each word column has words") {
  for (const std::string& name : table_kind_words()) {
    std::set<std::string_view> seen;
    for (const Column& column : table_of(*table_kind_of(name)).columns) {
      CAPTURE(column.name);
      CHECK(seen.insert(column.name).second);
      CHECK((column.type == CellType::word) == (column.words != nullptr));
      if (column.words != nullptr) CHECK(!column.words().empty());
      CHECK(!needed_words(column.type).empty());
    }
  }
}

TEST_CASE("an update may leave out what only a new record needs") {
  std::vector<std::string> needed;
  for (const ColumnName& column : column_names(table_of(TableKind::clients))) {
    if (column.needed) needed.push_back(column.name);
  }
  CHECK(needed == std::vector<std::string>{"code"});
}
