#include "crawler/cdx_listing.hpp"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "crawler/archive_error.hpp"
#include "crawler/dialect.hpp"
#include "crawler/pywb/pywb_url.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_most_error_text = 2048;
constexpr std::size_t k_most_keys = 100'000;
constexpr std::size_t k_most_timemaps = 1'000;  // each a request; the Internet Archive's has one a page
constexpr int k_most_empty_pages = 2;  // empty pages with a key happen; a server may give them for ever

/// Of what tells rows apart.
std::uint64_t hash_of(const Capture& row) {
  const auto digest = row.digest ? std::string_view(reinterpret_cast<const char*>(row.digest->bytes.data()),
                                                    row.digest->bytes.size())
                                 : std::string_view();
  std::uint64_t hash = row.timestamp.value();
  for (const std::string_view field : {std::string_view(row.urlkey), std::string_view(row.original), digest})
    hash = hash * 0x9e3779b97f4a7c15ULL + std::hash<std::string_view>()(field);
  return hash;
}

}  // namespace

CdxListing::CdxListing(Requests& requests, Archive archive, std::shared_ptr<MementoPlaces> places,
                       CdxQuery query, Limits limits, OnRows on_rows, OnDone on_done)
    : m_requests(requests),
      m_archive(std::move(archive)),
      m_places(std::move(places)),
      m_query(std::move(query)),
      m_limits(limits),
      m_on_rows(std::move(on_rows)),
      m_on_done(std::move(on_done)) {
  m_used_keys.insert(m_query.resume_key);
}

void CdxListing::ask() {
  ArchiveRequest request;
  request.kind = RequestKind::cdx;
  request.http.url = index_url(m_archive, m_query);
  // Not compressed: libcurl does not notice a gzip stream that was cut, and a cut index would look like a
  // whole one.
  request.http.accept_encoding = "identity";
  request.http.stall_timeout = m_limits.stall_timeout;
  request.http.total_timeout = m_limits.total_timeout;
  auto self = shared_from_this();
  request.http.sink = [self](const HttpAnswer& so_far, std::string_view piece) { self->take(so_far, piece); };
  request.restart = [self] { self->restart(); };
  request.judge = [self](const HttpAnswer& answer) { return self->judge(answer); };
  request.answered = [self](HttpAnswer&& answer, Judgement judgement) { self->answered(answer, judgement); };
  request.failed = [self](Failure&& failure) {
    if (self->m_parser && failure.status != 0)
      failure.evidence.body_start = evidence_of({}, self->stray_text(failure.status)).body_start;
    self->fail(std::move(failure));
  };
  m_requests.submit(std::move(request));
}

void CdxListing::restart() {
  m_handed_over.insert(m_handed_over.end(), m_handed_over_now.begin(), m_handed_over_now.end());
  std::sort(m_handed_over.begin(), m_handed_over.end());
  m_handed_over_now.clear();
  m_parser = make_index_parser(m_archive, m_query, m_places,
                               [this](std::vector<Capture>&& rows) { hand_over(std::move(rows)); });
  m_error_text.clear();
  ++m_result.requests;
}

void CdxListing::hand_over(std::vector<Capture>&& rows) {
  std::erase_if(rows, [this](const Capture& row) {
    const std::uint64_t hash = hash_of(row);
    const bool was_before = std::binary_search(m_handed_over.begin(), m_handed_over.end(), hash);
    if (!was_before) m_handed_over_now.push_back(hash);
    return was_before;
  });
  if (!rows.empty()) m_on_rows(std::move(rows));
}

void CdxListing::take(const HttpAnswer& so_far, std::string_view piece) {
  if (so_far.status == 200) {
    m_parser->feed(piece);
  } else if (m_error_text.size() < k_most_error_text) {
    m_error_text.append(piece.substr(0, k_most_error_text - m_error_text.size()));
  }
}

Judgement CdxListing::judge(const HttpAnswer& answer) {
  if (answer.status == 429 || answer.status == 503) return Judgement::limited;
  if (answer.status == 200) return judge_index(answer);
  const auto cause = find_archive_error(m_error_text);
  if (cause && cause->reason == Reason::rate_limited) return Judgement::limited;
  if (cause && cause->reason == Reason::excluded) return Judgement::final;
  return answer.status >= 500 ? Judgement::retry : Judgement::final;
}

