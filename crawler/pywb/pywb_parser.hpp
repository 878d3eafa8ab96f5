// Rows out of the JSON lines that pywb's index sends.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "crawler/index_parser.hpp"

namespace winnow {

/// Lines of one JSON object each, in the form that pywb 2.x writes for `output=json`:
///   {"urlkey": "com,soompi)/privacy", "timestamp": "20110521195625", "url": "http://www.soompi.com/privacy",
///    "mime": "text/html", "status": "200", "digest": "V22RGWC6PPUPWGAAEUQLY3YJ6LAJWWZF", "length": "8912"}
/// Other fields are passed over, missing ones are no values. There is no resume key.
///
/// The urlkey is made anew from the URL: pywb's own differs in details from web.archive.org's, and captures
/// of one page from several archives belong together. Rows that pywb made up by its fuzzy rules (`is_fuzzy`)
/// and answers to other methods than GET (`method`, or `__wb_method=` in the urlkey) are skipped.
class PywbParser final : public LineParser {
public:
  explicit PywbParser(OnRows on_rows, std::size_t batch = 1000);

  /// What is taken of such an object.
  struct Row {
    std::string urlkey, timestamp, url, mime, status, digest, length, is_fuzzy, method;
  };

private:
  void take_line(std::string_view line) override;

  Row m_row;  // of the line being read
  std::string m_urlkey;
};

}  // namespace winnow
