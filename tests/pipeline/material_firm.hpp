// Material firm: a firm with drafts that are changed by hand, each verb in one call, and its
// material as people read it.
//
//   MaterialFirm firm;                       // acme: 60 h and 40 h at 50.00, a bill of 1000.00
//   firm.agree("5000");
//   firm.prices() == Texts{"h1 2400.00", "h2 1600.00", "b1 1000.00"}
#pragma once

#include <string>
#include <vector>

#include "pipeline/change_lines.hpp"
#include "pipeline/change_material.hpp"
#include "pipeline/drafting_firm.hpp"
#include "pipeline/verify.hpp"

namespace billctl::test {

class MaterialFirm : public DraftingFirm {
 public:
  /// Entries h1 (60 h), h2 (40 h) and b1, drafted for October 2026 as DRAFT00001.
  explicit MaterialFirm(const std::string& toml = "");

  using Texts = std::vector<std::string>;

  ItemId item(const std::string& entry);
  std::vector<std::string> items(const Texts& entries);

  Report link(const Texts& entries, const std::string& reason = "");
  Report release(const Texts& entries, const std::string& reason = "");
  Report price(const std::string& entry, const std::string& amount);
  Report revert(const Texts& entries = {});
  Report save();
  Report apply();
  Report add_line(const LineWords& words);
  Report edit_line(std::int64_t line, const LineWords& words);
  Report remove_line(std::int64_t line);
  Report move_line(std::int64_t line, const LinePosition& place);
  Report agree(const std::string& amount, const std::string& text = "");

  /// Issues DRAFT00001 by the rules of freezing alone.
  void issue();

  /// "h1 2400.00" of each item on it, by item; "h1 0.00 orphan" of one without a line.
  Texts prices(const std::string& number = "DRAFT00001");
  std::string unallocated();
  /// "6000.00 -1000.00 0.00 0.00": starting, adjustments, exclusions and milestones.
  std::string summary(const std::string& number = "DRAFT00001");
  /// What checks of `verify` find, "" when all hold. Without names all checks of the ledger.
  std::string broken(const Texts& checks = {});
  /// The word of the refusal, "" when it is done.
  std::string refusal(const std::function<void()>& fn);

  std::string invoice = "DRAFT00001";  ///< that the verbs are about
  std::optional<std::int64_t> revision;

 private:
  EditTarget target() const { return {invoice, revision}; }
};

LineWords line_words(const std::string& description, const std::string& quantity = "",
                     const std::string& price = "");
/// The codes of the warnings of a report, a blank between.
std::string warned(const Report& report);

}  // namespace billctl::test