Judgement CdxListing::judge_index(const HttpAnswer& answer) {
  m_parser->finish();
  const bool no_rows = m_parser->rows() == 0;
  if (no_rows && is_garbage()) {
    const auto cause = find_archive_error(m_parser->stray_text());
    if (cause && cause->reason == Reason::rate_limited) return Judgement::limited;
    return cause && cause->reason == Reason::excluded ? Judgement::final : Judgement::retry;
  }
  if (m_parser->cut() || m_parser->ends_badly()) {
    // Some servers end no last line, some rows are bad: the same answer again is believed.
    if (m_doubted_size == answer.received) return Judgement::final;
    m_doubted_size = answer.received;
    ++m_result.oddities.cut_answers;
    return Judgement::retry;
  }
  const bool first_page = m_result.rows == 0 && m_parser->further().empty();
  if (no_rows && first_page && !m_empty_before) {
    m_empty_before = true;
    ++m_result.oddities.empty_answers;
    return Judgement::retry;
  }
  return Judgement::final;
}

void CdxListing::answered(const HttpAnswer& answer, Judgement judgement) {
  const bool index = answer.status == 200 && (m_parser->rows() > 0 || !is_garbage());
  // A page without captures has no TimeMap.
  const bool never =
      m_archive.dialect == Dialect::memento && answer.status == 404 && m_query.resume_key.empty();
  if ((index || never) && judgement == Judgement::final) return page_done();

  const std::string& text = stray_text(answer.status);
  Failure failure{Reason::bad_index, answer.status, {}, {}, std::nullopt, evidence_of(answer.headers, text)};
  if (judgement == Judgement::limited) {
    failure.reason = Reason::rate_limited;
  } else if (const auto cause = find_archive_error(text)) {
    failure.reason = cause->reason;
  } else if (answer.status == 403 || answer.status == 451) {
    failure.reason = Reason::excluded;
  } else if (answer.status >= 500) {
    failure.reason = Reason::transport_error;
  }
  failure.detail = index ? fmt::format("the index was cut after {} rows", m_parser->rows())
                         : evidence(answer.status, text);
  if (const auto location = answer.headers.first("Location")) {
    failure.detail += fmt::format("; the index is at {}?", one_line(*location));
  }
  fail(std::move(failure));
}

void CdxListing::page_done() {
  m_result.rows += m_parser->rows();
  m_result.oddities += m_parser->oddities();
  m_doubted_size.reset();
  m_handed_over.clear();
  m_handed_over_now.clear();
  if (m_archive.dialect == Dialect::pywb && m_parser->records() >= k_most_pywb_rows) {
    m_parser.reset();
    return fail(
        {Reason::bad_index,
         200,
         fmt::format("the index gave {} rows, as many as it was asked for at most, and can't be asked "
                     "for the rest: ask for shorter times, with --since and --until",
                     k_most_pywb_rows),
         {},
         std::nullopt});
  }
  // A whole TimeMap may lie outside of the dates.
  const bool is_empty =
      m_archive.dialect == Dialect::memento ? m_parser->records() == 0 : m_parser->rows() == 0;
  m_empty_pages_in_a_row = is_empty ? m_empty_pages_in_a_row + 1 : 0;
  for (const auto& key : m_parser->further()) {
    if (m_used_keys.size() > k_most_keys) break;
    if (m_archive.dialect == Dialect::memento && m_used_keys.size() > k_most_timemaps) {
      m_parser.reset();
      return fail({Reason::bad_index,
                   200,
                   fmt::format("one page has more than {} TimeMaps", k_most_timemaps),
                   {},
                   std::nullopt});
    }
    if (m_used_keys.insert(key).second) {
      m_waiting.push_back(key);
    } else if (m_archive.dialect == Dialect::wayback) {  // TimeMaps name each other
      ++m_result.oddities.cycling_keys;
    }
  }
  if (m_waiting.empty() || m_empty_pages_in_a_row > k_most_empty_pages) return m_on_done(std::move(m_result));
  m_query.resume_key = std::move(m_waiting.front());
  m_waiting.pop_front();
  ask();
}

/// Of an answer without rows: something else came in their place, or nothing but lines too long for any.
bool CdxListing::is_garbage() const {
  return !m_parser->stray_text().empty() ||
         (m_parser->records() == 0 && m_parser->oddities().overlong_rows > 0);
}

/// What came in place of rows: the sink took it out of the answer.
const std::string& CdxListing::stray_text(int status) const {
  return status == 200 ? m_parser->stray_text() : m_error_text;
}

void CdxListing::fail(Failure&& failure) {
  if (m_parser) m_result.rows += m_parser->rows();
  m_result.failure = std::move(failure);
  m_result.resume_key = m_query.resume_key;
  m_on_done(std::move(m_result));
}

}  // namespace winnow
