#include "render/pdf_canvas.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <array>

#include "outcome/error.hpp"

namespace billctl {
namespace {

// The first that is there, and for letters it has not, what the system has.
constexpr const char* kFamilies = "DejaVu Sans, Noto Sans, sans-serif";

template <class T, void (*Free)(T*)>
struct Freed {
  void operator()(T* thing) const { Free(thing); }
};
using Surface = std::unique_ptr<cairo_surface_t, Freed<cairo_surface_t, cairo_surface_destroy>>;
using Cairo = std::unique_ptr<cairo_t, Freed<cairo_t, cairo_destroy>>;
using FontOptions =
    std::unique_ptr<cairo_font_options_t, Freed<cairo_font_options_t, cairo_font_options_destroy>>;
using LayoutIter = std::unique_ptr<PangoLayoutIter, Freed<PangoLayoutIter, pango_layout_iter_free>>;

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

struct PngRest {
  std::string_view bytes;
};

cairo_status_t read_png(void* rest, unsigned char* data, unsigned int length) {
  auto& bytes = static_cast<PngRest*>(rest)->bytes;
  if (bytes.size() < length) return CAIRO_STATUS_READ_ERROR;
  std::copy_n(bytes.begin(), length, reinterpret_cast<char*>(data));
  bytes.remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

void take_ink(cairo_t* cairo, Ink ink) {
  switch (ink) {
    case Ink::black:
      return cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
    case Ink::grey:
      return cairo_set_source_rgb(cairo, 0.4, 0.4, 0.4);
    case Ink::red:
      return cairo_set_source_rgb(cairo, 0.7, 0.0, 0.1);
  }
}

// Text is drawn in points, all else in units.
void at_place(cairo_t* cairo, int x, int y, const auto& draw) {
  cairo_save(cairo);
  cairo_translate(cairo, x, y);
  cairo_scale(cairo, PANGO_SCALE, PANGO_SCALE);
  cairo_move_to(cairo, 0, 0);
  draw();
  cairo_restore(cairo);
}

void draw_text(cairo_t* cairo, const PlacedText& placed) {
  take_ink(cairo, placed.ink);
  PangoLayout* layout = placed.text->layout();
  if (placed.last == 0)
    return at_place(cairo, placed.x, placed.y, [&] { pango_cairo_show_layout(cairo, layout); });
  const std::vector<SetLine>& lines = placed.text->lines();
  for (std::size_t i = placed.first; i < std::min(placed.last, lines.size()); ++i) {
    const SetLine& line = lines[i];
    const int baseline = line.baseline - lines[placed.first].top;
    at_place(cairo, placed.x + line.x, placed.y + baseline,
             [&] { pango_cairo_show_layout_line(cairo, line.line); });
  }
}

void check(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS)
    throw Error(Reason::failed,
                std::string("the PDF can't be made: ") + cairo_status_to_string(status));
}

void put_facts(cairo_surface_t* surface, const PdfFacts& facts) {
  const auto put = [&](cairo_pdf_metadata_t which, const std::string& text) {
    cairo_pdf_surface_set_metadata(surface, which, text.c_str());
  };
  put(CAIRO_PDF_METADATA_TITLE, facts.title);
  put(CAIRO_PDF_METADATA_AUTHOR, facts.author);
  put(CAIRO_PDF_METADATA_CREATOR, "billctl");
  // Not the clock's: the same invoice gives the same bytes.
  put(CAIRO_PDF_METADATA_CREATE_DATE, facts.dated.to_text() + "T00:00:00Z");
}

constexpr std::string_view kLineEnd = "\xE2\x80\xA8";  // ends a line, and no paragraph

/// At most so many bytes of a text, cut between letters.
std::string_view beginning(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  return text.substr(0, most);
}

/// As much of a text as can be seen in so many lines of each of its first paragraphs.
std::string shortened(std::string_view text, int lines) {
  constexpr std::size_t kBytesOfLine = 500;
  std::string shown;
  for (int line = 0; line < lines; ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    shown += beginning(text.substr(0, end), kBytesOfLine * static_cast<std::size_t>(lines));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (text.empty()) return shown;
    if (line + 1 < lines) shown += '\n';
  }
  return shown + " …";
}

/// Pango takes the square of a word's letters and of a text's paragraphs: 64 KiB without a blank
/// took a minute. A word that is longer than any line is broken, and many paragraphs become lines.
std::string breakable(std::string_view text) {
  constexpr std::size_t kWordMax = 500;
  constexpr auto kParagraphsMax = 100;
  const bool many = std::ranges::count(text, '\n') > kParagraphsMax;
  std::string set;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view part = beginning(text.substr(0, end), kWordMax);
    set += part;
    text.remove_prefix(part.size());
    if (part.size() < end) {
      set += kLineEnd;
    } else if (!text.empty()) {
      if (many && text.front() == '\n') {
        set += kLineEnd;
      } else {
        set += text.front();
      }
      text.remove_prefix(1);
    }
  }
  return set;
}

}  // namespace

TextBlock::TextBlock(PangoLayout* layout) : layout_(layout) {
  pango_layout_get_size(layout_, &width_, &height_);
}

