#include <chrono>
#include <string>

#include <catch2/catch.hpp>

#include "extract/fingerprint.hpp"
#include "markdown_of.hpp"

using namespace winnow;

namespace {

std::string times(int count, std::string_view text) {
  std::string all;
  for (int i = 0; i < count; ++i)
    all += text;
  return all;
}

struct Attack {
  std::string name;
  std::string html;
};

}  // namespace

// Each of these took gumbo or a naive writer from ten seconds to hours. Under sanitizers and on a busy
// machine they still end within the limit; without the guard none does.
TEST_CASE("hostile pages end in bounded time, with their text") {
  const int n = 100'000;
  const auto attack = GENERATE_COPY(values<Attack>({
      {"div", times(n, "<div>x")},
      {"b", times(n, "<b>x")},
      {"a", times(n, "<a href=x>y")},
      {"a div", times(n, "<a href=x><div>y")},
      {"b div", times(n, "<b><div></b>x")},
      {"table", times(n, "<table><tr><td>x")},
      {"table closed in vain", times(n, "<div><table><tr><td></div>x")},
      {"font", times(n, "<p><font color=red class=c>x")},
      {"span div", times(n, "<span><div></span>x")},
      {"unknown", times(n, "<xa></xb>x")},
      {"form", times(n, "<form><div></form>x")},
      {"ul", times(n, "<ul>x")},
      {"li", times(n, "<ul><li>x")},
      {"svg", times(n, "<svg>") + "<p>x"},
      {"template", times(n, "<template>") + "x"},
      {"closed in vain", times(500, "<div>") + times(n, "</span></p>") + "x"},
      {"less than", times(1'000'000, "<")},
      {"comments", times(n, "<!--") + "-->x"},
      {"attributes", "<p " + times(n, "class=c ") + times(n, "a") + ">x"},
      {"brackets", times(n, "[") + times(n, "](")},
      {"reversed", times(n, "<bdo dir=rtl>x")},
      {"style", "<style>" + times(n, "{bidi-override") + "</style>x"},
      {"menus with titles",
       test::k_prose + times(n / 2, "<h2>x</h2><ul><li><a href=/a>b</a><li><a href=/a>b</a></ul>")},
      {"choices", test::k_prose + times(n, "<div><button>Accept</button><button>Refuse</button></div>")},
      {"dialogs", test::k_prose + times(n, "<div class=x-modal><p>x</div>")},
      {"closed panels", "<h3>x</h3>" + times(n, "<div hidden><p>x</div>")},
      {"margins", times(400, "<blockquote>") + times(n, "<p>x")},
      {"counted", times(n, "<p>1. x<p>2. x")},
      {"bullets", "<p>" + times(n, "\u2022 x<br>")},
      {"cells", "<table><tr><th>h<th>i" + times(n / 10, "<tr><td colspan=1000 rowspan=1000>x<td>y")},
  }));
  INFO(attack.name);
  const auto start = std::chrono::steady_clock::now();
  const Text text = test::extracted(attack.html);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  CHECK(took.count() < 30);
  CHECK(text.word_count > 0);
}

// Markdown comes from others as well (the Princeton-Leuven corpus). Quadratic, the first took 103 s for
// 80,000.
TEST_CASE("hostile Markdown gives its words in bounded time") {
  const int n = 1'000'000;
  const auto markdown = GENERATE_COPY(values<std::string>({
      times(n, "<http://"),
      times(n, "[x](a "),
      "[x](a \"" + times(n, " x"),
      times(n, "<!--"),
      times(n, "[") + times(n, "]("),
  }));
  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(visible_words(markdown).empty());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  CHECK(took.count() < 30);
}

TEST_CASE("links do not multiply a page") {
  const std::string base = "<base href='http://b.org/" + std::string(8000, 'a') + "/'>";
  const Text text = test::extracted(base + times(5000, "<a href=x>word </a>"), "http://a.org/");
  CHECK(text.word_count == 5000);
  CHECK(text.markdown.size() < 5000 * std::string("word ").size());
}

TEST_CASE("links within the limit do not multiply a page either") {
  const std::string url = "http://b.org/" + std::string(2000, 'a') + '/';
  const auto html = GENERATE_COPY(values<std::string>({
      "<base href='" + url + "'>" + times(20'000, "<a href=x>word</a> "),
      "<a href='" + url + "'>" + times(20'000, "<p>word"),
  }));
  const Text text = test::extracted(html, "http://a.org/");
  CHECK(text.word_count == 20'000);
  CHECK(text.markdown.starts_with("[word](" + url));
  CHECK(text.markdown.ends_with("word"));
  CHECK(text.markdown.size() < 5'000'000);
}

TEST_CASE("formatting elements that are never closed do not multiply") {
  std::string html;
  for (int i = 0; i < 2000; ++i)
    html += "<p><b id=" + std::to_string(i) + ">x ";
  const Text text = test::extracted(html);
  CHECK(text.word_count == 2000);
  CHECK(text.markdown.size() < html.size());
}

// A parsed `<p>x` takes 150 times its four bytes.
TEST_CASE("elements beyond what a page's size allows are flattened; their words stay") {
  const Text real = test::extracted(times(12'000, "<p>word"));
  CHECK(real.word_count == 12'000);
  CHECK_FALSE(has_mark(real, Mark::too_deep));
  const Text dense = test::extracted(times(100'000, "<p>x"));
  CHECK(dense.word_count == 100'000);
  CHECK(has_mark(dense, Mark::too_deep));
  // An end tag without a beginning makes an element as well.
  const Text ends = test::extracted(times(100'000, "x</p>"));
  CHECK(ends.word_count == 100'000);
  CHECK(has_mark(ends, Mark::too_deep));
}

TEST_CASE("a page is cut at 32 MiB, and says so") {
  std::string html = "<p>begin</p>";
  html.resize(std::size_t{33} * 1024 * 1024, ' ');
  html += "<p>end</p>";
  const Text text = test::extracted(html);
  CHECK(text.markdown == "begin");
  CHECK(has_mark(text, Mark::too_large));
}
