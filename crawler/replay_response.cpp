#include "crawler/replay_response.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "crawler/archive_error.hpp"
#include "crawler/link_format.hpp"
#include "model/ascii.hpp"
#include "model/http_status.hpp"

namespace winnow {

namespace {

constexpr std::string_view k_original_prefix = "X-Archive-Orig-";

bool is_original_field(std::string_view name) {
  return name.size() > k_original_prefix.size() &&
         iequals(name.substr(0, k_original_prefix.size()), k_original_prefix);
}

}  // namespace

ReplayVerdict classify_replay(int status, const Headers& headers, std::string_view body) {
  using Kind = ReplayVerdict::Kind;
  if (headers.has("Memento-Datetime")) return {Kind::archived, {}, {}};
  if (is_redirect(status) && headers.has("Location")) return {Kind::redirect, {}, {}};

  std::string detail = evidence(status, body);
  const auto problem = headers.first("X-Archive-Wayback-Runtime-Error");
  if (problem) detail += "; " + one_line(*problem);
  auto error = find_archive_error(body);
  if (!error && problem) error = find_archive_error(*problem);

  if (status == 429 || status == 503 || (error && error->reason == Reason::rate_limited)) {
    return {Kind::limited, Reason::rate_limited, detail};
  }
  if (status == 403 || status == 451 || (error && error->reason == Reason::excluded)) {
    return {Kind::failed, Reason::excluded, detail};
  }
  if (status == 404) return {Kind::failed, Reason::not_archived, detail};
  if (status >= 500 || error) return {Kind::retry, Reason::unplayable, detail};
  // A page of somebody in between (a captive portal, a proxy's notice), or an archive that is not itself for
  // an hour: says nothing of the capture.
  if (status < 400) return {Kind::retry, Reason::transport_error, detail};
  return {Kind::failed, Reason::unplayable, detail};
}

bool shorter_than_original(int status, const Headers& headers, std::uint64_t received) {
  if (has_no_body(status)) return false;
  const auto length = headers.first("X-Archive-Orig-Content-Length");
  const auto coding = headers.first("Content-Encoding").value_or("");
  const auto original_coding = headers.first("X-Archive-Orig-Content-Encoding").value_or("");
  if (!length || !iequals(coding, original_coding)) return false;
  std::uint64_t bytes = 0;
  const auto [rest, problem] = std::from_chars(length->data(), length->data() + length->size(), bytes);
  return problem == std::errc{} && rest == length->data() + length->size() && received < bytes;
}

std::optional<std::string> link_target(const Headers& headers, std::string_view relation) {
  std::optional<std::string> found;
  for (const auto value : headers.all("Link")) {
    each_link(value, [&](std::string_view target, std::string_view parameters) {
      if (has_relation(parameters, relation)) found = std::string(target);
      return found.has_value();
    });
    if (found) break;
  }
  return found;
}

Headers original_headers(const Headers& headers) {
  Headers own;
  for (const auto& field : headers.fields()) {
    if (is_original_field(field.name)) own.add(field.name.substr(k_original_prefix.size()), field.value);
  }
  return own;
}

Headers original_headers_passed_on(std::string_view base_url, const Headers& headers) {
  Headers own = original_headers(headers);
  for (const std::string_view name : {"Content-Type", "Content-Language", "Content-Disposition"}) {
    const auto value = headers.first(name);
    if (value && !own.has(name)) own.add(std::string(name), std::string(*value));
  }
  const auto location = headers.first("Location");
  if (location && !own.has("Location"))
    own.add("Location", std::string(unrewritten_location(base_url, *location)));
  return own;
}

std::string_view unrewritten_location(std::string_view base_url, std::string_view location) {
  // Absolute, or from its host's root as OpenWayback writes it.
  const auto host = base_url.find("://");
  const auto root = host == std::string_view::npos ? host : base_url.find('/', host + 3);
  const auto path = root == std::string_view::npos ? std::string_view() : base_url.substr(root);
  std::string_view rest = location;
  if (rest.starts_with(base_url)) {
    rest.remove_prefix(base_url.size());
  } else if (rest.starts_with('/') && rest.starts_with(path)) {
    rest.remove_prefix(path.size());
  } else {
    return location;
  }
  if (!rest.starts_with('/')) return location;
  rest.remove_prefix(1);
  const auto slash = rest.find('/');
  const auto moment = rest.substr(0, slash);
  const auto digits = std::find_if_not(moment.begin(), moment.end(), is_digit) - moment.begin();
  const auto flag = moment.substr(static_cast<std::size_t>(digits));
  const bool is_moment = digits > 0 && digits <= 14 && (flag.empty() || flag.ends_with('_'));
  if (slash == std::string_view::npos || !is_moment) return location;
  const auto original = rest.substr(slash + 1);
  return original.find("://") != std::string_view::npos ? original : location;
}

Headers archive_headers(const Headers& headers) {
  Headers own;
  for (const auto& field : headers.fields()) {
    if (!is_original_field(field.name)) own.add(field.name, field.value);
  }
  return own;
}

}  // namespace winnow
