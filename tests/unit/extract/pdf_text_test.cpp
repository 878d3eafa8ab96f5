// pdftotext's words and places to Markdown.
#include "extract/pdf/pdf_text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "extract/pdf/page_lines.hpp"
#include "extract/pdf/running_lines.hpp"

namespace winnow {
namespace {

/// A line of type of some size, 5 points a character at size 10, on a page of 600 by 800.
struct Line {
  double left;
  double top;
  std::string text;
  double size = 10;
};

std::string word(double& left, const Line& line, std::string_view text) {
  const double width = line.size / 2;
  const double right = left + width * static_cast<double>(text.size());
  std::string element = fmt::format("<word xMin=\"{}\" yMin=\"{}\" xMax=\"{}\" yMax=\"{}\">{}</word>\n", left,
                                    line.top, right, line.top + line.size, text);
  left = right + width;
  return element;
}

std::string layout(const std::vector<std::vector<Line>>& pages, const std::string& title = {}) {
  std::string xhtml = "<title>" + title + "</title>\n";
  for (const auto& page : pages) {
    xhtml += "<page width=\"600\" height=\"800\">\n<flow>\n<block xMin=\"0\">\n";
    for (const Line& line : page) {
      double left = line.left;
      std::string words;
      std::string_view text = line.text;
      while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        words += word(left, line, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
      }
      xhtml += fmt::format("<line xMin=\"{}\" yMin=\"{}\" xMax=\"{}\" yMax=\"{}\">\n{}</line>\n", line.left,
                           line.top, left - line.size / 2, line.top + line.size, words);
    }
    xhtml += "</block>\n</flow>\n</page>\n";
  }
  return xhtml;
}

PdfText read(const std::vector<std::vector<Line>>& pages, const std::string& title = {}) {
  return pdf_to_text({PdfEnd::whole, layout(pages, title)});
}

std::vector<Line> many_cells(std::size_t count) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < count; ++i)
    lines.push_back({static_cast<double>(20 * (i % 30)), static_cast<double>(i / 30) * 14, "a"});
  return lines;
}

// 60 characters: the column is 300 points wide.
const std::string k_full = "we keep what you give us for as long as the law of tax says,";

}  // namespace

TEST_CASE("lines become Markdown") {
  struct Row {
    const char* story;
    std::vector<std::vector<Line>> pages;
    std::string markdown;
  };
  const auto row = GENERATE(values<Row>({
      {"lines of a paragraph are one",
       {{{50, 100, k_full}, {50, 112, "and no longer."}}},
       k_full + " and no longer."},
      {"a gap divides paragraphs",
       {{{50, 100, k_full}, {50, 112, k_full}, {50, 124, "one."}, {50, 148, "Two"}}},
       k_full + ' ' + k_full + " one.\n\nTwo"},
      {"a sentence goes on over a page",
       {{{50, 600, k_full}, {50, 612, k_full}}, {{50, 100, "until then."}}},
       k_full + ' ' + k_full + " until then."},
      {"a sentence that ends a page ends a paragraph",
       {{{50, 600, k_full}, {50, 612, "Until then."}}, {{50, 100, "We sell nothing."}}},
       k_full + " Until then.\n\nWe sell nothing."},
      {"a hyphen that only divides goes",
       {{{50, 100, "we keep all of what you have given us and any of the infor-"},
         {50, 112, "mation we have."}}},
       "we keep all of what you have given us and any of the information we have."},
      {"a hyphen that is a word's own stays",
       {{{50, 100, "a party is a third party, if it is none of us but a third-"}, {50, 112, "party."}}},
       "a party is a third party, if it is none of us but a third-party."},
      {"an address broken over lines stays one",
       {{{50, 100, "see what we say of all of our cookies at https://a.example/"},
         {50, 112, "cookies or ask."}}},
       "see what we say of all of our cookies at https://a.example/cookies or ask."},
      {"bullets in a column of their own",
       {{{50, 100, "•"}, {50, 118, "•"}, {70, 100, "your name;"}, {70, 118, "your address."}}},
       "- your name;\n- your address."},
      {"lists within lists",
       {{{50, 100, "• names:"}, {70, 118, "◦ yours"}, {70, 136, "◦ ours"}, {50, 154, "• dates"}}},
       "- names:\n  - yours\n  - ours\n- dates"},
      {"larger type is a heading",
       {{{50, 100, "Privacy", 20},
         {50, 140, k_full},
         {50, 152, "too."},
         {50, 180, "Cookies", 14},
         {50, 210, "None."}}},
       "# Privacy\n\n" + k_full + " too.\n\n## Cookies\n\nNone."},
      {"a numbered line is a heading where text is between",
       {{{50, 100, "1."},
         {80, 100, "Data"},
         {50, 130, "We have it."},
         {50, 160, "2.1 Use"},
         {50, 190, "We use it."}}},
       "## 1. Data\n\nWe have it.\n\n### 2.1 Use\n\nWe use it."},
      {"items that follow each other are no headings",
       {{{50, 100, "We have:"}, {50, 118, "1. Names"}, {50, 136, "2. Dates"}, {50, 160, "That is all."}}},
       "We have:\n\n1. Names\n\n2. Dates\n\nThat is all."},
      {"capitals are a heading, but not in a table's cell",
       {{{50, 100, "COOKIES"},
         {50, 130, "None."},
         {50, 160, "ACME"},
         {200, 160, "Our printer."},
         {50, 190, "End."},
         {200, 190, "x"}}},
       "# COOKIES\n\nNone.\n\n| ACME | Our printer. |\n| --- | --- |\n| End. | x |"},
      {"a justified line in pieces is one",
       {{{50, 100, k_full}, {50, 112, "see"}, {180, 112, "the"}, {325, 112, "other"}, {50, 124, "page."}}},
       k_full + " see the other page."},
      {"what looks like Markdown is text", {{{50, 100, "# *all* data"}}}, "\\# \\*all\\* data"},
      {"ligatures are letters", {{{50, 100, "o\uFB03ce"}}}, "office"},
  }));
  INFO(row.story);
  CHECK(read(row.pages).markdown == row.markdown);
}

