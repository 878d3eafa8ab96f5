#include "formats/evidence_report.hpp"

#include <fmt/format.h>

#include "formats/memento_of.hpp"
#include "model/html_escape.hpp"
#include "model/printable.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

/// Also of what would make a line read in another order than it is stored.
std::string escaped(std::string_view text) {
  return escape_html(printable(text));
}

std::string link(std::string_view url) {
  const auto parsed = Url::parse(url);
  if (!parsed || !parsed->is_http()) return escaped(url);
  return fmt::format("<a rel=\"noreferrer\" href=\"{0}\">{0}</a>", escaped(url));
}

std::string row(std::string_view name, std::string_view html) {
  return html.empty() ? std::string() : fmt::format("<tr><th>{}</th><td>{}</td></tr>\n", name, html);
}

std::string file(std::string_view path) {
  return fmt::format("<a href=\"{0}\">{0}</a>", path);  // of our own making
}

std::string interval(const VersionSummary& version) {
  if (!version.changed_after) return "it is the first that is known";
  std::string text =
      fmt::format("after {} and not later than {}", version.changed_after->iso(), version.first_seen.iso());
  if (version.unread_before > 0) {
    text += fmt::format(" ({} {} in between {} not been read)", version.unread_before,
                        version.unread_before == 1 ? "capture" : "captures",
                        version.unread_before == 1 ? "has" : "have");
  }
  return text;
}

std::string change_words(const VersionSummary& version) {
  if (!version.change) return {};
  std::string text =
      fmt::format("{} words added, {} removed", version.change->words_added, version.change->words_removed);
  if (version.change->is_minor) text += "; minor";
  if (version.returns_to) text += fmt::format("; the words of version {} are back", *version.returns_to);
  return text;
}

std::string citation(const VersionRecord& record) {
  const std::string title = record.text.title.empty() ? "Privacy policy" : record.text.title;
  std::string text = fmt::format("{}, “{}”, {}, as captured on {}", escaped(record.site), escaped(title),
                                 link(record.capture.original), record.capture.timestamp.iso());
  if (const std::string memento = memento_of(record); !memento.empty()) text += ", " + link(memento);
  return text + ".";
}

}  // namespace

std::string evidence_name(const VersionSummary& version) {
  return fmt::format("{:04}-{}", version.number, version.first_seen.digits().substr(0, 8));
}

std::string report_head(std::string_view site, std::string_view series, std::string_view program,
                        Timestamp written) {
  return fmt::format(
      R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{0}: versions of a policy</title>
<style>
body {{ font: 16px/1.5 Georgia, serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #111; }}
table {{ border-collapse: collapse; width: 100%; font-size: .9rem; }}
th {{ text-align: left; vertical-align: top; padding: .15rem 1rem .15rem 0; white-space: nowrap; }}
td {{ overflow-wrap: anywhere; }}
section {{ border-top: 1px solid #999; margin-top: 2rem; }}
@media print {{ section {{ break-inside: avoid; }} }}
</style></head><body>
<h1>{0}: versions of a policy</h1>
<p>The series <code>{1}</code>, as {2} has it in a store last written to on {3}. Each version is a run of captures
whose visible words are the same; what happened between two neighbouring captures happened between them. All captures
with their headers are in {4}, and <code>manifest-sha256.txt</code> beside this folder has the SHA-256 of each file.</p>
)",
      escaped(site), escaped(series), escaped(program), written.iso(), file("captures.warc.gz"));
}

std::string report_version(const ExportedRecord& exported, std::string_view change) {
  const VersionRecord& record = exported.record;
  const VersionSummary& version = record.version;
  std::string html =
      fmt::format("<section><h2>Version {}</h2>\n<p>{}</p>\n<table>\n", version.number, citation(record));
  html += row("changed", interval(version));
  html += row("seen", fmt::format("{} to {}, {} {}", version.first_seen.iso(), version.last_seen.iso(),
                                  version.captures, version.captures == 1 ? "capture" : "captures"));
  if (version.claimed_date) html += row("date it gives", escaped(*version.claimed_date));
  html += row("difference", change_words(version));
  html += row("words", std::to_string(version.word_count));
  html += row("text", file(fmt::format("versions/{}.md", evidence_name(version))));
  if (!change.empty()) html += row("what changed", file(change));
  html += row("archive", escaped(record.archive));
  if (record.provenance) {
    html += row("digest", escaped(name(record.provenance->digest_check)));
    html += row("source", escaped(record.provenance->source_warc));
  }
  if (record.body_sha1) html += row("body SHA-1", record.body_sha1->hex());
  if (record.body_sha256) html += row("body SHA-256", record.body_sha256->hex());
  html += row("text SHA-256", version.text_sha256.hex());
  return html + "</table></section>\n";
}

std::string report_foot() {
  return "</body></html>\n";
}

}  // namespace winnow
