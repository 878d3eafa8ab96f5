// What a result changes: the capture, its body, text and provenance, the ledger, the frontier, the versions.
// For storage/*.cpp only.
#pragma once

#include <optional>
#include <string>

#include "storage/captures.hpp"
#include "storage/contents.hpp"
#include "storage/frontier.hpp"
#include "storage/ledger.hpp"
#include "storage/versions.hpp"

namespace winnow::storage {

/// All calls within the caller's transaction.
class Recorder {
public:
  Recorder(Database& database, Captures& captures, Contents& contents, Frontier& frontier, Ledger& ledger,
           Versions& versions);

  void record(const CaptureResult& result, std::optional<RunId> run, Recorded& recorded);
  void import(ArchiveId archive, Found found, const ImportedCapture& imported, Recorded& recorded);

  /// Gives the listed captures of the held one's page and digest its body.
  void infer(PageId page, const std::string& digest, CaptureId held, Recorded& recorded);

private:
  struct Content {
    std::optional<BodyId> body;
    std::optional<TextId> text;
    bool text_given = false;  ///< with the capture, not extracted from the body
  };

  void held(const CaptureRow& asked, const Held& held, std::optional<RunId> run, Recorded& recorded);
  void missed(const CaptureRow& asked, const Missed& missed, std::optional<RunId> run, Recorded& recorded);
  /// Of a redirect that archived redirects have led to: back to one of their pages, or on and on.
  std::optional<Missed> endless_redirect(const CaptureRow& asked, const Held& held);
  /// The row of what was truly replayed: `asked`, or another one.
  CaptureRow played_row(const CaptureRow& asked, const Held& held);
  /// The row of another page or moment that was replayed in place of `asked`.
  CaptureRow replayed_row(const CaptureRow& asked, const Held& held);
  /// Whether other captures of the page with the row's digest have the same body: as an archive played it, or
  /// as a file has it.
  bool represents(const CaptureRow& row, const Provenance& provenance);
  static bool represents(const CaptureRow& row, Found found, const ImportedCapture& imported);
  /// The archived redirects that led to a row, then the archive's own hops.
  Provenance with_chain(const CaptureRow& asked, const Provenance& provenance);
  /// `stands`: represents().
  void hold(const CaptureRow& row, const Content& content, const Provenance& provenance,
            const std::string& mimetype, bool stands, Recorded& recorded);
  void infer_imported(const CaptureRow& row, const Content& content, Recorded& recorded);
  void follow(const CaptureRow& from, const Capture& target, Recorded& recorded);

  Captures& m_captures;
  Contents& m_contents;
  Frontier& m_frontier;
  Ledger& m_ledger;
  Versions& m_versions;
  Statement m_hold, m_infer_imported, m_miss, m_provenance, m_read_provenance, m_siblings, m_infer,
      m_held_body, m_restored;
};

}  // namespace winnow::storage
