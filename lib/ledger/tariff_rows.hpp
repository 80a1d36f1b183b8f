// The rows of prices, rates and assignments, which the whole books and a tariff both read. Included
// only by .cpp files of lib/ledger.
#pragma once

#include <string_view>

#include "catalogue/product.hpp"
#include "ledger/connection.hpp"
#include "work/task.hpp"

namespace billctl {

// Of a tenant; what follows them narrows and sorts.
#define BILLCTL_PRICES                                                                       \
  "SELECT id, list, product_id, unit_price_micro, currency, valid_from_on, valid_until_on, " \
  "client_id FROM price_list_row WHERE tenant_id = :tenant "
#define BILLCTL_RATES                                                               \
  "SELECT id, unit_price_micro, currency, project_id, client_id, member_id, role, " \
  "job_type_id, valid_from_on, valid_until_on FROM rate WHERE tenant_id = :tenant "
#define BILLCTL_ASSIGNMENTS \
  "SELECT id, scope, target_id, product_id, kind FROM assignment WHERE tenant_id = :tenant "

PriceListRow price_list_row_of(const Query& query);
Rate rate_of(const Query& query);
Assignment assignment_of(const Query& query);

DefaultProduct default_product_of(std::string_view word);
ProjectStatus project_status_of(std::string_view word);

}  // namespace billctl
