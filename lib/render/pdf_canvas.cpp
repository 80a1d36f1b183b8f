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

/// Goes line by line, telling where each stands in its block.
template <class EachLine>
void each_line(PangoLayout* layout, EachLine each) {
  const LayoutIter iter(pango_layout_get_iter(layout));
  std::size_t number = 0;
  do {
    int top = 0;
    int bottom = 0;
    pango_layout_iter_get_line_yrange(iter.get(), &top, &bottom);
    each(number++, iter.get(), top, bottom);
  } while (pango_layout_iter_next_line(iter.get()) != 0);
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
  int above = 0;
  each_line(layout, [&](std::size_t number, PangoLayoutIter* iter, int top, int) {
    if (number == placed.first) above = top;
    if (number < placed.first || number >= placed.last) return;
    PangoRectangle logical;
    pango_layout_iter_get_line_extents(iter, nullptr, &logical);
    const int baseline = pango_layout_iter_get_baseline(iter) - above;
    at_place(cairo, placed.x + logical.x, placed.y + baseline, [&] {
      pango_cairo_show_layout_line(cairo, pango_layout_iter_get_line_readonly(iter));
    });
  });
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

}  // namespace

TextBlock::TextBlock(PangoLayout* layout) : layout_(layout) {
  pango_layout_get_size(layout_, &width_, &height_);
}

TextBlock::~TextBlock() {
  g_object_unref(layout_);
}

std::vector<int> TextBlock::line_ends() const {
  std::vector<int> ends;
  each_line(layout_,
            [&](std::size_t, PangoLayoutIter*, int, int bottom) { ends.push_back(bottom); });
  return ends;
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
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
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
