// Extraction for tests: markup in, Markdown out.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "extract/extract.hpp"

namespace winnow::test {

inline Text extracted(std::string_view html, const std::string& url = {},
                      const std::string& content_type = {}) {
  return extract(html, {url, content_type});
}

/// Of a UTF-8 body at http://example.org/legal/privacy.
inline std::string markdown_of(std::string_view body) {
  const std::string html = "<!doctype html><meta charset=utf-8><body>" + std::string(body);
  return extracted(html, "http://example.org/legal/privacy").markdown;
}

inline bool keeps(const std::string& markdown, std::string_view words) {
  return markdown.find(words) != std::string::npos;
}

inline std::string fixture(const std::string& name) {
  std::ifstream in(std::string(WINNOW_TEST_DATA) + "/extract/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Prose of some length, so that a page has content that furniture can be told from.
inline const std::string k_prose =
    "<p>We collect the name and the postal address that you give us when you order, and we keep them for as "
    "long "
    "as the law on commerce demands it of us, which is ten years.</p>"
    "<p>Nobody outside of this company is told what you ordered, nor when, nor what it cost, unless a court "
    "orders us to tell, in which case we tell you too.</p>";

}  // namespace winnow::test
