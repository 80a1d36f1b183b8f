// Slug: a code made of a name, for records that an import creates.
//
//     "Acme Öy & Söhne" -> "acme-oy-sohne"     "Straße 5" -> "strasse-5"
//
// Source: spec/import.md (`--create`: lower-case ASCII slug, `-2` on a clash).
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace billctl {

/// Lower-case letters, digits and single hyphens, at most 60 characters; letters of the Latin
/// alphabet lose their marks, everything else becomes a hyphen or goes. A name with no such letter
/// at all gives "x".
std::string slug(std::string_view name);

/// The slug, or with the first of `-2`, `-3` … that is not taken.
std::string free_slug(std::string_view name, const std::function<bool(std::string_view)>& taken);

}  // namespace billctl
