#include "serve/store_service.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "model/error.hpp"
#include "model/printable.hpp"
#include "serve/conditional.hpp"
#include "serve/page.hpp"
#include "serve/routes.hpp"
#include "serve/source_view.hpp"
#include "serve/token.hpp"

namespace winnow::serve {
namespace {

constexpr std::size_t k_readers = 8;
constexpr std::size_t k_cache_bytes = 64U << 20U;
constexpr std::string_view k_page_policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action "
    "'self'; base-uri 'none'; frame-ancestors 'none'";

/// What was archived is shown as it looks, and does nothing: no script, no form, nothing that is loaded, and
/// no origin to do it in.
constexpr std::string_view k_archived_policy =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

void protect(HttpAnswer& answer) {
  if (header_of(answer, "Content-Security-Policy").empty())
    answer.headers.emplace_back("Content-Security-Policy", std::string(k_page_policy));
  answer.headers.emplace_back("X-Content-Type-Options", "nosniff");
  answer.headers.emplace_back("Referrer-Policy", "no-referrer");
  // No policy keeps a browser from looking up the names in the links of a page.
  answer.headers.emplace_back("X-DNS-Prefetch-Control", "off");
  answer.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  answer.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
}

/// What was played never changes.
void validate_memento(HttpAnswer& answer) {
  std::string since(header_of(answer, "Memento-Datetime"));
  const auto* const body = std::get_if<std::shared_ptr<const std::string>>(&answer.body);
  if (answer.status != 200 || since.empty() || body == nullptr) return;
  answer.headers.emplace_back("ETag", etag_of(answer.content_type, **body));
  answer.headers.emplace_back("Last-Modified", std::move(since));
}

}  // namespace

StoreService::StoreService(const std::filesystem::path& store, ServiceOptions options)
    : m_options(std::move(options)),
      m_pool(store, k_readers),
      m_source(m_pool),
      m_archive(m_source),
      m_watch(store),
      m_cache(k_cache_bytes) {}

HttpAnswer StoreService::answer(const HttpRequest& request) {
  const auto began = std::chrono::steady_clock::now();
  HttpAnswer answer;
  try {
    answer = checked(request);
  } catch (const Busy&) {
    answer = message_page(503, "Busy", "Too much is asked for at once. Try again in a moment.");
    answer.headers.emplace_back("Retry-After", "5");
  } catch (const Error& failure) {
    spdlog::error("{} {}: {}", request.method, printable(request.target), failure.what());
    answer = message_page(500, "The store can’t be read", "The server’s log tells more.");
  }
  protect(answer);
  ++m_counters.answers[static_cast<std::size_t>(std::clamp(answer.status / 100, 0, 5))];
  m_counters.microseconds += static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began)
          .count());
  return answer;
}

HttpAnswer StoreService::checked(const HttpRequest& request) {
  if (!is_allowed_host(host_name(request.host))) {
    return {421,
            "text/plain; charset=utf-8",
            {},
            "This server does not answer to that name: winnow serve --public-url tells it its name.\n"};
  }
  if (!m_options.token.empty() && !is_authorized(request.authorization, m_options.token)) {
    return {401,
            "text/plain; charset=utf-8",
            {{"WWW-Authenticate", R"(Basic realm="winnow", charset="UTF-8")"}},
            "The token is asked for: user winnow, password TOKEN, or Authorization: Bearer TOKEN.\n"};
  }
  const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
  if (path == "/healthz") return health();
  if (path == "/metrics") return metrics();
  if (auto file = asset(path)) return std::move(*file);
  const std::string base = base_url(request);
  if (path.starts_with("/web/") || path == "/cdx/search/cdx") return played(request, base);
  return cached(request, base);
}

HttpAnswer StoreService::played(const HttpRequest& request, const std::string& base) {
  HttpAnswer answer = m_archive.answer(request, base);
  answer.headers.emplace_back("Content-Security-Policy", std::string(k_archived_policy));
  show_source_to_readers(request, answer);
  validate_memento(answer);
  omit_what_is_known(request, answer);
  return answer;
}