TEST_CASE("what stands in rows and columns is a table") {
  struct Row {
    const char* story;
    std::vector<std::vector<Line>> pages;
    std::string markdown;
  };
  const auto row = GENERATE(values<Row>({
      {"cells take turns",
       {{{50, 100, "Data"},
         {200, 100, "Why"},
         {50, 120, "Name"},
         {200, 120, "to send you what you"},
         {200, 132, "have ordered"},
         {50, 152, "Date|time"},
         {200, 152, "for tax"}}},
       "| Data | Why |\n| --- | --- |\n| Name | to send you what you have ordered |\n| Date\\|time | for tax "
       "|"},
      {"names in the middle of their rows, one of them in two paragraphs",
       {{{50, 80, "Data"},
         {200, 80, "Why"},
         {200, 100, "to send you"},
         {50, 106, "Name"},
         {200, 112, "what you ordered"},
         {200, 132, "for tax"},
         {50, 144, "Date"},
         {200, 152, "and for the police"},
         {200, 172, "never"},
         {50, 178, "Age"},
         {200, 184, "otherwise"}}},
       "| Data | Why |\n| --- | --- |\n| Name | to send you what you ordered |\n| Date | for tax and for the "
       "police |\n"
       "| Age | never otherwise |"},
      {"goes on over a page",
       {{{50, 400, "Data"}, {200, 400, "Why"}, {50, 420, "Name"}, {200, 420, "to send"}},
        {{200, 50, "and to answer"},
         {50, 70, "Date"},
         {200, 70, "for tax"},
         {50, 90, "Age"},
         {200, 90, "none"}}},
       "| Data | Why |\n| --- | --- |\n| Name | to send and to answer |\n| Date | for tax |\n| Age | none |"},
      {"another table, with other columns",
       {{{50, 100, "A"}, {200, 100, "B"}, {50, 120, "C"}, {200, 120, "D"}},
        {{50, 100, "E"}, {150, 100, "F"}, {50, 120, "G"}, {150, 120, "H"}}},
       "| A | B |\n| --- | --- |\n| C | D |\n\n| E | F |\n| --- | --- |\n| G | H |"},
      {"columns of text are none",
       {{{50, 100, "We keep what"},
         {50, 112, "you give us."},
         {50, 132, "We sell it to"},
         {50, 144, "nobody at all,"},
         {50, 156, "ever."},
         {50, 168, "Not you."},
         {200, 100, "You may ask"},
         {200, 112, "for it."},
         {200, 132, "We answer"},
         {200, 144, "in a month"},
         {200, 156, "or two, but"},
         {200, 168, "not later."},
         {200, 188, "Write to us."}}},
       "We keep what you give us.\n\nWe sell it to nobody at all, ever.\n\nNot you.\n\nYou may ask for "
       "it.\n\nWe answer in a "
       "month or two, but not later.\n\nWrite to us."},
      {"two blocks of an address are none",
       {{{50, 100, "Example Ltd"},
         {200, 100, "Phone 123"},
         {50, 112, "1 Main Street"},
         {200, 112, "Fax 124"}}},
       "Example Ltd\n\nPhone 123\n\n1 Main Street\n\nFax 124"},
  }));
  INFO(row.story);
  CHECK(read(row.pages).markdown == row.markdown);
}

