#include "storage/recorder.hpp"

#include <variant>
#include <vector>

#include "model/error.hpp"
#include "model/provenance_json.hpp"
#include "model/url.hpp"

namespace winnow::storage {

namespace {

// Redirects that lead on and on; browsers stop at 20, real policies move less often.
constexpr int k_most_redirects = 5;

std::optional<int> known(int statuscode) {
  if (statuscode == 0) return std::nullopt;
  return statuscode;
}

// The archive's key for the URL may be another than ours (dialects differ): the row's own URL decides as
// well.
bool is_page_of(const std::string& replayed_key, const CaptureRow& row) {
  return replayed_key == row.urlkey || replayed_key == urlkey(row.original);
}

// Another capture of the same digest may be playable; a failure of the moment or of the whole site is no
// reason to try all of them.
// Another capture of an archived redirect's digest is the same redirect.
bool another_may_do(const Missed& missed) {
  const bool is_archived_loop = missed.reason == Reason::redirect_loop && !missed.hops.empty() &&
                                missed.hops.back().kind == HopKind::archived;
  return missed.reason != Reason::excluded && missed.reason != Reason::too_large && !is_archived_loop &&
         retry_rule(missed.reason) != Retry::next_run;
}

}  // namespace

Recorder::Recorder(Database& database, Captures& captures, Contents& contents, Frontier& frontier,
                   Ledger& ledger, Versions& versions)
    : m_captures(captures),
      m_contents(contents),
      m_frontier(frontier),
      m_ledger(ledger),
      m_versions(versions),
      m_hold(database,
             "UPDATE captures SET state = 2, claimed_by = NULL, body_id = coalesce(?1, body_id), "
             "text_id = CASE WHEN text_given AND NOT ?7 THEN text_id ELSE coalesce(?2, text_id) END, "
             "text_given = text_given OR ?7, replayed_statuscode = ?3, represents = ?6, "
             "mimetype = CASE WHEN mimetype IN ('', '-', 'unk') AND ?4 <> '' THEN ?4 ELSE mimetype END "
             "WHERE id = ?5"),
      m_infer_imported(database,
                       "UPDATE captures SET state = 3, body_id = coalesce(?1, body_id), "
                       "text_id = coalesce(?2, text_id), text_given = text_given OR ?3 WHERE id = ?4"),
      // What was inferred before stays so: the index still says what the body is.
      m_miss(database,
             "UPDATE captures SET state = CASE WHEN body_id IS NULL THEN 4 ELSE 3 END, claimed_by = NULL "
             "WHERE id = ?"),
      m_provenance(database, "INSERT OR REPLACE INTO provenance(capture_id, record) VALUES(?, ?)"),
      m_read_provenance(database, "SELECT record FROM provenance WHERE capture_id = ?"),
      m_siblings(
          database,
          // Not one that the archive was seen to play another capture for.
          "SELECT id FROM captures WHERE page_id = ? AND digest = ? AND (state = 0 OR (state = 4 AND NOT "
          "EXISTS (SELECT 1 FROM ledger l WHERE l.capture_id = captures.id AND l.reason = 'substituted')))"),
      // A revisit record has no status of its own: it is that of the response it repeats.
      m_infer(database,
              "UPDATE captures SET state = 3, body_id = ?, text_id = ?, statuscode = coalesce(statuscode, ?) "
              "WHERE id = ?"),
      m_held_body(
          database,
          "SELECT body_id, text_id, coalesce(replayed_statuscode, statuscode) FROM captures WHERE id = ?"),
      m_restored(database, "DELETE FROM ledger WHERE capture_id = ? AND reason = 'damaged'") {}

void Recorder::record(const CaptureResult& result, std::optional<RunId> run, Recorded& recorded) {
  const CaptureRow asked = m_captures.row(result.capture);
  if (const auto* const outcome = std::get_if<Held>(&result.outcome)) {
    held(asked, *outcome, run, recorded);
  } else {
    missed(asked, std::get<Missed>(result.outcome), run, recorded);
  }
}

void Recorder::held(const CaptureRow& asked, const Held& held, std::optional<RunId> run, Recorded& recorded) {
  if (const auto loop = endless_redirect(asked, held)) return missed(asked, *loop, run, recorded);
  const Contents::Stored stored = m_contents.add(held.content);
  recorded.bodies += stored.new_body ? 1 : 0;
  recorded.texts += stored.new_text ? 1 : 0;
  const Content content{stored.body, stored.text};

  const Provenance& provenance = held.provenance;
  const CaptureRow row = played_row(asked, held);
  const bool as_asked = row.id == asked.id;
  // A capture that was played before in place of others is not held twice.
  if (as_asked || row.state != CaptureState::held) {
    hold(row, content, with_chain(asked, provenance), held.mimetype, represents(row, provenance), recorded);
  }
  if (held.follow) follow(row, *held.follow, recorded);
  if (as_asked) return;

  if (asked.found == Found::redirect) {
    m_captures.remove(asked.id);
    return;
  }
  Missed substituted{.reason = Reason::substituted,
                     .status = known(provenance.statuscode),
                     .detail = fmt::format("the archive played {} {}", provenance.replayed_timestamp.digits(),
                                           provenance.replayed_url),
                     .hops = provenance.hops,
                     .retry_at = {},
                     .evidence = evidence_of(provenance.response_headers, {})};
  missed(asked, substituted, run, recorded);
  ++recorded.substituted;
}

std::optional<Missed> Recorder::endless_redirect(const CaptureRow& asked, const Held& held) {
  if (!held.follow || !asked.redirect_of) return std::nullopt;
  int redirects = 0;
  bool leads_back = false;
  for (auto origin = asked.redirect_of; origin && !leads_back; ++redirects) {
    const CaptureRow before = m_captures.row(*origin);
    leads_back = before.urlkey == held.follow->urlkey;
    origin = before.redirect_of;
  }
  if (!leads_back && redirects < k_most_redirects) return std::nullopt;
  const Provenance provenance = with_chain(asked, held.provenance);
  Missed loop{.reason = Reason::redirect_loop,
              .status = known(provenance.statuscode),
              .detail = leads_back ? fmt::format("{} archived redirects, then back to {}", redirects + 1,
                                                 held.follow->original)
                                   : fmt::format("{} archived redirects and no end", redirects + 1),
              .hops = provenance.hops,
              .retry_at = {},
              .evidence = evidence_of(provenance.original_headers, {})};
  loop.hops.push_back({provenance.memento_url, provenance.statuscode, HopKind::archived,
                       std::string(provenance.original_headers.first("Location").value_or(""))});
  return loop;
}

CaptureRow Recorder::played_row(const CaptureRow& asked, const Held& held) {
  const Provenance& provenance = held.provenance;
  if (provenance.replayed_timestamp != asked.timestamp ||
      !is_page_of(urlkey(provenance.replayed_url), asked)) {
    return replayed_row(asked, held);
  }
  // Two rows of one second: of http and https, one redirecting to the other; or of one URL with two digests,
  // of which an archive plays only one.
  const bool other_url = provenance.replayed_url != asked.original;
  const bool other_bytes = provenance.digest_check == DigestCheck::mismatch;
  if (!other_url && !other_bytes) return asked;
  const std::string digest = base32(held.content.sha1);
  for (const auto& twin : m_captures.twins(asked)) {
    if (other_url ? twin.original == provenance.replayed_url
                  : twin.original == asked.original && twin.digest == digest) {
      return m_captures.row(twin.id);
    }
  }
  return asked;
}

CaptureRow Recorder::replayed_row(const CaptureRow& asked, const Held& held) {
  const Provenance& provenance = held.provenance;
  const std::string key = urlkey(provenance.replayed_url);
  const PageId page = is_page_of(key, asked)
                          ? asked.page
                          : m_captures.page(key, provenance.replayed_url, m_captures.score(asked.page));
  if (const auto known_row =
          m_captures.find(asked.archive, page, provenance.replayed_timestamp, provenance.replayed_url)) {
    if (*known_row != asked.id) return m_captures.row(*known_row);
  }
  const Capture capture{.urlkey = key,
                        .timestamp = provenance.replayed_timestamp,
                        .original = provenance.replayed_url,
                        .mimetype = held.mimetype.empty() ? "-" : held.mimetype,
                        .statuscode = known(provenance.statuscode),
                        .digest = {},
                        .length = {}};
  const CaptureId id =
      m_captures
          .ensure(asked.archive, page, capture, Found::replayed, CaptureState::listed, asked.redirect_of)
          .id;
  return m_captures.row(id);
}

bool Recorder::represents(const CaptureRow& row, const Provenance& provenance) {
  if (!row.digest) return false;
  if (provenance.digest_check != DigestCheck::mismatch) return true;
  // Many archives' digests match nothing they play and still tell bodies apart; not one of two in the same
  // second.
  return m_captures.twins(row).empty();
}

bool Recorder::represents(const CaptureRow& row, Found found, const ImportedCapture& imported) {
  // An imported document is a browser's rendering, not the bytes that the index has digested. And a file may
  // lie, also of what an index lists.
  if (!row.digest || !imported.body || found == Found::import) return false;
  if (imported.is_told) return *row.digest == base32(imported.body->sha1);
  return imported.provenance.digest_check != DigestCheck::mismatch;
}

Provenance Recorder::with_chain(const CaptureRow& asked, const Provenance& provenance) {
  Provenance chained = provenance;
  if (!asked.redirect_of || !m_read_provenance.bind(*asked.redirect_of).step()) return chained;
  const Provenance from = parse_provenance(m_read_provenance.text(0));
  m_read_provenance.done();
  std::vector<Hop> hops = from.hops;
  hops.push_back({from.memento_url, from.statuscode, HopKind::archived,
                  std::string(from.original_headers.first("Location").value_or(""))});
  hops.insert(hops.end(), chained.hops.begin(), chained.hops.end());
  chained.hops = std::move(hops);
  return chained;
}

void Recorder::hold(const CaptureRow& row, const Content& content, const Provenance& provenance,
                    const std::string& mimetype, bool stands, Recorded& recorded) {
  const auto before = m_versions.seen(row.id);
  m_hold.run(content.body, content.text, known(provenance.statuscode), mimetype, row.id, stands,
             content.text_given);
  m_provenance.run(row.id, to_json(provenance));
  m_ledger.clear(row.id);
  m_frontier.answered(row.id, row.page);
  m_versions.update(row.id, before, m_versions.seen(row.id));
  ++recorded.held;
  if (stands) infer(row.page, *row.digest, row.id, recorded);
}

void Recorder::infer(PageId page, const std::string& digest, CaptureId held, Recorded& recorded) {
  m_held_body.bind(held).step();
  const auto body = m_held_body.id<BodyId>(0);
  const auto text = m_held_body.optional<TextId>(1);
  const auto status = m_held_body.optional<int>(2);
  m_held_body.done();
  std::vector<CaptureId> siblings;
  m_siblings.bind(page, digest);
  while (m_siblings.step())
    siblings.push_back(m_siblings.id<CaptureId>(0));
  for (const CaptureId sibling : siblings) {
    const auto before = m_versions.seen(sibling);  // of one whose body was damaged, and whose text was not
    m_infer.run(body, text, status, sibling);
    m_versions.update(sibling, before, m_versions.seen(sibling));
    m_restored.run(sibling);
  }
  recorded.inferred += siblings.size();
}

void Recorder::missed(const CaptureRow& asked, const Missed& missed, std::optional<RunId> run,
                      Recorded& recorded) {
  if (asked.state == CaptureState::held) return;  // played meanwhile in place of another
  m_miss.run(asked.id);
  m_ledger.note(asked.archive, asked.id, run, missed);
  m_frontier.answered(asked.id, asked.page);
  ++recorded.missing;
  if (asked.digest && another_may_do(missed) && m_frontier.want_next(asked.page, *asked.digest)) {
    m_frontier.rewind();
    ++recorded.wanted;
  }
}

void Recorder::follow(const CaptureRow& from, const Capture& target, Recorded& recorded) {
  if (!m_frontier.has_scope() || m_captures.redirects(from.id) >= k_most_redirects) return;
  const PageId page = m_captures.page(target.urlkey, target.original, m_captures.score(from.page));
  if (page == from.page) return;
  // The index knows better which captures that page has; and one at that time need not be asked for again.
  if (m_captures.is_indexed(from.archive, page)) return;
  if (m_captures.find(from.archive, page, target.timestamp, target.original)) return;
  m_captures.ensure(from.archive, page, target, Found::redirect, CaptureState::pending, from.id);
  m_frontier.add_page(page);
  m_frontier.rewind();
  ++recorded.wanted;
}

void Recorder::import(ArchiveId archive, Found found, const ImportedCapture& imported, Recorded& recorded) {
  const Capture& capture = imported.capture;
  const PageId page = m_captures.page(capture.urlkey, capture.original, 0, imported.site);
  // A document names no digest: it is the capture of that time and URL, whichever digest the index gives it.
  std::optional<CaptureId> id;
  if (!capture.digest) id = m_captures.find(archive, page, capture.timestamp, capture.original);
  if (!id || m_captures.row(*id).original != capture.original) {
    id = m_captures.ensure(archive, page, capture, found, CaptureState::listed).id;
  }
  const CaptureRow row = m_captures.row(*id);
  // Stored even if the capture turns out to be held with another body: later ones may be packed against it.
  Content content;
  if (imported.body) {
    const Contents::Stored stored = m_contents.add(*imported.body);
    recorded.bodies += stored.new_body ? 1 : 0;
    recorded.texts += stored.new_text ? 1 : 0;
    content = {stored.body, stored.text};
  }
  // What was fetched or imported before stays; only the two halves of a document find together.
  const bool joins = (imported.body && !row.has_body) ||
                     (row.found == Found::import && imported.given_text && !row.has_given_text);
  if (row.state == CaptureState::held && !joins) return;
  if (imported.is_inferred && row.state != CaptureState::listed && row.state != CaptureState::missing) return;
  if (imported.given_text) {
    const auto [text, is_new] = m_contents.text(*imported.given_text);
    recorded.texts += is_new ? 1 : 0;
    content.text = text;
    content.text_given = true;
  }
  ++recorded.imported;
  if (imported.is_inferred) return infer_imported(row, content, recorded);
  hold(row, content, imported.provenance, {}, represents(row, found, imported), recorded);
}

void Recorder::infer_imported(const CaptureRow& row, const Content& content, Recorded& recorded) {
  const auto before = m_versions.seen(row.id);
  m_infer_imported.run(content.body, content.text, content.text_given, row.id);
  m_versions.update(row.id, before, m_versions.seen(row.id));
  m_restored.run(row.id);
  ++recorded.inferred;
}

}  // namespace winnow::storage
