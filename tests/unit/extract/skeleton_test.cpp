#include "extract/skeleton.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "extract/page_tree.hpp"

using namespace winnow;

namespace {

/// Tags and texts in document order, as the parser saw them.
std::string outline(std::string_view html) {
  const PageTree tree(html);
  std::string out;
  for (NodeIndex i = 0; i < tree.size(); ++i) {
    if (tree[i].tag == k_text_node) {
      out += fmt::format("\"{}\"", tree[i].text);
    } else {
      out += fmt::format("{}@{} ", gumbo_normalized_tagname(tree[i].tag), tree[i].parent);
    }
  }
  return out;
}

/// The same page with each letter of its texts as a reference: nothing of it can be left out.
std::string by_references(std::string_view html) {
  std::string out;
  bool in_tag = false;
  for (std::size_t i = 0; i < html.size(); ++i) {
    const char c = html[i];
    in_tag = (in_tag || c == '<') && c != '>';
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    out += letter && !in_tag ? fmt::format("&#{};", static_cast<int>(c)) : std::string(1, c);
  }
  return out;
}

}  // namespace

TEST_CASE("the tree is the same with texts left out of the parser's sight") {
  const std::string html =
      GENERATE("<p>We collect your data and sell it.</p>",
               "  We collect your data <b>and sell</b> it to anyone who asks",
               "<title>Privacy policy of the site</title><p>We collect your data.",
               "<table>stray text in a table<tr>and in a row<td>a cell that says something</table>",
               "<table>   <tr>   <td>some words in a cell</table>",
               "<ul>words before any item<li>the first of two items<li>x</ul>",
               "<select><option>an option to choose<option>another option</select>",
               "<pre>\n\n  code that is long enough\n</pre>after the code there is text",
               "<textarea>\na text that somebody wrote</textarea>behind the field are words",
               "<p><b><i>misnested formatting here</b> goes on and on</i> to the end",
               "<html>before any body there is text<head><title>x</title></head><body>text of the body",
               "<frameset><frame>textinaframesetislost</frameset>",
               "<p>one long text<br>another long text<hr>and a third");
  INFO(html);
  CHECK(outline(html) == outline(by_references(html)));
}

TEST_CASE("character references stay whole") {
  const auto [html, text] = GENERATE(table<std::string, std::string>({
      {"<p>AT&amp;T and its many subsidiaries", "AT&T and its many subsidiaries"},
      {"<p>Copyright &copy2020 by the company", "Copyright \u00A92020 by the company"},
      {"<p>we&rsquo;re happy that you&#8217;re here", "we\u2019re happy that you\u2019re here"},
      {"<p>this & that and something else", "this & that and something else"},
      {"<p>terms &notit; conditions of use", "terms \u00ACit; conditions of use"},
  }));
  CHECK(PageTree(html).text_of(0) == text);
}

// Each would be as long as a text of the page, for a few bytes.
TEST_CASE("no page can write a mark") {
  const std::string mark = "\U0010FFFD";
  const std::string written = GENERATE("&#x10FFFD;", "&#X10fffd", "&#1114109;", "&#0001114109", "\U0010FFFD");
  const std::string around =
      GENERATE("<p>{}", "<pre>{}</pre>", "<title>{}</title>", "<textarea>{}</textarea>");
  const std::string text = "a text that is long enough";
  const std::string html = "<p>" + text + fmt::format(fmt::runtime(around), written + "." + written + "b.");
  INFO(html);
  const std::string all = PageTree(html).text_of(0);
  CHECK(all.find(text) == all.rfind(text));
  CHECK(all.size() < 2 * text.size() + 2 * mark.size());
}
