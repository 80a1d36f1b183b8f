// Unit: the words in which things are sold. Ours are hour min day km pcs month week kg m l; besides
// them every code of UN/ECE Recommendation 20 is one (spec/pricing.md 4, EN 16931 BR-CL-23).
#pragma once

#include <string_view>

namespace billctl {

/// Whether the word is one of ours or a Rec 20 code; capitals count: `HUR` is one, `hur` is not.
bool is_known_unit(std::string_view unit);

/// The Rec 20 code of a unit, for e-invoices: hour -> HUR, pcs -> C62, HUR -> HUR; empty for a unit
/// that is not known.
std::string_view rec20_code(std::string_view unit);

}  // namespace billctl
