#include <doctest/doctest.h>

#include <filesystem>

#include "ledger/scratch.hpp"
#include "pipeline/desk.hpp"
#include "pipeline/render_invoice.hpp"
#include "pipeline/show_invoice.hpp"
#include "render/papers.hpp"
#include "render/pdf_reader.hpp"
#include "render/wording.hpp"

using namespace billctl;
using namespace billctl::test;

TEST_CASE("the PDF has the same totals as the JSON of its invoice") {
  Desk desk;
  desk.draft({.lines = {{"7.25", "88.5"}, {"1", "0.333333"}, {"3", "120", "reverse_charge"}}});
  desk.issue({"DRAFT00001"});
  Session session = desk.session();
  RenderRequest request;
  request.invoices = {"INV00001"};
  request.medium = find_medium("pdf");
  const std::string text = pdf_text(render(session, request).content);
  const Json shown = show_invoice(session, "INV00001");
  const auto has_amount = [&](const Json& amount) {
    CAPTURE(text);
    CHECK(has(text, number_text(amount.as_string(), Language::en)));
  };
  for (const char* total : {"excl_tax", "incl_tax", "payable"}) has_amount(shown["amounts"][total]);
  for (const Json& line : shown["lines"].as_array()) has_amount(line["amount"]);
  for (const Json& tax : shown["taxes"].as_array()) {
    has_amount(tax["amount"]);
    has_amount(tax["base"]);
  }
  CHECK(shown["amounts"]["payable"] == Json("1165.66"));
}

TEST_CASE("render of all as PDF gives the same files whoever was done first") {
  Desk desk;
  std::vector<std::string> drafts;
  for (int i = 1; i <= 12; ++i)
    drafts.push_back(desk.draft({.lines = {{std::to_string(i), "95"}, {"1", "10"}}}));
  desk.issue(drafts);
  Session session = desk.session();
  const Scratch scratch;
  RenderRequest request;
  request.all = true;
  request.medium = find_medium("pdf");
  request.target = scratch.path(".");
  request.is_folder = true;
  const Rendering first = render(session, request);
  CHECK(first.report.body["documents"].as_array().size() == 12);
  const Rendering second = render(session, request);
  for (std::size_t i = 0; i < 12; ++i) {
    const Json& one = first.report.body["documents"].as_array()[i];
    const Json& other = second.report.body["documents"].as_array()[i];
    CHECK(one["outcome"] == Json("written"));
    CHECK(other["outcome"] == Json("unchanged"));
    CHECK(one["digest"] == other["digest"]);
    CHECK(one["content"].is_null());
  }
  for (const auto& file : std::filesystem::directory_iterator(scratch.path(".")))
    CHECK(file.path().extension() == ".pdf");
}
