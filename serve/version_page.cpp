#include <algorithm>

#include <fmt/format.h>

#include "extract/markdown_html.hpp"
#include "formats/corpus_document.hpp"
#include "model/memento_url.hpp"
#include "model/printable.hpp"
#include "model/url.hpp"
#include "serve/history.hpp"
#include "serve/pages.hpp"
#include "serve/policy_html.hpp"
#include "serve/words.hpp"

namespace winnow::serve {
namespace {

constexpr std::size_t k_most_outline = 200;

HttpAnswer no_version() {
  return message_page(404, "Not in the store", "The store has no such version.");
}

struct Found {
  History history;
  std::size_t index = 0;
  VersionRecord record;
};

std::optional<Found> find(Readers& readers, const std::string& series, const std::string& version) {
  auto history = read_history(readers, series);
  if (!history) return std::nullopt;
  const auto index = find_version(history->versions, version);
  if (!index) return std::nullopt;
  auto record = readers.store.version(history->series.id, history->versions[*index].number);
  if (!record) return std::nullopt;
  return Found{std::move(*history), *index, std::move(*record)};
}

/// Terms and what they are, in the order in which a reader checks them.
class Facts {
public:
  void add(std::string_view term, const std::string& value, bool mono = false) {
    if (value.empty()) return;
    View row = make_row(term, value);
    row.set("mono", mono);
    m_rows << row;
  }
  /// A link only when it leads to the web.
  void add_link(std::string_view term, const std::string& url) {
    if (url.empty()) return;
    View row = make_row(term, url);
    row.set("mono", true);
    const auto parsed = Url::parse(url);
    if (parsed && parsed->is_http()) row.set("link", url);
    m_rows << row;
  }
  [[nodiscard]] const View& rows() const { return m_rows; }

private:
  static View make_row(std::string_view term, const std::string& value) {
    View row = view_object();
    row.set("term", std::string(term));
    row.set("value", printable_line(value));
    row.set("link", View(View::type::bool_false));
    return row;
  }
  View m_rows = view_list();
};

/// `whose` the digest is: the archive's, or that of a file's record.
std::string digest_words(DigestCheck check, std::string_view whose) {
  switch (check) {
    case DigestCheck::as_stored:
      return fmt::format("the bytes match the {}’s digest, as stored", whose);
    case DigestCheck::decoded:
      return fmt::format("the bytes match the {}’s digest", whose);
    case DigestCheck::mismatch:
      return fmt::format("the bytes do not have the {}’s digest", whose);
    case DigestCheck::unknown:
      break;
  }
  return fmt::format("the {} gave none", whose);
}

std::string marks(const Text& text) {
  std::string names;
  for (const Mark mark : text.marks)
    names += (names.empty() ? "" : ", ") + std::string(name(mark));
  return names;
}

View facts_of(const VersionRecord& record) {
  Facts facts;
  const Capture& capture = record.capture;
  facts.add("Captured", capture.timestamp.iso());
  const bool is_of_file = record.archive == "warc:";
  facts.add("Archive", record.archive == k_live_archive ? "the site itself"
                       : is_of_file                     ? "none: imported from a file"
                                                        : record.archive);
  facts.add_link("Original URL", capture.original);
  if (record.provenance) {
    const Provenance& provenance = *record.provenance;
    facts.add_link("Original memento", provenance.memento_url);
    if (provenance.requested_url != capture.original) facts.add("Asked for", provenance.requested_url, true);
    if (provenance.requested_timestamp != capture.timestamp)
      facts.add("Asked for the time", provenance.requested_timestamp.iso());
    facts.add("Source WARC", provenance.source_warc, true);
    facts.add("Digest", digest_words(provenance.digest_check, is_of_file ? "record" : "archive"));
    facts.add("Answered by", provenance.remote_address, true);
    facts.add("Fetched", provenance.fetched_at.iso());
    facts.add("Fetched by", provenance.program);
  }
  if (record.state == "inferred")
    facts.add("State", "not fetched: it has the digest of another capture of the page");
  if (capture.digest)
    facts.add(is_of_file ? "Record’s digest" : "Archive’s digest", base32(*capture.digest), true);
  if (record.body_sha1) facts.add("SHA-1 of the body", record.body_sha1->hex(), true);
  if (record.body_sha256) facts.add("SHA-256 of the body", record.body_sha256->hex(), true);
  facts.add("SHA-256 of the text", record.version.text_sha256.hex(), true);
  facts.add("Read as", record.text.charset);
  facts.add("Notes on the text", marks(record.text));
  facts.add("Extractor", std::to_string(record.text.extractor));
  return facts.rows();
}

void set_evidence(View& view, const VersionRecord& record) {
  View hops = view_list();
  View headers = view_list();
  if (record.provenance) {
    for (const Hop& hop : record.provenance->hops) {
      View row = view_object();
      row.set("status", std::to_string(hop.status));
      row.set("kind", std::string(name(hop.kind)));
      row.set("url", printable(hop.url));
      hops << row;
    }
    for (const auto& [field, value] : record.provenance->original_headers.fields()) {
      View row = view_object();
      row.set("name", printable(field));
      row.set("value", printable(value));
      headers << row;
    }
  }
  view.set("has_hops", hops.is_non_empty_list());
  view.set("hops", hops);
  view.set("has_headers", headers.is_non_empty_list());
  view.set("headers", headers);
}

std::string citation(const VersionRecord& record) {
  const std::string title = heading(record.version.title, record.site);
  const std::string source = record.provenance && !record.provenance->memento_url.empty()
                                 ? record.provenance->memento_url
                                 : record.capture.original;
  return fmt::format("“{}”, {}, as archived on {}, {} (text SHA-256 {}).", title, record.site,
                     record.capture.timestamp.date(), printable(source),
                     record.version.text_sha256.hex().substr(0, 16));
}

View outline_rows(const std::vector<OutlineEntry>& outline) {
  int highest = 6;
  for (const OutlineEntry& entry : outline)
    highest = std::min(highest, entry.level);
  View rows = view_list();
  for (std::size_t i = 0; i < std::min(outline.size(), k_most_outline); ++i) {
    View row = view_object();
    row.set("id", outline[i].id);
    row.set("level", std::to_string(outline[i].level - highest + 1));
    row.set("label", outline[i].text);
    rows << row;
  }
  return rows;
}

}  // namespace

HttpAnswer version_page(Readers& readers, const std::string& series, const std::string& wanted) {
  const auto found = find(readers, series, wanted);
  if (!found) return no_version();
  const auto& [history, index, record] = *found;
  const VersionSummary& version = history.versions[index];
  const std::string path = version_path(history, index);
  const PolicyHtml text = policy_html(record.text.markdown, record.capture.original);

  View view = view_object();
  view.set("site", record.site);
  view.set("site_href", site_path(record.site));
  view.set("series_href", series_path(history.series.id));
  view.set("number", std::to_string(version.number));
  view.set("count", std::to_string(history.versions.size()));
  if (!version.language.empty()) view.set("language", version.language);
  view.set("lang", version.language);
  view.set("minor", version.change && version.change->is_minor);
  if (const std::string kind = kind_words(version.kind); !kind.empty()) view.set("kind", kind);
  if (version.returns_to) view.set("returns", std::to_string(*version.returns_to));
  view.set("heading", heading(version.title, record.site));
  view.set("page", printable(record.capture.original));
  view.set("first", version.first_seen.date());
  view.set("last", version.last_seen.date());
  if (version.changed_after) view.set("between", between(version));
  view.set("words", counted(version.word_count, "word"));
  if (version.claimed_date) view.set("claimed", *version.claimed_date);

  PageHead head{.title = fmt::format("{}, version {}", record.site, version.number),
                .section = Section::sites};
  if (index > 0) {
    head.previous = version_path(history, index - 1);
    view.set("earlier", head.previous);
    view.set("compare", diff_path(history, index - 1, index));
  }
  if (index + 1 < history.versions.size()) {
    head.next = version_path(history, index + 1);
    view.set("later", head.next);
    view.set("compare_next", diff_path(history, index, index + 1));
  }
  view.set("text", text.html);
  view.set("has_outline", text.outline.size() > 1);
  view.set("outline", outline_rows(text.outline));
  view.set("facts", facts_of(record));
  set_evidence(view, record);
  view.set("citation", citation(record));
  view.set("markdown_href", path + "/text.md");
  if (record.body_sha256) {
    view.set("body_href", path + "/body");
    view.set("body_size", counted(record.body_size, "byte"));
  }
  view.set("record_href", "/api/v1" + path);
  return page(head, render("version.html", view));
}

HttpAnswer version_text(Readers& readers, const std::string& series, const std::string& wanted) {
  const auto found = find(readers, series, wanted);
  if (!found) return no_version();
  const std::string name =
      fmt::format("{}-{}.md", found->record.site, found->record.capture.timestamp.digits());
  return {200,
          "text/markdown; charset=utf-8",
          {{"Content-Disposition", fmt::format("attachment; filename=\"{}\"", name)}},
          render_version_document(found->record)};
}

HttpAnswer version_body(Readers& readers, const std::string& series, const std::string& wanted) {
  const auto found = find(readers, series, wanted);
  if (!found || !found->record.body_sha256) return no_version();
  auto body = readers.store.body(*found->record.body_sha256);
  if (!body) return no_version();
  const std::string name =
      fmt::format("{}-{}.bin", found->record.site, found->record.capture.timestamp.digits());
  return {200,
          "application/octet-stream",
          {{"Content-Disposition", fmt::format("attachment; filename=\"{}\"", name)}},
          std::move(*body)};
}

}  // namespace winnow::serve