TEST_CASE("a line that is only bold stands between paragraphs") {
  const std::vector<Line> above = {{50, 100, "So " + k_full}, {50, 112, "and no longer."}};
  const auto [story, lines, markdown] = GENERATE_COPY(table<const char*, std::vector<Line>, std::string>({
      {"a heading",
       {{50, 136, "Your rights"}, {50, 160, "We sell nothing of it, and " + k_full}, {50, 172, "too."}},
       "## Your rights"},
      {"two are an address",
       {{50, 136, "Example Ltd"},
        {50, 160, "Main Street"},
        {50, 184, "We sell nothing of it, and " + k_full},
        {50, 196, "too."}},
       "Example Ltd\n\nMain Street"},
      {"a sentence is none",
       {{50, 136, "We sell nothing."}, {50, 160, "We have not, and " + k_full}, {50, 172, "too."}},
       "We sell nothing."},
  }));
  INFO(story);
  std::vector<Line> page = above;
  page.insert(page.end(), lines.begin(), lines.end());
  const std::string text = read({page}).markdown;
  INFO(text);
  CHECK(text.find("and no longer.\n\n" + markdown + "\n\nWe ") != std::string::npos);
}

TEST_CASE("what repeats on the pages goes") {
  struct Row {
    const char* story;
    std::vector<Line> first;
    std::vector<Line> second;
    std::string text;
  };
  const auto row = GENERATE(values<Row>({
      {"a header", {{50, 30, "Acme Ltd"}}, {{50, 30, "Acme Ltd"}}, ""},
      {"a page number that counts up", {{50, 760, "- 4 -"}}, {{50, 760, "- 5 -"}}, ""},
      {"a page number of pages", {{50, 760, "Page 1 of 2"}}, {{50, 760, "Page 2 of 2"}}, ""},
      {"Roman numbers", {{50, 760, "iv"}}, {{50, 760, "v"}}, ""},
      {"a number alone that is its page's", {}, {{50, 760, "2"}}, ""},
      {"which page of how many, on one", {}, {{50, 760, "Seite 2 von 2"}}, ""},
      {"not a page of more than there are", {}, {{50, 760, "Page 2 of 9"}}, "Page 2 of 9"},
      {"a first line below the tenth", {{50, 100, "Acme Ltd"}}, {{50, 100, "Acme Ltd"}}, ""},
      {"a last line above the tenth", {{50, 690, "Acme Ltd"}}, {{50, 690, "Acme Ltd"}}, ""},
      {"not a second line there",
       {{50, 90, "Acme Ltd"}, {50, 110, "Sharing"}},
       {{50, 90, "Acme Ltd"}, {50, 110, "Sharing"}},
       "Sharing Sharing"},
      {"not numbers that do not count up", {{50, 760, "Fee 3"}}, {{50, 760, "Fee 9"}}, "Fee 3 Fee 9"},
      {"not at another height", {{50, 30, "Acme Ltd"}}, {{50, 45, "Acme Ltd"}}, "Acme Ltd Acme Ltd"},
      {"not within the page", {{50, 300, "Acme Ltd"}}, {{50, 300, "Acme Ltd"}}, "Acme Ltd Acme Ltd"},
  }));
  INFO(row.story);
  const std::string body = "This is the text of a page, which is longer than what is above and below it.";
  std::vector<Line> first = row.first;
  first.push_back({50, 400, body});
  std::vector<Line> second = row.second;
  second.push_back({50, 400, body});
  PdfDocument document = parse_bbox_layout(layout({first, second}));
  drop_running_lines(document);
  std::string text;
  for (const PdfPage& page : document.pages) {
    for (const PdfLine& line : page.lines) {
      if (line.text != body) text += (text.empty() ? "" : " ") + line.text;
    }
  }
  CHECK(text == row.text);
}

TEST_CASE("a sentence goes on over a page's header") {
  const auto page = [](const std::string& rest) {
    return std::vector<Line>{{50, 90, "Acme Ltd Privacy Policy"}, {50, 120, k_full}, {50, 134, rest}};
  };
  const PdfText text = read({page("and as long as you are with"), page("us.")});
  CHECK(text.markdown == k_full + " and as long as you are with " + k_full + " us.");
}

