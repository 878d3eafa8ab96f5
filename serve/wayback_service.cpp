#include "serve/wayback_service.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "model/http_status.hpp"
#include "model/memento_url.hpp"
#include "model/url.hpp"
#include "serve/cdx_answer.hpp"
#include "serve/cdx_query.hpp"
#include "serve/timemap.hpp"

namespace winnow::serve {
namespace {

constexpr std::size_t k_piece = 256U * 1024U;  // an answer's text up to this size is sent with its length

HttpAnswer text_answer(int status, std::string text) {
  return {status, "text/plain; charset=utf-8", {}, std::move(text)};
}

HttpAnswer not_archived(std::string_view url) {
  std::string escaped;
  for (const char c : url) {
    if (c == '<' || c == '>' || c == '&' || c == '"') {
      fmt::format_to(std::back_inserter(escaped), "&#{};", static_cast<int>(c));
    } else {
      escaped += c;
    }
  }
  return {404,
          "text/html; charset=utf-8",
          {},
          fmt::format("<!DOCTYPE html>\n<title>Not archived</title>\n"
                      "<p>This archive has not archived that URL.</p>\n<p>{}</p>\n",
                      escaped)};
}

/// The first piece is made at once; only what is longer is streamed.
HttpAnswer streamed(std::string content_type, BodySource source) {
  std::string first;
  if (!source(first)) return {200, std::move(content_type), {}, std::move(first)};
  BodySource rest = [first = std::move(first), source = std::move(source)](std::string& piece) mutable {
    if (first.empty()) return source(piece);
    piece = std::exchange(first, {});
    return true;
  };
  return {200, std::move(content_type), {}, std::move(rest)};
}

/// What people and clients ask for as a time: digits that need not be a date ("20110231").
Timestamp asked_time(std::string_view digits) {
  if (const auto time = Timestamp::parse_partial(digits, Timestamp::Round::down)) return *time;
  if (const auto year = Timestamp::parse_partial(digits.substr(0, 4), Timestamp::Round::down)) return *year;
  return Timestamp::now();
}

std::int64_t distance(Timestamp a, Timestamp b) {
  return std::abs((a.time() - b.time()).count());
}

/// Captures of one second, those first whose URL is spelled as asked for.
std::vector<CaptureIndex::Row> captures_at(const CaptureIndex& index, CaptureIndex::Range page,
                                           Timestamp timestamp, const std::string& url) {
  std::vector<CaptureIndex::Row> rows;
  for (CaptureIndex::Row row = index.lower_bound(page, timestamp);
       row < page.end && index.timestamp(row) == timestamp; ++row) {
    rows.push_back(row);
  }
  std::stable_partition(rows.begin(), rows.end(), [&](CaptureIndex::Row row) {
    return index.original(row) == url || escape_for_request(index.original(row)) == url;
  });
  return rows;
}

/// \pre `page` is not empty
CaptureIndex::Row nearest(const CaptureIndex& index, CaptureIndex::Range page, Timestamp timestamp) {
  const CaptureIndex::Row after = index.lower_bound(page, timestamp);
  if (after == page.end) return page.end - 1;
  if (after == page.begin) return after;
  const bool earlier =
      distance(index.timestamp(after - 1), timestamp) <= distance(index.timestamp(after), timestamp);
  return earlier ? after - 1 : after;
}

std::string link(const CaptureIndex& index, CaptureIndex::Row row, const std::string& modifier,
                 const std::string& base) {
  return memento_url(base, index.timestamp(row), modifier, escape_for_request(index.original(row)));
}

HttpAnswer memento(const CaptureIndex& index, CaptureIndex::Row row, const Played& played,
                   const std::string& modifier, const std::string& base) {
  const ArchivedResponse& archived = played.response;
  const int status = archived.statuscode.value_or(200);
  if (status < 200 || status > 599)
    return text_answer(502, fmt::format("The archived status {} can't be played.\n", status));

  const std::string original(index.original(row));
  const std::string escaped = escape_for_request(original);
  const std::string memento_datetime = index.timestamp(row).http_date();
  HttpAnswer answer{status, "", {}, archived.body};
  answer.headers = {
      {"Memento-Datetime", memento_datetime},
      {"Link", fmt::format(R"(<{}>; rel="original", <{}/web/timemap/link/{}>; rel="timemap"; )"
                           R"(type="application/link-format", <{}/web/{}>; rel="timegate", )"
                           R"(<{}>; rel="memento"; datetime="{}")",
                           escaped, base, escaped, base, escaped, link(index, row, modifier, base),
                           memento_datetime)},
  };
  if (!played.source.empty()) answer.headers.emplace_back("X-Archive-Src", played.source);
  for (const auto& [name, value] : archived.headers.fields()) {
    answer.headers.emplace_back(fmt::format("X-Archive-Orig-{}", name), value);
  }
  if (const auto type = archived.headers.first("Content-Type")) answer.content_type = *type;
  const auto coding = archived.headers.first("Content-Encoding");
  if (coding && !played.is_decoded) answer.headers.emplace_back("Content-Encoding", *coding);
  if (const auto location = archived.headers.first("Location"); location && is_redirect(status)) {
    const auto page = Url::parse(original);
    const std::string to = page ? resolve_url(*page, *location) : std::string(*location);
    answer.headers.emplace_back("Location",
                                memento_url(base, index.timestamp(row), modifier, escape_for_request(to)));
  }
  // Whatever was archived: clients wait for none.
  if (has_no_body(status)) answer.body = std::string();
  return answer;
}

}  // namespace

HttpAnswer WaybackService::answer(const HttpRequest& request, const std::string& base) {
  const std::string_view target = request.target;
  const std::size_t path_end = std::min(target.find('?'), target.size());
  const std::string_view path = target.substr(0, path_end);
  if (path == "/cdx/search/cdx") return cdx(target.substr(std::min(path_end + 1, target.size())));

  const ReplayTarget parsed = parse_replay_target(target);
  if (const auto* asked = std::get_if<PlayTarget>(&parsed)) return play(*asked, base);
  if (const auto* asked = std::get_if<TimegateTarget>(&parsed)) return timegate(*asked, request, base);
  if (const auto* asked = std::get_if<TimemapTarget>(&parsed)) return timemap(*asked, base);
  if (path == "/") {
    return text_answer(200, fmt::format("An archive\n{0}/cdx/search/cdx?url=URL\n{0}/web/TIMESTAMPid_/URL\n"
                                        "{0}/web/timemap/link/URL\n",
                                        base));
  }
  return text_answer(404, "There is nothing here; ask /cdx/search/cdx?url=URL or /web/TIMESTAMPid_/URL\n");
}

HttpAnswer WaybackService::cdx(std::string_view query_string) {
  auto parsed = parse_cdx_query(query_string);
  if (const auto* problem = std::get_if<std::string>(&parsed)) return text_answer(400, *problem + "\n");
  auto& query = std::get<CdxQuery>(parsed);
  const auto index = m_source.of_query(query);
  if (index == nullptr)
    return text_answer(400, "That is too much at once: ask for a site, or a prefix of it\n");
  if (query.show_num_pages) return text_answer(200, fmt::format("{}\n", cdx_page_count(*index, query)));

  std::string type = query.json ? "application/json" : "text/plain; charset=utf-8";
  auto rows = std::make_shared<CdxAnswer>(*index, std::move(query));
  return streamed(std::move(type), [index, rows](std::string& piece) { return rows->fill(piece, k_piece); });
}

HttpAnswer WaybackService::play(const PlayTarget& target, const std::string& base) {
  const Page page = captures_of(target.url);
  if (page.rows.empty()) return not_archived(target.url);

  const CaptureIndex& index = *page.index;
  const auto exact = Timestamp::parse(target.digits);
  const auto candidates = exact ? captures_at(index, page.rows, *exact, target.url) : std::vector<Row>();
  for (const Row row : candidates) {
    if (const auto played = m_source.load(index, row))
      return memento(index, row, *played, target.modifier, base);
  }
  if (!candidates.empty()) {
    return text_answer(404,
                       "The capture is listed but can't be played: its record is damaged, or revisits one "
                       "that is not in these files.\n");
  }
  const Row found = nearest(index, page.rows, asked_time(target.digits));
  return {
      302,
      "",
      {{"Location", link(index, found, target.modifier, base)},
       {"X-Archive-Redirect-Reason", fmt::format("found capture at {}", index.timestamp(found).digits())}},
      std::string()};
}

HttpAnswer WaybackService::timegate(const TimegateTarget& target, const HttpRequest& request,
                                    const std::string& base) {
  const Page page = captures_of(target.url);
  if (page.rows.empty()) return not_archived(target.url);
  auto asked = Timestamp::now();
  if (request.accept_datetime) {
    const auto parsed = Timestamp::parse_http_date(*request.accept_datetime);
    if (!parsed) return text_answer(400, "Accept-Datetime is no HTTP date\n");
    asked = *parsed;
  }
  const Row found = nearest(*page.index, page.rows, asked);
  const std::string original = escape_for_request(page.index->original(found));
  const std::string memento = link(*page.index, found, "", base);
  // The memento stands in Link as well: pywb asks with HEAD and looks nowhere else.
  return {
      302,
      "",
      {{"Location", memento},
       {"Vary", "accept-datetime"},
       {"Link", fmt::format(R"(<{}>; rel="original", <{}/web/timemap/link/{}>; rel="timemap"; )"
                            R"(type="application/link-format", <{}>; rel="memento"; datetime="{}")",
                            original, base, original, memento, page.index->timestamp(found).http_date())}},
      std::string()};
}

HttpAnswer WaybackService::timemap(const TimemapTarget& target, const std::string& base) {
  const Page page = captures_of(target.url);
  if (page.rows.empty()) return not_archived(target.url);
  auto links = std::make_shared<Timemap>(*page.index, page.rows, base);
  return streamed("application/link-format",
                  [index = page.index, links](std::string& piece) { return links->fill(piece, k_piece); });
}

WaybackService::Page WaybackService::captures_of(const std::string& url) {
  const std::string key = urlkey_of_input(url);
  auto index = m_source.of_page(key);
  if (const Range rows = index->of_urlkey(key); !rows.empty()) return {std::move(index), rows};
  // Only escapes tell "/a%3Fb" of a quoted URL from a URL that has them itself.
  const std::string unquoted = urlkey_of_input(unquote(url));
  index = m_source.of_page(unquoted);
  const Range rows = index->of_urlkey(unquoted);
  return {std::move(index), rows};
}

}  // namespace winnow::serve
