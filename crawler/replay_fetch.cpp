#include "crawler/replay_fetch.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "model/archived_redirect.hpp"
#include "model/content_encoding.hpp"
#include "model/memento_url.hpp"
#include "model/url.hpp"
#include "model/version.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_most_hops = 10;
// Crawlers fetch where a redirect leads within moments.
constexpr std::chrono::minutes k_a_moment_later{1};

bool on_default_port(const Url& url) {
  return url.port.empty() || url.port == (url.scheme == "https" ? "443" : "80");
}

bool same_archive(const Url& a, const Url& b) {
  if (a.host != b.host) return false;
  if (on_default_port(a) && on_default_port(b)) return true;
  return a.scheme == b.scheme && a.port == b.port;
}

/// What the archive itself says: its own pages come compressed, too. Nothing of an archived response, which
/// is for the workers to decode.
std::string own_words(const HttpAnswer& answer) {
  constexpr std::size_t k_most = std::size_t{1} << 20U;  // they are short
  if (answer.headers.has("Memento-Datetime")) return {};
  return decode_content(answer.body, answer.headers.first("Content-Encoding").value_or(""), k_most).body;
}

}  // namespace

bool substituted(const Capture& asked, const ReplayedResponse& response) {
  return asked.timestamp != response.timestamp || urlkey(asked.original) != response.urlkey;
}

std::optional<std::string> hop_within_archive(std::string_view base_url, std::string_view from,
                                              std::string_view location) {
  const auto base = Url::parse(base_url);
  const auto current = Url::parse(from);
  if (!base || !current) return std::nullopt;
  auto target = Url::parse(resolve_url(*current, location));
  if (!target || !target->is_http() || !same_archive(*base, *target)) return std::nullopt;
  if (base->scheme == "https" || target->scheme == "http") {
    target->scheme = base->scheme;
    target->port = base->port;
  }
  target->userinfo.clear();
  target->fragment.reset();
  return escape_for_request(target->str());
}

ReplayFetch::ReplayFetch(Requests& requests, Archive archive, std::shared_ptr<const MementoPlaces> places,
                         Capture asked, SamePage same_page, Limits limits, OnDone on_done)
    : m_requests(requests),
      m_archive(std::move(archive)),
      m_places(std::move(places)),
      m_asked(std::move(asked)),
      m_same_page(same_page),
      m_limits(limits),
      m_on_done(std::move(on_done)),
      m_request(replay_request(m_archive, *m_places, m_asked)) {}

void ReplayFetch::ask() {
  ArchiveRequest request;
  request.kind = RequestKind::replay;
  request.http.url = m_request.url;
  request.http.fields = m_request.fields;
  request.http.accept_encoding = m_request.codings;
  request.http.max_body = m_limits.max_body;
  request.http.stall_timeout = m_limits.stall_timeout;
  request.http.total_timeout = m_limits.total_timeout;
  auto self = shared_from_this();
  request.judge = [self](const HttpAnswer& answer) { return self->judge(answer); };
  request.answered = [self](HttpAnswer&& answer, Judgement) { self->answered(std::move(answer)); };
  request.failed = [self](Failure&& failure) { self->fail(std::move(failure)); };
  m_requests.submit(std::move(request));
}

Judgement ReplayFetch::judge(const HttpAnswer& answer) {
  switch (classify_replay(answer.status, answer.headers, own_words(answer)).kind) {
    case ReplayVerdict::Kind::limited:
      return Judgement::limited;
    case ReplayVerdict::Kind::retry:
      return Judgement::retry;
    case ReplayVerdict::Kind::archived:
      // The same length again is believed.
      if (!shorter_than_original(answer.status, answer.headers, answer.received)) return Judgement::final;
      return std::exchange(m_doubted_size, answer.received) == answer.received ? Judgement::final
                                                                               : Judgement::retry;
    case ReplayVerdict::Kind::redirect:
    case ReplayVerdict::Kind::failed:
      return Judgement::final;
  }
  return Judgement::final;
}

void ReplayFetch::answered(HttpAnswer&& answer) {
  const std::string words = own_words(answer);
  auto verdict = classify_replay(answer.status, answer.headers, words);
  switch (verdict.kind) {
    case ReplayVerdict::Kind::archived:
      return archived(std::move(answer));
    case ReplayVerdict::Kind::redirect:
      return redirected(answer);
    case ReplayVerdict::Kind::failed:
    case ReplayVerdict::Kind::retry:
    case ReplayVerdict::Kind::limited:
      return fail({verdict.reason,
                   answer.status,
                   std::move(verdict.detail),
                   {},
                   std::nullopt,
                   evidence_of(answer.headers, words)});
  }
}

