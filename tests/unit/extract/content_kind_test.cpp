// What is a page, what a PDF, and what neither.
#include "extract/content_kind.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "tests/support/noise.hpp"

namespace winnow {
namespace {

using namespace std::string_literals;
using test::noise;

const std::string k_pdf = "%PDF-1.4\n1 0 obj\n<< >>\nendobj\n%%EOF\n";
const std::string k_words = "We collect what you give us, and keep it for ten years. ";

}  // namespace

TEST_CASE("bodies are told apart") {
  struct Row {
    const char* story;
    std::string bytes;
    std::string content_type;
    ContentKind kind;
  };
  const auto row = GENERATE(values<Row>({
      {"a PDF", k_pdf, "text/html", ContentKind::pdf},
      {"a PDF behind a line end", '\n' + k_pdf, "", ContentKind::pdf},
      {"a PDF behind the head of its response", "HTTP/1.1 200 OK\r\n\r\n" + k_pdf, "", ContentKind::pdf},
      {"a PDF behind a warning of its server", "<b>Warning</b>: x\n" + k_pdf, "application/pdf",
       ContentKind::pdf},
      {"a page about PDFs", "<p>It begins with " + k_pdf, "", ContentKind::html},
      {"an error page sent as PDF", "<p>Not found", "application/pdf", ContentKind::html},
      {"a text about PDFs", "A file begins with %PDF-1.4", "text/plain", ContentKind::plain_text},
      {"bzip2", "BZh91AY&SY" + noise(50), "", ContentKind::other},
      {"xz", "\xFD\x37zXZ\0"s + noise(50), "", ContentKind::other},
      {"Zstandard", "\x28\xB5\x2F\xFD" + noise(50), "", ContentKind::other},
      {"a program",
       "\x7F"
       "ELF\2\1\1",
       "", ContentKind::other},
      {"what no one knows", noise(5000), "", ContentKind::other},
      {"the same as a page", noise(5000), "text/html; charset=utf-8", ContentKind::other},
      {"a little of it", noise(200), "", ContentKind::other},
      {"a page with NULs and stray controls", "<p>" + k_words + "\0\0\x01\x0B\x1F"s + k_words + k_words, "",
       ContentKind::html},
      {"a short page with many", "<b>\0\0\0\0\0\0\0\0\0\0</b>"s, "", ContentKind::html},
      {"UTF-16 without a mark", "<\0p\0>\0W\0e\0 \0k\0e\0e\0p\0"s, "", ContentKind::html},
      {"UTF-16 with one, in Russian", "\xFF\xFE\x1F\x04\x3E\x04\x3B\x04\x38\x04"s, "",
       ContentKind::plain_text},
      {"Korean in seven bits",
       "<p>\x1B$)C\x0E"
       "03@N\x0F \x0E"
       "03@N\x0F </p>",
       "", ContentKind::html},
      {"Japanese in seven bits", "<p>\x1B$B%W\x1B(B \x1B$B%W\x1B(B</p>", "", ContentKind::html},
      {"a page that is damaged behind its beginning", "<html>" + noise(2000), "", ContentKind::html},
      {"text of no type", k_words + "\n\n" + k_words, "", ContentKind::plain_text},
      {"less than", "if 1 < 2 & 3 <= 4, then <3", "", ContentKind::plain_text},
      {"text said to be HTML", k_words, "text/html", ContentKind::html},
      {"a tag", k_words + "<br>" + k_words, "", ContentKind::html},
      {"a character reference", "Q&amp;A", "", ContentKind::html},
      {"a number of one", "caf&#233;", "", ContentKind::html},
  }));
  INFO(row.story);
  CHECK(content_kind(row.bytes, row.content_type) == row.kind);
}

}  // namespace winnow