TEST_CASE("pages that are nothing but what repeats keep it") {
  PdfDocument document = parse_bbox_layout(layout({{{50, 30, "Acme Ltd"}}, {{50, 30, "Acme Ltd"}}}));
  drop_running_lines(document);
  CHECK(document.pages[0].lines.size() == 1);
}

TEST_CASE("the title is the document's, not its file's") {
  const auto [own, title] = GENERATE(table<std::string, std::string>({
      {"Privacy Policy", "Privacy Policy"},
      {"", "PRIVACY"},
      {"untitled", "PRIVACY"},
      {"Policy final.DOCX", "PRIVACY"},
      {"Microsoft Word - policy", "PRIVACY"},
      {"Terms &amp; data", "Terms & data"},
  }));
  CHECK(read({{{50, 100, "PRIVACY"}, {50, 130, "We sell it."}}}, own).title == title);
}

TEST_CASE("pages without words are scanned") {
  const std::vector<Line> text = {{50, 100, "Text."}};
  CHECK(read({text, {}}).marks.empty());
  CHECK(read({text, {}, {}}).marks == std::vector{Mark::scanned});
  CHECK(read({}).marks.empty());
}

TEST_CASE("how the reading ended is marked") {
  const auto [end, mark, has_text] = GENERATE(table<PdfEnd, Mark, bool>({
      {PdfEnd::cut, Mark::too_large, true},
      {PdfEnd::no_reader, Mark::no_pdf_reader, false},
      {PdfEnd::encrypted, Mark::encrypted, false},
      {PdfEnd::damaged, Mark::damaged, true},
      {PdfEnd::timed_out, Mark::timed_out, false},
  }));
  const PdfText text = pdf_to_text({end, layout({{{50, 100, "Text."}}})});
  CHECK(text.marks == std::vector{mark});
  CHECK(text.markdown == (has_text ? "Text." : ""));
}

TEST_CASE("words of one line") {
  const auto [story, words, text] = GENERATE(table<const char*, std::string, std::string>({
      {"a new font in a word is no space",
       "<word xMin=\"0\" yMin=\"0\" xMax=\"20\" yMax=\"10\">Fruit</word>\n"
       "<word xMin=\"20.5\" yMin=\"0\" xMax=\"25\" yMax=\"10\">z</word>\n",
       "Fruitz"},
      {"letter-spaced type",
       "<word xMin=\"0\" yMin=\"0\" xMax=\"5\" yMax=\"10\">T</word>\n"
       "<word xMin=\"8\" yMin=\"0\" xMax=\"13\" yMax=\"10\">O</word>\n"
       "<word xMin=\"23\" yMin=\"0\" xMax=\"28\" yMax=\"10\">U</word>\n"
       "<word xMin=\"31\" yMin=\"0\" xMax=\"36\" yMax=\"10\">S</word>\n"
       "<word xMin=\"39\" yMin=\"0\" xMax=\"44\" yMax=\"10\">E</word>\n",
       "TO USE"},
      {"numbers that are none", "<word xMin=\"nan\" yMin=\"1e999\" xMax=\"\">word</word>\n", "word"},
      {"escapes", "<word xMin=\"0\">&lt;b&gt;&amp;amp;&x;</word>\n", "<b>&amp;&x;"},
      {"cut within a word", "<word xMin=\"0\">whole</word>\n<word xMin=\"30\">ha", "whole"},
  }));
  INFO(story);
  const PdfDocument document =
      parse_bbox_layout("<page width=\"600\" height=\"800\">\n<block>\n<line xMin=\"0\">\n" + words);
  REQUIRE(document.pages.size() == 1);
  REQUIRE(document.pages[0].lines.size() == 1);
  CHECK(document.pages[0].lines[0].text == text);
}

TEST_CASE("any bytes from pdftotext give some text in time") {
  const auto hostile = GENERATE(values<std::string>({
      "\xFF\xFE<page>\n<line>\n<word>\xED\xA0\x80</word>\n",
      "<word xMin=\"0\">before any page</word>\n",
      layout({std::vector<Line>(50'000, Line{50, 100, "•"})}),
      layout({std::vector<Line>(50'000, Line{50, 790, "7"})}),
      layout({many_cells(50'000)}),
      layout(std::vector<std::vector<Line>>(50'000, {Line{50, 790, "a"}})),
      layout({{{0, 0, std::string(1'000'000, '-')}, {0, 12, std::string(1'000'000, '(')}}}),
  }));
  CHECK(pdf_to_text({PdfEnd::damaged, hostile}).markdown.size() <= hostile.size());
}

}  // namespace winnow
