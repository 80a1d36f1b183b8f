#include "ledger/default_products.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kTaken =
    "SELECT EXISTS (SELECT 1 FROM product WHERE tenant_id = :tenant AND code = :code)";
constexpr const char* kMake =
    "INSERT INTO product (tenant_id, code, name, unit, auto_created) "
    "VALUES (:tenant, :code, :name, :unit, :auto)";

struct Shape {
  const char* code;
  const char* name;
  const char* unit;
  const char* word;
};

Shape shape_of(DefaultProduct which) {
  switch (which) {
    case DefaultProduct::transport:
      return {"transport", "Transport", "km", "transport"};
    case DefaultProduct::transport_time:
      return {"transport-time", "Transport Time", "hour", "transport_time"};
    default:
      return {"work", "Work", "hour", "work"};
  }
}

std::string free_code(Ledger& ledger, TenantId tenant, const std::string& wanted) {
  std::string code = wanted;
  for (int n = 2;; ++n) {
    Query query(ledger, kTaken);
    query.bind(":tenant", tenant).bind(":code", code);
    query.step();
    if (!query.boolean(0)) return code;
    code = wanted + "-" + std::to_string(n);
  }
}

}  // namespace

Product make_default_product(Ledger& ledger, TenantId tenant, DefaultProduct which) {
  const Shape shape = shape_of(which);
  Product product;
  product.code = free_code(ledger, tenant, shape.code);
  product.name = shape.name;
  product.unit = shape.unit;
  product.auto_created = which;
  Query(ledger, kMake)
      .bind(":tenant", tenant)
      .bind(":code", product.code)
      .bind(":name", product.name)
      .bind(":unit", product.unit)
      .bind(":auto", shape.word)
      .run();
  product.id = {ledger.connection().last_id()};
  return product;
}

}  // namespace billctl
