#include "serve/cdx_query.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "model/url.hpp"

namespace winnow::serve {
namespace {

/// Thrown within parsing only: what() is the answer's text.
struct BadQuery {
  std::string what;
};

enum class Match { exact, prefix, host, domain };

template <class Number>
Number number(std::string_view name, std::string_view text) {
  Number value{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size()) {
    throw BadQuery{fmt::format("{}={} is no number", name, text)};
  }
  return value;
}

CdxField field(std::string_view name) {
  const auto* found = std::find(k_cdx_fields.begin(), k_cdx_fields.end(), name);
  if (found == k_cdx_fields.end()) throw BadQuery{fmt::format("no field is called {}", name)};
  return static_cast<CdxField>(found - k_cdx_fields.begin());
}

Match match_type(std::string_view name) {
  if (name == "exact") return Match::exact;
  if (name == "prefix") return Match::prefix;
  if (name == "host") return Match::host;
  if (name == "domain") return Match::domain;
  throw BadQuery{fmt::format("matchType={} is none of exact, prefix, host, domain", name)};
}

Timestamp date(std::string_view name, std::string_view text, Timestamp::Round round) {
  const bool digits = text.find_first_not_of("0123456789") == std::string_view::npos;
  const auto parsed = digits ? Timestamp::parse_partial(text, round) : std::nullopt;
  if (!parsed) throw BadQuery{fmt::format("{}={} is no date of 1 to 14 digits", name, text)};
  return *parsed;
}

/// `[!]field:regex`
CdxFilter filter(std::string_view text) {
  const bool negated = text.starts_with('!');
  if (negated) text.remove_prefix(1);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) throw BadQuery{fmt::format("filter={} has no field and colon", text)};
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_encoding(re2::RE2::Options::EncodingLatin1);  // rows are bytes, not all of them UTF-8
  const std::string pattern(text.substr(colon + 1));
  auto whole = std::make_unique<const re2::RE2>(pattern, options);
  if (!whole->ok()) throw BadQuery{fmt::format("filter {}: {}", pattern, whole->error())};
  return {field(text.substr(0, colon)), negated, std::move(whole)};
}

/// `field[:N]`
CdxCollapse collapse(std::string_view text) {
  const std::size_t colon = text.find(':');
  CdxCollapse parsed{field(text.substr(0, colon))};
  if (colon != std::string_view::npos)
    parsed.length = number<std::size_t>("collapse", text.substr(colon + 1));
  return parsed;
}

std::vector<CdxField> field_list(std::string_view names) {
  std::vector<CdxField> fields;
  while (!names.empty()) {
    const std::size_t comma = std::min(names.find(','), names.size());
    fields.push_back(field(names.substr(0, comma)));
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return fields;
}

/// Sets the urlkeys asked for; `*` in the URL itself says how to match, as `matchType` else does.
void set_target(CdxQuery& query, std::string_view url, Match match) {
  if (url.starts_with("*.")) {
    url.remove_prefix(2);
    match = Match::domain;
  } else if (url.ends_with('*')) {
    url.remove_suffix(1);
    match = Match::prefix;
  }
  std::string key = urlkey_of_input(url);
  const std::size_t host_end = std::min(key.find(')'), key.size());
  switch (match) {
    case Match::exact:
      query.urlkey = std::move(key);
      break;
    case Match::prefix:
      // Keys drop a trailing slash, which says here that the rest is below.
      if (url.ends_with('/') && !key.ends_with('/')) key += '/';
      query.prefixes = {std::move(key)};
      break;
    case Match::host:
      query.prefixes = {key.substr(0, host_end) + ")"};
      break;
    case Match::domain: {
      const std::string domain = key.substr(0, std::min(key.find(':'), host_end));
      query.prefixes = {domain + ")", domain + ",", domain + ":"};
      break;
    }
  }
}

}  // namespace

std::vector<std::pair<std::string, std::string>> parse_query_string(std::string_view query) {
  const auto decode = [](std::string_view text) {
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return unquote(spaced);
  };
  std::vector<std::pair<std::string, std::string>> parameters;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view item = query.substr(0, end);
    const std::size_t equals = std::min(item.find('='), item.size());
    if (!item.empty()) {
      parameters.emplace_back(decode(item.substr(0, equals)),
                              decode(item.substr(std::min(equals + 1, item.size()))));
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return parameters;
}

std::variant<CdxQuery, std::string> parse_cdx_query(std::string_view query_string) {
  CdxQuery query;
  std::optional<std::string> url;
  Match match = Match::exact;
  try {
    for (const auto& [name, value] : parse_query_string(query_string)) {
      if (name == "url") url = value;
      if (value.empty()) continue;  // `limit=&from=` is how forms send what was left open
      if (name == "matchType") match = match_type(value);
      if (name == "from") query.from = date(name, value, Timestamp::Round::down);
      if (name == "to") query.to = date(name, value, Timestamp::Round::up);
      if (name == "filter") query.filters.push_back(filter(value));
      if (name == "collapse") query.collapses.push_back(collapse(value));
      if (name == "fl") query.fields = field_list(value);
      if (name == "limit") query.limit = number<std::int64_t>(name, value);
      if (name == "offset") query.offset = number<std::uint64_t>(name, value);
      if (name == "showResumeKey") query.show_resume_key = value == "true";
      if (name == "page") query.page = number<std::uint64_t>(name, value);
      if (name == "pageSize")
        query.page_blocks = std::clamp<std::uint64_t>(number<std::uint64_t>(name, value), 1, 1U << 20U);
      if (name == "showNumPages") query.show_num_pages = value == "true";
      if (name == "output") query.json = value == "json";
      if (name == "resumeKey") {
        query.resume = parse_resume_key(value);
        if (!query.resume) throw BadQuery{fmt::format("resumeKey={} is none that this archive gave", value)};
      }
    }
    if (!url || url->empty()) throw BadQuery{"the parameter url is missing"};
    set_target(query, *url, match);
  } catch (BadQuery& bad) {
    return std::move(bad.what);
  }
  if (query.fields.empty()) {
    query.fields = {CdxField::urlkey,     CdxField::timestamp, CdxField::original, CdxField::mimetype,
                    CdxField::statuscode, CdxField::digest,    CdxField::length};
  }
  return query;
}

std::string format_resume_key(const CdxResume& resume) {
  return fmt::format("{}+{}+{}", quote_query_value(resume.urlkey), resume.timestamp.digits(), resume.nth);
}

// A client that forgot to escape the key again sends its plus signs as spaces.
std::optional<CdxResume> parse_resume_key(std::string_view key) {
  const std::size_t second = key.find_last_of("+ ");
  if (second == std::string_view::npos || second == 0) return std::nullopt;
  const std::size_t first = key.find_last_of("+ ", second - 1);
  if (first == std::string_view::npos) return std::nullopt;
  const auto timestamp = Timestamp::parse(key.substr(first + 1, second - first - 1));
  const std::string_view digits = key.substr(second + 1);
  std::uint32_t nth = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), nth);
  if (!timestamp || failure != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return CdxResume{unquote(key.substr(0, first)), *timestamp, nth};
}

std::string urlkey_of_input(std::string_view url) {
  const auto parsed = Url::parse(url);
  // "soompi.com:80/privacy" reads as a URL with the scheme "soompi.com".
  const bool has_scheme =
      parsed &&
      (url.find("://") != std::string_view::npos || parsed->scheme.find('.') == std::string::npos) &&
      parsed->scheme != "localhost";
  return has_scheme ? urlkey(url) : urlkey(fmt::format("http://{}", url));
}

}  // namespace winnow::serve
