// UblRun: one run over one document, and what all parts of a UBL document write in the same way.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "render/printed_document.hpp"
#include "render/wording.hpp"
#include "render/xml_writer.hpp"

namespace billctl {

/// An amount with the digits of its currency, and of those at most two.
std::string ubl_amount(const Money& amount);

class UblRun {
 public:
  UblRun(const PrintedDocument& printed, XmlWriter& xml)
      : printed_(printed), invoice_(printed.document.invoice), xml_(xml) {}

  void head(bool peppol);
  void parties();
  void payment();
  void totals();
  void lines();

 private:
  // ubl_document.cpp
  void references();
  std::string note() const;
  void annex();  // ubl_annex.cpp
  void tax_total();
  void accounting_tax_total();
  void monetary_total();
  // ubl_parties.cpp
  void seller();
  void buyer();
  void endpoint(const std::string& id, const std::string& scheme);
  void address(const PostalAddress& address);
  void vat_id(const std::string& id);
  void delivery();
  // ubl_lines.cpp
  void line(const Line& line, const std::string& note);
  void line_period(const Line& line);
  void line_allowance(const Line& line);
  void item(const Line& line);

  Language language() const { return language_of(printed_.language); }
  std::string labelled(Phrase what, const std::string& value) const {
    return phrase(what, language()) + ": " + value;
  }
  bool is_credit() const { return is_negated(printed_); }
  /// In the document's sign: that of a credit note is turned.
  Money turned(const Money& amount) const { return is_credit() ? -amount : amount; }
  void put_amount(std::string_view name, const Money& amount);
  void put_amount(std::string_view name, std::int64_t minor) {
    put_amount(name, turned(Money(minor, invoice_.currency)));
  }
  void put_period(Date first, Date last);
  void put_category(std::string_view element, TaxCategory category, Decimal rate,
                    const std::string& vatex, const std::string& reason);

  const PrintedDocument& printed_;
  const Invoice& invoice_;
  XmlWriter& xml_;
};

}  // namespace billctl
