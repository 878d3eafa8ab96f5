#include "extract/page_pointers.hpp"

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("where a page says that it is, and where it has gone") {
  const struct {
    const char* story;
    const char* html;
    const char* canonical;
    const char* refresh;
  } k_rows[] = {
      {"none", "<p>text", "", ""},
      {"relative", "<link rel=canonical href='/privacy'>", "http://a.example/privacy", ""},
      {"one word of several", "<link href=x rel='Canonical alternate'>", "http://a.example/old/x", ""},
      {"the first", "<link rel=canonical href=a><link rel=canonical href=b>", "http://a.example/old/a", ""},
      {"against the base", "<base href='https://b.example/&amp;/'><link rel=canonical href='p?a&amp;b'>",
       "https://b.example/&/p?a&b", ""},
      {"rewritten by an archive",
       "<link rel=canonical href='https://web.archive.org/web/2011id_/http://a.example/p'>",
       "http://a.example/p", ""},
      {"no place", "<link rel=canonical href='javascript:x'>", "", ""},
      {"in a script", "<script>'<link rel=canonical href=a>'</script>", "", ""},
      {"moved", "<meta http-equiv=Refresh content=\"0; URL='/about/privacy'\">", "",
       "http://a.example/about/privacy"},
      {"moved, written short", "<meta http-equiv=refresh content='5;new.html'>", "",
       "http://a.example/old/new.html"},
      {"comma, quotes decoded", "<meta http-equiv=refresh content='10, url=&quot;x&quot;'>", "",
       "http://a.example/old/x"},
      {"reloads itself", "<meta http-equiv=refresh content=5>", "", ""},
      {"a slide show", "<meta http-equiv=refresh content='60; url=/next'>", "", ""},
  };
  for (const auto& row : k_rows) {
    INFO(row.story);
    const PagePointers found = page_pointers(row.html, {.url = "http://a.example/old/privacy.html"});
    CHECK(found.canonical == row.canonical);
    CHECK(found.refresh == row.refresh);
  }
  CHECK(
      page_pointers("%PDF-1.4 <link rel=canonical href=a>", {.url = "http://a.example/"}).canonical.empty());
}
