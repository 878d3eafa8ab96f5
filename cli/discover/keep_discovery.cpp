#include "cli/discover/keep_discovery.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "cli/import/import_batch.hpp"
#include "model/reason.hpp"

namespace winnow::cli {
namespace {

bool is_in_index(const Candidate& page) {
  return std::any_of(page.found.begin(), page.found.end(),
                     [](const Finding& finding) { return finding.by == FoundBy::index; });
}

/// Why a backfill of the site leaves a page out that its URL speaks for; nothing when it does not: pages that
/// were not read may be the policy, what only leads away costs nothing, and other hosts are not asked.
std::optional<Reason> ledger_reason(Refusal refusal) {
  switch (refusal) {
    case Refusal::soft_404:
      return Reason::soft_404;
    case Refusal::homepage:
    case Refusal::news:
    case Refusal::listing:
    case Refusal::other_document:
    case Refusal::control:
    case Refusal::aside:
    case Refusal::parked:
    case Refusal::login:
    case Refusal::empty:
    case Refusal::error_status:
      return Reason::not_a_policy;
    case Refusal::other_company:
    case Refusal::never_archived:
    case Refusal::leads_away:
    case Refusal::variant:
    case Refusal::unread:
      return std::nullopt;
  }
  return std::nullopt;
}

void note_refused(Store& store, ArchiveId archive, const Candidate& page) {
  const auto reason = ledger_reason(page.refused.value());
  if (!reason || !is_in_index(page)) return;
  store.note_target(
      archive, page.url,
      Missed{.reason = *reason,
             .status = page.status,
             .detail = page.status ? fmt::format("{}: status {}", describe(*page.refused), *page.status)
                                   : std::string(describe(*page.refused)),
             .hops = {},
             .retry_at = {},
             .evidence = {}});
}

/// Pages that only redirect are left to the harvest, which goes where they lead.
Recorded keep_readings(Store& store, const std::filesystem::path& path, ArchiveId archive,
                       const std::vector<Candidate>& pages) {
  ImportBatch batch(store, path);
  for (const Candidate& page : pages) {
    for (const PageReading& reading : page.read) {
      if (!reading.played) continue;
      const auto& [capture, provenance, content_type, body] = *reading.played;
      BodyContent content{.reading = {.body = body.sha256, .content_type = content_type, .url = reading.url},
                          .sha1 = body.sha1,
                          .size = body.bytes.size(),
                          .body = {},
                          .text = {}};
      batch.read(content, body.bytes, capture.urlkey);
      batch.add(archive, Found::cdx,
                {.capture = capture,
                 .site = {},
                 .provenance = provenance,
                 .body = std::move(content),
                 .given_text = {}});
    }
  }
  batch.flush();
  return batch.recorded();
}

}  // namespace

Recorded keep_discovery(Store& store, const std::filesystem::path& path, const Archive& archive,
                        const SiteDiscovery& found, const DateRange& dates) {
  const ArchiveId id = store.archive(archive.base_url, name(archive.dialect.value()));
  std::vector<ListedCapture> rows;
  for (const Candidate& page : found.pages) {
    for (const Capture& capture : page.listed)
      rows.push_back({capture, page.confidence});
  }
  store.add_captures(id, rows);
  const Recorded recorded = keep_readings(store, path, id, found.pages);
  store.join(found.takeovers);
  for (const Candidate& page : found.pages)
    store.clear_target(id, page.url);  // another look may have refused it
  for (const Candidate& page : found.refused)
    note_refused(store, id, page);
  if (found.failures.empty())
    store.note_discovery(id, {found.site, dates.since, dates.until, pages_beside_listing(found)});
  return recorded;
}

std::vector<std::string> pages_beside_listing(const SiteDiscovery& found) {
  std::vector<std::string> urls;
  for (const Candidate& page : found.pages) {
    if (!is_in_index(page)) urls.push_back(page.url);
  }
  return urls;
}

}  // namespace winnow::cli
