#include "crawler/live/live_fetch.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "crawler/archive_error.hpp"
#include "crawler/public_address.hpp"
#include "crawler/transfer_failure.hpp"
#include "model/ascii.hpp"
#include "model/content_encoding.hpp"
#include "model/http_status.hpp"
#include "model/version.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_most_hops = 10;
constexpr int k_most_robots_hops = 5;                              // RFC 9309 §2.3.1.2
constexpr std::size_t k_robots_to_read = k_most_robots_bytes + 1;  // so that it is seen that there is more
constexpr std::size_t k_longest_url = 8000;
constexpr std::size_t k_most_words = std::size_t{1} << 20U;  // decoded of an error page
constexpr std::chrono::minutes k_longest{15};                // for all hops of a page
constexpr std::string_view k_product = "winnow";
constexpr std::string_view k_codings = "gzip, deflate, br, zstd";

std::string path_and_query(const Url& url) {
  return (url.path.empty() ? "/" : url.path) + (url.query ? "?" + *url.query : "");
}

std::string words_of(const HttpAnswer& answer) {
  return decode_content(answer.body, answer.headers.first("Content-Encoding").value_or(""), k_most_words)
      .body;
}

Failure failure_of(Reason reason, const HttpAnswer& answer, std::string detail) {
  return {.reason = reason,
          .status = answer.status,
          .detail = std::move(detail),
          .evidence = evidence_of(answer.headers, words_of(answer))};
}

/// The answer is not a whole one.
Failure broken_off(const HttpAnswer& answer) {
  const bool barred = answer.end == TransferEnd::no_way;
  return failure_of(barred ? Reason::redirect_loop : reason_of(answer), answer, answer.detail);
}

bool is_limit(const HttpAnswer& answer) {
  return answer.status == 429 || answer.status == 503;
}

/// Whether what this server redirects to is a stranger's word.
bool is_strange(const Url& url, const HttpAnswer& answer) {
  if (proxy_is_set() && is_public_host(url.host)) return true;
  return is_public_address(answer.peer);
}

