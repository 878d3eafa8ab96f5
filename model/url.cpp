#include "model/url.hpp"

#include <algorithm>
#include <vector>

#include <libpsl.h>

#include "model/ascii.hpp"
#include "model/headers.hpp"
#include "model/percent_encoding.hpp"

namespace winnow {
namespace {

/// What browsers do before they parse: trim, and drop tabs and line ends wherever they stand.
std::string tidy(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
    text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
    text.remove_suffix(1);
  std::string tidied;
  tidied.reserve(text.size());
  std::copy_if(text.begin(), text.end(), std::back_inserter(tidied),
               [](char c) { return c != '\t' && c != '\r' && c != '\n'; });
  return tidied;
}

/// Length of a leading scheme without its colon (RFC 3986 §3.1); 0 when there is none.
std::size_t scheme_length(std::string_view text) {
  if (text.empty() || !is_letter(text.front())) return 0;
  const auto end = std::find_if_not(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) || c == '+' || c == '-' || c == '.';
  });
  return end != text.end() && *end == ':' ? static_cast<std::size_t>(end - text.begin()) : 0;
}

void slash_the_backslashes(std::string& text) {
  std::replace(text.begin(),
               text.begin() + static_cast<std::ptrdiff_t>(std::min(text.find_first_of("?#"), text.size())),
               '\\', '/');
}

void parse_authority(Url& url, std::string_view authority) {
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    url.userinfo = authority.substr(0, at);
    authority.remove_prefix(at + 1);
  }
  const auto bracket = authority.rfind(']');
  const auto colon = authority.rfind(':');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    url.port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  url.host = ascii_lower(authority);
}

/// Splits what follows the authority into path, query and fragment.
void parse_rest(Url& url, std::string_view rest) {
  if (const auto hash = rest.find('#'); hash != std::string_view::npos) {
    url.fragment = rest.substr(hash + 1);
    rest = rest.substr(0, hash);
  }
  if (const auto mark = rest.find('?'); mark != std::string_view::npos) {
    url.query = rest.substr(mark + 1);
    rest = rest.substr(0, mark);
  }
  url.path = rest;
}

/// RFC 3986 §5.2.4
std::string remove_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  bool ends_in_directory = false;
  std::size_t at = path.starts_with('/') ? 1 : 0;
  while (at <= path.size()) {
    const auto end = std::min(path.find('/', at), path.size());
    const auto segment = path.substr(at, end - at);
    const bool last = end == path.size();
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
      ends_in_directory = last;
    } else if (segment == ".") {
      ends_in_directory = last;
    } else {
      kept.push_back(segment);
      ends_in_directory = false;
    }
    at = end + 1;
  }
  std::string result;
  for (const auto segment : kept) {
    result += '/';
    result += segment;
  }
  if (ends_in_directory || result.empty()) result += '/';
  return result;
}

bool is_unreserved(char c) {
  return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-' || c == '~';
}

}  // namespace

std::optional<Url> Url::parse(std::string_view text) {
  std::string tidied = tidy(text);
  const auto length = scheme_length(tidied);
  if (length == 0) return {};
  Url url;
  url.scheme = ascii_lower(std::string_view(tidied).substr(0, length));
  tidied.erase(0, length + 1);
  if (url.is_http()) slash_the_backslashes(tidied);
  std::string_view rest = tidied;
  if (rest.starts_with("//")) {
    rest.remove_prefix(2);
    const auto end = std::min(rest.find_first_of("/?#"), rest.size());
    parse_authority(url, rest.substr(0, end));
    rest.remove_prefix(end);
  } else if (url.is_http()) {
    return {};
  }
  parse_rest(url, rest);
  if (url.is_http()) {
    if (url.host.empty()) return {};
    if (url.path.empty()) url.path = "/";
  }
  return url;
}

std::string Url::str() const {
  std::string text = scheme + ":";
  // A path that begins with "//" would be read as a host (RFC 3986 §3.3).
  if (!host.empty() || is_http() || !userinfo.empty() || !port.empty() || path.starts_with("//")) {
    text += "//";
    if (!userinfo.empty()) text += userinfo + "@";
    text += host;
    if (!port.empty()) text += ":" + port;
  }
  text += path;
  if (query) text += "?" + *query;
  if (fragment) text += "#" + *fragment;
  return text;
}

std::string resolve_url(const Url& base, std::string_view reference) {
  std::string tidied = tidy(reference);
  if (const auto length = scheme_length(tidied); length > 0) {
    const auto scheme = ascii_lower(std::string_view(tidied).substr(0, length));
    // "http:page.html" is relative for browsers when the scheme is the base's own (RFC 3986 §5.2.2,
    // non-strict).
    const bool own_scheme_relative = scheme == base.scheme && base.is_http() &&
                                     std::string_view(tidied).substr(length + 1).find_first_of("/\\") != 0;
    if (!own_scheme_relative) {
      const auto url = Url::parse(tidied);
      return url ? url->str() : tidied;
    }
    tidied.erase(0, length + 1);
  }
  if (base.is_http()) slash_the_backslashes(tidied);
  Url target;
  target.scheme = base.scheme;
  if (tidied.starts_with("//")) {
    const auto url = Url::parse(base.scheme + ":" + tidied);
    return url ? url->str() : tidied;
  }
  target.userinfo = base.userinfo;
  target.host = base.host;
  target.port = base.port;
  parse_rest(target, tidied);
  if (target.path.empty()) {
    target.path = base.path;
    if (!target.query) target.query = base.query;
  } else if (target.path.starts_with('/')) {
    target.path = remove_dot_segments(target.path);
  } else {
    const auto directory = base.path.substr(0, base.path.rfind('/') + 1);
    target.path = remove_dot_segments(directory + target.path);
  }
  return target.str();
}

std::string registrable_domain(std::string_view host) {
  std::string name = ascii_lower(host);
  while (name.ends_with('.'))
    name.pop_back();
  const bool is_address = name.starts_with('[') || std::all_of(name.begin(), name.end(), [](char c) {
                            return is_digit(c) || c == '.';
                          });
  if (is_address) return name;
  const char* domain = psl_registrable_domain(psl_builtin(), name.c_str());
  return domain != nullptr ? domain : name;
}

std::string site_of_url(std::string_view url) {
  const auto parsed = Url::parse(url);
  return parsed ? registrable_domain(parsed->host) : std::string();
}

std::string quote(std::string_view url) {
  return percent_encode_unless(url, [](char c) { return is_unreserved(c) || c == '/'; });
}

std::string unquote(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      result += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::string quote_query_value(std::string_view text) {
  return percent_encode_unless(text, is_unreserved);
}

std::string escape_for_request(std::string_view url) {
  return percent_encode_unless(url, [](char c) { return c > ' ' && c < '\x7f' && c != '#'; });
}

}  // namespace winnow