TextBlock::~TextBlock() {
  g_object_unref(layout_);
}

std::vector<int> TextBlock::line_ends() const {
  std::vector<int> ends;
  for (const SetLine& line : lines()) ends.push_back(line.bottom);
  return ends;
}

const std::vector<SetLine>& TextBlock::lines() const {
  if (!lines_.empty()) return lines_;
  const LayoutIter iter(pango_layout_get_iter(layout_));
  do {
    SetLine line;
    PangoRectangle logical;
    pango_layout_iter_get_line_yrange(iter.get(), &line.top, &line.bottom);
    pango_layout_iter_get_line_extents(iter.get(), nullptr, &logical);
    line.x = logical.x;
    line.baseline = pango_layout_iter_get_baseline(iter.get());
    line.line = pango_layout_iter_get_line_readonly(iter.get());
    lines_.push_back(line);
  } while (pango_layout_iter_next_line(iter.get()) != 0);
  return lines_;
}

// Nothing of a screen: no hinting, and one point is one dot.
PdfCanvas::PdfCanvas(std::string_view language)
    : context_(pango_font_map_create_context(pango_cairo_font_map_get_default())),
      font_(pango_font_description_from_string(kFamilies)),
      attributes_(pango_attr_list_new()) {
  // A hyphen that nobody wrote must not stand in a number or a name that was broken.
  pango_attr_list_insert(attributes_, pango_attr_insert_hyphens_new(FALSE));
  const FontOptions options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context_, options.get());
  pango_cairo_context_set_resolution(context_, 72);
  pango_context_set_language(context_, pango_language_from_string(std::string(language).c_str()));
  pango_context_set_base_dir(context_, PANGO_DIRECTION_LTR);
}

PdfCanvas::~PdfCanvas() {
  pages.clear();  // their texts know the context
  pango_attr_list_unref(attributes_);
  pango_font_description_free(font_);
  g_object_unref(context_);
}

Text PdfCanvas::set(std::string_view text, const TextStyle& style, int width) {
  PangoLayout* layout = pango_layout_new(context_);
  pango_font_description_set_size(font_, style.tenths * PANGO_SCALE / 10);
  pango_font_description_set_weight(font_, style.strong ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout, font_);
  pango_layout_set_attributes(layout, attributes_);
  if (width > 0) {
    pango_layout_set_width(layout, width);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (style.lines_max > 0) {
      pango_layout_set_height(layout, -style.lines_max);
      pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
  }
  const std::string set = style.lines_max > 0 ? shortened(text, style.lines_max) : breakable(text);
  pango_layout_set_text(layout, set.data(), static_cast<int>(set.size()));
  // Pango turns alignment round for what reads from right to left.
  if (style.flush_left &&
      pango_layout_get_line_readonly(layout, 0)->resolved_dir == PANGO_DIRECTION_RTL)
    pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
  return std::make_shared<TextBlock>(layout);
}

void PdfCanvas::draw_logo(cairo_t* cairo) const {
  PngRest rest{logo->png};
  const Surface picture(cairo_image_surface_create_from_png_stream(read_png, &rest));
  if (cairo_surface_status(picture.get()) != CAIRO_STATUS_SUCCESS)
    throw Error(Reason::bad_config, "tenant.logo: no whole PNG", "needed a PNG file");
  cairo_save(cairo);
  cairo_translate(cairo, logo_x, logo_y);
  cairo_scale(cairo, logo_width * 1.0 / cairo_image_surface_get_width(picture.get()),
              logo_height * 1.0 / cairo_image_surface_get_height(picture.get()));
  cairo_set_source_surface(cairo, picture.get(), 0, 0);
  cairo_paint(cairo);
  cairo_restore(cairo);
}

void PdfCanvas::draw(cairo_t* cairo, const PdfPage& page) const {
  cairo_save(cairo);
  cairo_scale(cairo, 1.0 / PANGO_SCALE, 1.0 / PANGO_SCALE);
  if (logo && &page == &pages.front()) draw_logo(cairo);
  for (const PlacedRule& rule : page.rules) {
    take_ink(cairo, rule.ink);
    cairo_rectangle(cairo, rule.x, rule.y, rule.width, rule.thickness);
    cairo_fill(cairo);
  }
  for (const PlacedText& text : page.texts) draw_text(cairo, text);
  cairo_restore(cairo);
  cairo_show_page(cairo);
}

std::string PdfCanvas::finish(const PdfFacts& facts) const {
  std::string bytes;
  const Surface surface(cairo_pdf_surface_create_for_stream(
      append, &bytes, kPageWidthUnits * 1.0 / PANGO_SCALE, kPageHeightUnits * 1.0 / PANGO_SCALE));
  check(cairo_surface_status(surface.get()));
  put_facts(surface.get(), facts);
  {
    const Cairo cairo(cairo_create(surface.get()));
    for (const PdfPage& page : pages) draw(cairo.get(), page);
    check(cairo_status(cairo.get()));
  }
  cairo_surface_finish(surface.get());
  check(cairo_surface_status(surface.get()));
  return bytes;
}

}  // namespace billctl
