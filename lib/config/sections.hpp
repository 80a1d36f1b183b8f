// The readers of the sections of billctl.toml, one for each; each in the file of its kind.
#pragma once

#include "config/config.hpp"
#include "config/section.hpp"

namespace billctl {

void read_tenant(Section section, TenantSettings& tenant);
void read_compile(Section section, CompileSettings& compile);
void read_money(Section section, MoneySettings& money);
void read_time_rules(Section section, std::vector<Config::Named<TimeRule>>& rules);
void read_invoice(Section section, InvoiceSettings& invoice);
void read_numbering(Section section, NumberingSettings& numbering);
void read_terms(Section section, std::vector<PaymentTerms>& terms);
void read_taxes(Section section, std::vector<TaxType>& taxes);
void read_einvoice(Section section, EinvoiceSettings& einvoice);
void read_approvals(Section section, ApprovalRules& approvals, Currency currency);
void read_roles(Section section, RoleSettings& roles);
void read_rebill(Section section, RebillSettings& rebill);
void read_mail(Section section, std::optional<MailSettings>& mail);
/// @param test a test tenant's providers may be reached by plain http on this machine.
void read_providers(Section section, std::vector<ProviderSettings>& providers, bool test);
void read_bounds(Section section, BoundSettings& bounds);

}  // namespace billctl
