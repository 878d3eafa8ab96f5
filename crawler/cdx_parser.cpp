#include "crawler/cdx_parser.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

namespace winnow {

namespace {

std::string_view cut_front(std::string_view& line) {
  if (line.empty()) return {};
  const auto* const blank = static_cast<const char*>(std::memchr(line.data(), ' ', line.size()));
  const std::size_t size = blank == nullptr ? line.size() : static_cast<std::size_t>(blank - line.data());
  const auto field = line.substr(0, size);
  line.remove_prefix(std::min(line.size(), size + 1));
  return field;
}

std::string_view cut_back(std::string_view& line) {
  if (line.empty()) return {};
  const auto* const blank = static_cast<const char*>(::memrchr(line.data(), ' ', line.size()));
  if (blank == nullptr) return std::exchange(line, {});
  const auto begin = static_cast<std::size_t>(blank - line.data());
  const auto field = line.substr(begin + 1);
  line = line.substr(0, begin);
  return field;
}

/// Four fields from the back, two from the front: what remains is the original, whatever blanks it has.
CdxFields split(std::string_view line) {
  CdxFields fields;
  fields.urlkey = cut_front(line);
  fields.timestamp = cut_front(line);
  fields.length = cut_back(line);
  fields.digest = cut_back(line);
  fields.statuscode = cut_back(line);
  fields.mimetype = cut_back(line);
  fields.original = line;
  fields.spaced = line.find(' ') != std::string_view::npos;
  return fields;
}

}  // namespace

CdxParser::CdxParser(OnRows on_rows, std::size_t batch) : LineParser(std::move(on_rows), batch) {}

void CdxParser::take_line(std::string_view line) {
  if (line.empty()) {
    m_key_follows = true;
  } else if (m_key_follows && line.find(' ') == std::string_view::npos && line.front() != '<') {
    m_further.assign(1, std::string(line));
    m_key_follows = false;
  } else if (line != "[]") {  // no captures, as JSON says it
    m_key_follows = false;
    take_row(split(line), line);
  }
}

}  // namespace winnow