bool StoreService::is_allowed_host(const std::string& host) const {
  return host == "localhost" || is_address(host) ||
         std::find(m_options.hosts.begin(), m_options.hosts.end(), host) != m_options.hosts.end();
}

std::string StoreService::base_url(const HttpRequest& request) const {
  return m_options.public_url.empty() ? url_of_host(request) : m_options.public_url;
}

HttpAnswer StoreService::cached(const HttpRequest& request, const std::string& base) {
  const std::string key = base + request.target;
  const std::int64_t now = data_version();
  std::shared_ptr<const Kept> kept;
  const auto found = m_cache.find(key);
  if (found && (*found)->data_version == now) {
    kept = *found;
    ++m_counters.from_cache;
  } else {
    HttpAnswer made;
    {
      const auto readers = m_pool.lease();
      made = route(*readers, Asked(request.target), base);
    }
    auto* const body = std::get_if<std::string>(&made.body);
    if (made.status != 200 || body == nullptr) return made;
    std::string etag = etag_of(made.content_type, *body);
    const Timestamp since = found && (*found)->etag == etag ? (*found)->since : Timestamp::now();
    kept = std::make_shared<const Kept>(Kept{now, made.content_type, std::move(made.headers), std::move(etag),
                                             since, std::make_shared<const std::string>(std::move(*body))});
    m_cache.keep(key, kept, kept->body->size() + key.size() + 512);
  }
  HttpAnswer answer{200, kept->content_type, kept->headers, kept->body};
  answer.headers.emplace_back("ETag", kept->etag);
  answer.headers.emplace_back("Last-Modified", kept->since.http_date());
  answer.headers.emplace_back("Cache-Control", "no-cache");
  omit_what_is_known(request, answer);
  return answer;
}

HttpAnswer StoreService::health() {
  static_cast<void>(data_version());
  return {200, "text/plain; charset=utf-8", {{"Cache-Control", "no-store"}}, "ok\n"};
}

HttpAnswer StoreService::metrics() {
  std::string out =
      "# HELP winnow_answers_total HTTP answers by the first digit of their status.\n"
      "# TYPE winnow_answers_total counter\n";
  for (std::size_t hundred = 2; hundred < 6; ++hundred)
    fmt::format_to(std::back_inserter(out), "winnow_answers_total{{status=\"{}xx\"}} {}\n", hundred,
                   m_counters.answers[hundred].load());
  fmt::format_to(std::back_inserter(out),
                 "# HELP winnow_answer_seconds_total Time spent on making them.\n"
                 "# TYPE winnow_answer_seconds_total counter\nwinnow_answer_seconds_total {:.6f}\n"
                 "# HELP winnow_answers_kept_total Of them, those that were made before.\n"
                 "# TYPE winnow_answers_kept_total counter\nwinnow_answers_kept_total {}\n",
                 static_cast<double>(m_counters.microseconds.load()) / 1e6, m_counters.from_cache.load());
  const StoreTotals totals = m_pool.lease()->overview.totals();
  const std::pair<std::string_view, std::uint64_t> gauges[] = {{"sites", totals.sites},
                                                               {"versions", totals.versions},
                                                               {"captures", totals.captures},
                                                               {"bodies", totals.bodies},
                                                               {"ledger_entries", totals.ledger}};
  for (const auto& [name, count] : gauges)
    fmt::format_to(std::back_inserter(out), "# TYPE winnow_store_{0} gauge\nwinnow_store_{0} {1}\n", name,
                   count);
  return {200, "text/plain; version=0.0.4; charset=utf-8", {{"Cache-Control", "no-store"}}, std::move(out)};
}

std::int64_t StoreService::data_version() {
  const std::lock_guard lock(m_watch_mutex);
  return m_watch.data_version();
}

}  // namespace winnow::serve
