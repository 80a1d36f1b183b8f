// PdfCanvas: pages of A4 drawn by cairo with text set by pango, which shapes every script, knows
// right from left and finds a font for each letter. Included by lib/render alone.
//
// All lengths are whole units of 1/1024 point. What is placed is drawn only by `finish`, when it is
// known how many pages there are.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calendar/date.hpp"
#include "render/logo.hpp"

typedef struct _PangoAttrList PangoAttrList;
typedef struct _PangoContext PangoContext;
typedef struct _PangoFontDescription PangoFontDescription;
typedef struct _PangoLayout PangoLayout;
typedef struct _PangoLayoutLine PangoLayoutLine;
typedef struct _cairo cairo_t;

namespace billctl {

constexpr int points(int count) {
  return count * 1024;
}
constexpr int millimetres(int count) {
  return count * 290268 / 100;
}
inline constexpr int kPageWidthUnits = millimetres(210);
inline constexpr int kPageHeightUnits = millimetres(297);

enum class Ink : std::uint8_t { black, grey, red };

struct TextStyle {
  int tenths = 90;  ///< size in tenths of a point
  bool strong = false;
  Ink ink = Ink::black;
  bool flush_left = false;  ///< also what reads from right to left, as in a window envelope
  int lines_max = 0;        ///< of a paragraph, cut with an ellipsis; 0: any
};

/// A line of a text as it was set, counted from the top left corner of its block.
struct SetLine {
  int top = 0, bottom = 0, x = 0, baseline = 0;
  PangoLayoutLine* line = nullptr;  ///< the layout's
};

/// A text as it was set. It is shared by the pages it is spread over.
class TextBlock {
 public:
  explicit TextBlock(PangoLayout* layout);
  ~TextBlock();
  TextBlock(const TextBlock&) = delete;
  TextBlock& operator=(const TextBlock&) = delete;

  int width() const { return width_; }
  int height() const { return height_; }
  /// Where each line ends, counted from the top of the block.
  std::vector<int> line_ends() const;
  PangoLayout* layout() const { return layout_; }
  /// All lines, looked up once: a text of many pages is drawn a page at a time.
  const std::vector<SetLine>& lines() const;

 private:
  PangoLayout* layout_;
  mutable std::vector<SetLine> lines_;
  int width_ = 0;
  int height_ = 0;
};
using Text = std::shared_ptr<TextBlock>;

/// The lines [first, last) of a text at a place on a page.
struct PlacedText {
  Text text;
  int x = 0, y = 0;
  Ink ink = Ink::black;
  std::size_t first = 0, last = 0;  ///< last 0: all
};

struct PlacedRule {
  int x = 0, y = 0, width = 0, thickness = 0;
  Ink ink = Ink::black;
};

struct PdfPage {
  std::vector<PlacedText> texts;
  std::vector<PlacedRule> rules;
};

struct PdfFacts {
  std::string title, author;
  Date dated = Date::from_days(0);
  std::string_view language;
};

class PdfCanvas {
 public:
  explicit PdfCanvas(std::string_view language);
  ~PdfCanvas();
  PdfCanvas(const PdfCanvas&) = delete;
  PdfCanvas& operator=(const PdfCanvas&) = delete;

  /// Sets a text. @param width it wraps there, also inside of words; 0: it does not wrap.
  Text set(std::string_view text, const TextStyle& style, int width);

  std::vector<PdfPage> pages;
  /// The logo stands on the first page, its top left corner at `logo_x`, `logo_y`.
  std::shared_ptr<const Logo> logo;
  int logo_x = 0, logo_y = 0, logo_width = 0, logo_height = 0;

  /// The bytes: the same for the same pages. @throws Error{failed}, {bad_config} for a logo that is
  /// no whole PNG.
  std::string finish(const PdfFacts& facts) const;

 private:
  void draw(cairo_t* cairo, const PdfPage& page) const;
  void draw_logo(cairo_t* cairo) const;
  PangoContext* context_;
  PangoFontDescription* font_;
  PangoAttrList* attributes_;
};

}  // namespace billctl