void ReplayFetch::archived(HttpAnswer&& answer) {
  // Only there /web/ is the archive's own; elsewhere it may be the original's.
  const auto named =
      m_archive.dialect == Dialect::wayback ? parse_memento_url(m_request.url) : std::optional<MementoUrl>();
  auto timestamp = Timestamp::parse_http_date(*answer.headers.first("Memento-Datetime"));
  if (!timestamp && named) timestamp = named->timestamp();
  if (!timestamp) timestamp = m_asked.timestamp;
  auto original = link_target(answer.headers, "original");
  if (!original)
    original = named && !named->original.empty() ? std::string(named->original) : m_asked.original;

  const auto field = [&](std::string_view name) {
    return std::string(answer.headers.first(name).value_or(""));
  };
  Provenance provenance{.archive = m_archive.base_url,
                        .requested_url = m_asked.original,
                        .requested_timestamp = m_asked.timestamp,
                        .replayed_url = *original,
                        .replayed_timestamp = *timestamp,
                        .memento_url = m_request.url,
                        .hops = std::move(m_hops),
                        .statuscode = answer.status,
                        .original_headers = original_headers(m_archive, answer.headers),
                        .response_headers = archive_headers(answer.headers),
                        .source_warc = field("X-Archive-Src"),
                        .digest_check = DigestCheck::unknown,
                        .fetched_at = Timestamp::now(),
                        .program = k_program};
  if (m_same_page == SamePage::follow) {
    const auto target = archived_redirect(provenance);
    if (target && urlkey(*target) == urlkey(*original)) return follow(std::move(provenance), *target);
  }
  ReplayedResponse response{urlkey(*original),
                            *timestamp,
                            *original,
                            std::move(provenance),
                            std::move(answer.body),
                            field("Content-Encoding"),
                            field("Content-Type")};
  m_on_done({std::move(m_asked), std::move(response)});
}

void ReplayFetch::redirected(const HttpAnswer& answer) {
  const std::string location(*answer.headers.first("Location"));
  m_hops.push_back({m_request.url, answer.status, HopKind::archive, location});
  const auto target = hop_within_archive(m_archive.base_url, m_request.url, location);
  if (!target) {
    return fail({Reason::unplayable,
                 answer.status,
                 fmt::format("the archive redirects away from itself, to {}", one_line(location)),
                 {},
                 std::nullopt,
                 evidence_of(answer.headers, answer.body)});
  }
  const bool seen = was_sent(*target);
  if (seen || m_hops.size() >= k_most_hops) {
    return fail({Reason::redirect_loop,
                 answer.status,
                 seen ? fmt::format("{} redirects, then back to {}", m_hops.size(), one_line(*target))
                      : fmt::format("{} redirects and no end", m_hops.size()),
                 {},
                 std::nullopt,
                 evidence_of(answer.headers, answer.body)});
  }
  m_request.url = *target;
  ask();
}

/// To the target at the redirect's own time. An archive whose matching ignores the scheme may play the
/// redirect itself there, so that the next try is a moment later.
void ReplayFetch::follow(Provenance&& redirect, const std::string& target) {
  m_hops = std::move(redirect.hops);
  m_hops.push_back({redirect.memento_url, redirect.statuscode, HopKind::archived,
                    std::string(redirect.original_headers.first("Location").value_or(""))});
  Capture next{m_asked.urlkey, redirect.replayed_timestamp, target, "", {}, {}, {}};
  m_request = replay_request(m_archive, *m_places, next);
  // A TimeGate is asked by the same URL for every moment: those end at the most hops.
  const auto is_repeated = [&] { return m_request.fields.empty() && was_sent(m_request.url); };
  if (is_repeated()) {
    next.timestamp = Timestamp::from_time(next.timestamp.time() + k_a_moment_later);
    m_request = replay_request(m_archive, *m_places, next);
  }
  if (!is_repeated() && m_hops.size() < k_most_hops) return ask();
  fail({.reason = Reason::redirect_loop,
        .status = redirect.statuscode,
        .detail =
            fmt::format("{} redirects, of the archive or archived, that come back to the same page as {}",
                        m_hops.size(), one_line(target)),
        .evidence = evidence_of(redirect.original_headers, {})});
}

bool ReplayFetch::was_sent(const std::string& url) const {
  return std::any_of(m_hops.begin(), m_hops.end(), [&](const Hop& hop) { return hop.url == url; });
}

void ReplayFetch::fail(Failure&& failure) {
  failure.hops = std::move(m_hops);
  m_on_done({std::move(m_asked), std::move(failure)});
}

}  // namespace winnow
