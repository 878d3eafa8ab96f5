#include "formats/warc_http.hpp"

#include <algorithm>
#include <charconv>

#include "model/content_encoding.hpp"

namespace winnow {
namespace {

// A head of a million fields, or of megabytes, is an attack: it would be kept with each capture. The rest is
// read over.
constexpr std::size_t k_most_fields = 1000;
constexpr std::size_t k_most_bytes = std::size_t{256} << 10U;

/// The line at `position`, without its line end; `position` moves behind it.
std::string_view take_line(std::string_view text, std::size_t& position) {
  const std::size_t feed = std::min(text.find('\n', position), text.size());
  std::string_view line = text.substr(position, feed - position);
  position = std::min(feed + 1, text.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// The first word of three digits after the protocol's name: the version and the reason are not relied on.
std::optional<int> parse_status(std::string_view line) {
  std::size_t at = line.find_first_of(" \t");
  while (at < line.size()) {
    const std::size_t begin = line.find_first_not_of(" \t", at);
    if (begin == std::string_view::npos) break;
    at = std::min(line.find_first_of(" \t", begin), line.size());
    const std::string_view word = line.substr(begin, at - begin);
    int status = 0;
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), status);
    if (word.size() == 3 && failure == std::errc{} && end == word.data() + 3 && status >= 100) return status;
  }
  return std::nullopt;
}

HttpResponse parse_head(std::string_view block, std::size_t position) {
  HttpResponse response;
  response.status = parse_status(take_line(block, position));
  std::string pending;
  std::size_t kept = 0;
  const auto keep = [&] {
    kept += pending.size();
    if (kept <= k_most_bytes && response.headers.fields().size() < k_most_fields)
      response.headers.add_line(pending);
    pending.clear();
  };
  while (position < block.size()) {
    const std::string_view line = take_line(block, position);
    const bool folded = !line.empty() && (line.front() == ' ' || line.front() == '\t');
    if (folded && !pending.empty()) {  // RFC 9112 §5.2: obsolete line folding
      pending += ' ';
      pending += trim(line);
      continue;
    }
    if (!pending.empty()) keep();
    if (line.empty()) break;
    pending = line;
  }
  if (!pending.empty()) keep();
  response.body_offset = position;
  return response;
}

bool begins_response(std::string_view block) {
  return iequals(block.substr(0, 4), "HTTP") || block.starts_with("ICY ");
}

}  // namespace

std::optional<HttpResponse> parse_http_response(std::string_view block) {
  if (!begins_response(block)) return std::nullopt;
  HttpResponse response = parse_head(block, 0);
  while (response.status && *response.status < 200 && begins_response(block.substr(response.body_offset))) {
    response = parse_head(block, response.body_offset);
  }
  return response;
}

std::string stored_body(std::string block, const HttpResponse& response, std::size_t limit) {
  block.erase(0, response.body_offset);
  for (const std::string_view coding : response.headers.all("Transfer-Encoding")) {
    if (ascii_lower(coding).find("chunked") == std::string::npos) continue;
    Decoded decoded = decode_chunked(std::move(block), limit);
    return std::move(decoded.body);
  }
  return block;
}

}  // namespace winnow