/// A validator as it was sent, if it can be sent back.
void add_condition(std::vector<std::string>& fields, std::string_view name,
                   std::optional<std::string_view> validator) {
  constexpr std::size_t k_longest_validator = 1024;
  const bool is_clean = validator && !validator->empty() && validator->size() <= k_longest_validator &&
                        std::none_of(validator->begin(), validator->end(),
                                     [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (is_clean) fields.push_back(fmt::format("{}: {}", name, *validator));
}

/// The copy's header fields, renewed by those of a 304 (RFC 9111 §3.2). Content-Length is that of no body.
Headers renewed(const Headers& copy, const Headers& answer) {
  const auto is_renewed = [&](const HeaderField& field) {
    return answer.has(field.name) && !iequals(field.name, "Content-Length");
  };
  Headers headers;
  for (const auto& field : copy.fields()) {
    if (!is_renewed(field)) headers.add(field.name, field.value);
  }
  for (const auto& field : answer.fields()) {
    if (!iequals(field.name, "Content-Length")) headers.add(field.name, field.value);
  }
  return headers;
}

ReplayedResponse captured(const std::string& asked, const Url& url, std::vector<Hop> hops,
                          HttpAnswer&& answer, const std::optional<LiveCopy>& copy) {
  const std::string original = url.str();
  const Timestamp now = Timestamp::now();
  const bool confirmed = answer.status == 304;
  Headers headers = confirmed ? renewed(copy->headers, answer.headers) : answer.headers;
  const auto field = [](const Headers& fields, std::string_view name) {
    return std::string(fields.first(name).value_or(""));
  };
  std::string content_type = field(headers, "Content-Type");
  Provenance provenance{.archive = std::string(k_live_archive),
                        .requested_url = asked,
                        .requested_timestamp = now,
                        .replayed_url = original,
                        .replayed_timestamp = now,
                        .memento_url = {},
                        .hops = std::move(hops),
                        .statuscode = confirmed ? 200 : answer.status,
                        .original_headers = std::move(headers),
                        .response_headers = confirmed ? answer.headers : Headers(),
                        .source_warc = {},
                        .digest_check = DigestCheck::unknown,
                        .fetched_at = now,
                        .program = k_program,
                        .remote_address = answer.peer,
                        .not_modified_since = {}};
  if (confirmed) provenance.not_modified_since = copy->timestamp;
  return {.urlkey = urlkey(original),
          .timestamp = now,
          .original = original,
          .provenance = std::move(provenance),
          .wire_body = std::move(answer.body),
          .content_encoding = field(answer.headers, "Content-Encoding"),
          .content_type = std::move(content_type)};
}

}  // namespace

std::optional<Url> live_url(std::string_view text) {
  if (text.size() > k_longest_url) return std::nullopt;
  auto url = Url::parse(text);
  if (!url || !url->is_http() || url->host.empty()) return std::nullopt;
  url->userinfo.clear();
  url->fragment.reset();
  if (url->port == (url->scheme == "https" ? "443" : "80")) url->port.clear();
  if (url->path.empty()) url->path = "/";
  return Url::parse(escape_for_request(url->str()));
}

LiveFetch::LiveFetch(LiveHosts& hosts)
    : m_hosts(hosts), m_transfers({hosts.client().user_agent, 1, hosts.client().connect_timeout}) {}

HttpRequest LiveFetch::request(const Url& url, Reach reach) const {
  const ClientOptions& client = m_hosts.client();
  HttpRequest http;
  http.url = url.str();
  http.accept_encoding = k_codings;
  http.max_body = client.max_body;
  http.stall_timeout = client.stall_timeout;
  http.total_timeout = client.total_timeout;
  http.reach = reach;
  return http;
}

LiveResult LiveFetch::fetch(const std::string& asked, const CopyOf& copy_of) {
  const auto begun = std::chrono::steady_clock::now();
  std::vector<Hop> hops;
  const auto fail = [&hops](Failure failure) {
    failure.hops = std::move(hops);
    return failure;
  };
  auto url = live_url(asked);
  if (!url)
    return Failure{.reason = Reason::transport_error, .detail = one_line(asked) + " is no web address"};
  Reach reach = Reach::anywhere;
  for (;;) {
    if (auto hindrance = forbidden(*url, reach)) {
      if (auto* const failure = std::get_if<Failure>(&*hindrance)) return fail(std::move(*failure));
      return Stopped{};
    }
    HttpRequest http = request(*url, reach);
    http.fields.emplace_back("Accept: text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5");
    const auto copy = copy_of(url->str());
    if (copy) {
      add_condition(http.fields, "If-None-Match", copy->headers.first("ETag"));
      add_condition(http.fields, "If-Modified-Since", copy->headers.first("Last-Modified"));
    }
    auto exchange = m_hosts.at(*url).exchange(m_transfers, http);
    if (auto* const failure = std::get_if<Failure>(&exchange)) return fail(std::move(*failure));
    if (std::holds_alternative<Stopped>(exchange)) return Stopped{};
    auto& answer = std::get<HttpAnswer>(exchange);
    if (is_limit(answer)) return fail(failure_of(Reason::rate_limited, answer, evidence(answer.status, {})));
    if (answer.end != TransferEnd::complete) return fail(broken_off(answer));
    if (answer.status == 200 || (copy && answer.status == 304))
      return captured(asked, *url, std::move(hops), std::move(answer), copy);
    const auto location = answer.headers.first("Location");
    if (!is_redirect(answer.status) || !location)
      return fail(failure_of(Reason::http_error, answer, evidence(answer.status, words_of(answer))));

    if (is_strange(*url, answer)) reach = Reach::public_only;
    hops.push_back({url->str(), answer.status, HopKind::live, std::string(*location)});
    const auto nowhere = [&](std::string detail) {
      return fail(failure_of(Reason::redirect_loop, answer, std::move(detail)));
    };
    const std::size_t count = hops.size();
    const auto target = live_url(resolve_url(*url, *location));
    if (!target)
      return nowhere(fmt::format("it redirects to {}, which is no web address", one_line(*location)));
    const std::string to = target->str();
    if (std::any_of(hops.begin(), hops.end(), [&](const Hop& hop) { return hop.url == to; }))
      return nowhere(fmt::format("{} redirects, then back to {}", count, one_line(to)));
    if (count >= k_most_hops) return nowhere(fmt::format("{} redirects and no end", count));
    if (std::chrono::steady_clock::now() - begun > k_longest) {
      return fail(
          failure_of(Reason::transport_error, answer,
                     fmt::format("no page after {} redirects and {} minutes", count, k_longest.count())));
    }
    url = target;
  }
}

/// Why the page may not be asked for.
std::optional<std::variant<Failure, Stopped>> LiveFetch::forbidden(const Url& url, Reach reach) {
  if (reach == Reach::public_only && !is_public_host(url.host)) {
    return Failure{.reason = Reason::redirect_loop,
                   .detail = fmt::format("it redirects into a private network, to {}", one_line(url.host))};
  }
  auto outcome = m_hosts.at(url).robots(url.scheme, [&] { return ask_for_robots(url, reach); });
  if (auto* const failure = std::get_if<Failure>(&outcome)) return std::move(*failure);
  if (std::holds_alternative<Stopped>(outcome)) return Stopped{};
  const std::string path = path_and_query(url);
  if (std::get<Robots>(outcome).allows(path)) return std::nullopt;
  return Failure{
      .reason = Reason::robots_disallowed,
      .detail = fmt::format("{} disallows {}", one_line(url.host + "/robots.txt"), one_line(path))};
}

/// RFC 9309 §2.3.1: what the site says that it does not have forbids nothing; what it can't tell now forbids
/// all for now.
LiveHost::Outcome LiveFetch::ask_for_robots(const Url& site, Reach reach) {
  Url url = site;
  url.path = "/robots.txt";
  url.query.reset();
  for (int hops = 0; hops <= k_most_robots_hops; ++hops) {
    HttpRequest http = request(url, reach);
    http.max_body = k_robots_to_read;
    http.start_is_enough = true;
    auto exchange = m_hosts.at(url).exchange(m_transfers, http);
    if (auto* const failure = std::get_if<Failure>(&exchange)) return std::move(*failure);
    if (std::holds_alternative<Stopped>(exchange)) return Stopped{};
    const auto& answer = std::get<HttpAnswer>(exchange);
    if (is_limit(answer)) {
      return failure_of(Reason::rate_limited, answer,
                        fmt::format("status {} for its robots.txt", answer.status));
    }
    if (answer.end != TransferEnd::complete) {
      Failure failure = broken_off(answer);
      failure.detail = "its robots.txt can't be had: " + failure.detail;
      if (failure.reason == Reason::too_large || failure.reason == Reason::truncated)
        failure.reason = Reason::transport_error;
      return failure;
    }
    if (answer.status >= 500) {
      return failure_of(Reason::transport_error, answer,
                        fmt::format("its robots.txt can't be had: status {}", answer.status));
    }
    const auto location = answer.headers.first("Location");
    if (is_redirect(answer.status) && location) {
      if (is_strange(url, answer)) reach = Reach::public_only;
      const auto target = live_url(resolve_url(url, *location));
      if (!target || (reach == Reach::public_only && !is_public_host(target->host)))
        return Robots::allow_all();
      url = *target;
      continue;
    }
    if (answer.status != 200) return Robots::allow_all();
    const auto coding = answer.headers.first("Content-Encoding").value_or("");
    const auto decoded = decode_content(answer.body, coding, k_robots_to_read);
    const bool is_start =
        decoded.status == DecodeStatus::too_large ||
        (decoded.status == DecodeStatus::truncated && answer.body.size() == k_robots_to_read);
    if (decoded.status != DecodeStatus::ok && !is_start) {
      return failure_of(Reason::transport_error, answer,
                        "its robots.txt can't be read: " + describe(decoded.status, k_robots_to_read));
    }
    return Robots::parse(decoded.body, k_product);
  }
  return Robots::allow_all();
}

}  // namespace winnow
