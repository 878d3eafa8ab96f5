// The canonicalisation and SURT form of web.archive.org's index. It has to agree with the archive's letter by
// letter where rows are compared, and only with itself where winnow keys WARC files and redirect targets.
#include <algorithm>
#include <array>
#include <vector>

#include "model/headers.hpp"
#include "model/url.hpp"

namespace winnow {
namespace {

/// Percent escapes undone until nothing changes ("%2541" -> "A"), as GoogleURLCanonicalizer does. Bounded:
/// each round shortens the text.
std::string unescape_fully(std::string text) {
  for (;;) {
    std::string once = unquote(text);
    if (once.size() == text.size()) return once;
    text = std::move(once);
  }
}

/// The minimal escaping of the same: control characters, space, non-ASCII, '#' and '%'; lower-case hex.
std::string escape_minimally(std::string_view text) {
  constexpr std::string_view k_hex = "0123456789abcdef";
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7f || c == '#' || c == '%') {
      escaped += '%';
      escaped += k_hex[byte >> 4U];
      escaped += k_hex[byte & 15U];
    } else {
      escaped += c;
    }
  }
  return escaped;
}

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// `;jsessionid=32 hex[.node]` and ASP.NET's `/(s(24 letters))/` in a path.
void strip_path_session_ids(std::string& path) {
  if (const auto at = path.find(";jsessionid="); at != std::string::npos) path.erase(at);
  if (const auto open = path.find("/("); open != std::string::npos) {
    const auto close = path.find(")/", open);
    if (close != std::string::npos && close - open >= 24 && path.find('/', open + 1) > close) {
      path.erase(open, close + 1 - open);
    }
  }
}

bool is_session_parameter(std::string_view parameter) {
  const auto equals = parameter.find('=');
  if (equals == std::string_view::npos) return false;
  const auto name = parameter.substr(0, equals);
  const auto value = parameter.substr(equals + 1);
  constexpr std::array<std::string_view, 4> k_names = {"jsessionid", "phpsessid", "sid", "sessid"};
  if (std::find(k_names.begin(), k_names.end(), name) != k_names.end())
    return value.size() == 32 && is_hex(value);
  return name.starts_with("aspsessionid") || name == "cfid" || name == "cftoken";
}

std::string sorted_query(std::string_view query) {
  std::vector<std::string_view> parameters;
  std::size_t at = 0;
  while (at <= query.size()) {
    const auto end = std::min(query.find('&', at), query.size());
    const auto parameter = query.substr(at, end - at);
    if (!is_session_parameter(parameter)) parameters.push_back(parameter);
    at = end + 1;
  }
  std::sort(parameters.begin(), parameters.end());
  std::string sorted;
  for (const auto parameter : parameters) {
    if (!sorted.empty()) sorted += '&';
    sorted += parameter;
  }
  return sorted;
}

/// "www.", "www2." and so on.
std::string_view without_www(std::string_view host) {
  if (!host.starts_with("www")) return host;
  const auto dot = host.find_first_not_of("0123456789", 3);
  return dot != std::string_view::npos && host[dot] == '.' && dot + 1 < host.size() ? host.substr(dot + 1)
                                                                                    : host;
}

std::string reversed_host(std::string_view host) {
  if (host.starts_with('[')) return std::string(host);
  std::string reversed;
  reversed.reserve(host.size());
  while (!host.empty()) {
    const auto dot = host.rfind('.');
    if (!reversed.empty()) reversed += ',';
    reversed += dot == std::string_view::npos ? host : host.substr(dot + 1);
    host = dot == std::string_view::npos ? std::string_view() : host.substr(0, dot);
  }
  return reversed;
}

std::string canonical_path(std::string_view path) {
  std::string plain = unescape_fully(std::string(path));
  std::vector<std::string_view> segments;
  std::string_view rest = plain;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('/'), rest.size());
    const auto segment = rest.substr(0, end);
    if (segment == "..") {
      if (!segments.empty()) segments.pop_back();
    } else if (!segment.empty() && segment != ".") {
      segments.push_back(segment);
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  std::string joined;
  for (const auto segment : segments) {
    joined += '/';
    joined += segment;
  }
  std::string canonical = ascii_lower(escape_minimally(joined));
  strip_path_session_ids(canonical);
  while (canonical.ends_with('/'))
    canonical.pop_back();
  return canonical.empty() ? "/" : canonical;
}

}  // namespace

std::string urlkey(std::string_view text) {
  auto url = Url::parse(text);
  if (text.find("://") == std::string_view::npos && (!url || url->scheme.find('.') != std::string::npos)) {
    url = Url::parse("http://" +
                     std::string(text));  // "soompi.com/privacy", "soompi.com:80/", as people write it
  }
  if (!url || !url->is_http()) return ascii_lower(trim(text));
  std::string host = unescape_fully(url->host);
  while (host.ends_with('.'))
    host.pop_back();
  std::string key = reversed_host(without_www(ascii_lower(host)));
  const bool default_port = url->port.empty() || (url->scheme == "http" && url->port == "80") ||
                            (url->scheme == "https" && url->port == "443");
  if (!default_port) key += ":" + url->port;
  key += ")";
  key += canonical_path(url->path);
  if (url->query) {
    const auto query = sorted_query(ascii_lower(escape_minimally(unescape_fully(*url->query))));
    if (!query.empty()) key += "?" + query;
  }
  return key;
}

std::string urlkey_host(std::string_view key) {
  auto host = key.substr(0, key.find(')'));
  if (host.starts_with('[')) return std::string(host.substr(0, host.find(']') + 1));
  host = host.substr(0, host.find(':'));
  std::string straight;
  straight.reserve(host.size());
  while (!host.empty()) {
    const auto comma = host.rfind(',');
    if (!straight.empty()) straight += '.';
    straight += comma == std::string_view::npos ? host : host.substr(comma + 1);
    host = comma == std::string_view::npos ? std::string_view() : host.substr(0, comma);
  }
  return straight;
}

}  // namespace winnow
