#include <fmt/format.h>

#include "cli/counted.hpp"
#include "cli/search/search_view.hpp"
#include "model/ascii.hpp"
#include "model/printable.hpp"

namespace winnow::cli {
namespace {

/// Lines become one.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (!is_html_space(c)) {
      line += c;
    } else if (line.empty() || line.back() != ' ') {
      line += ' ';
    }
  }
  return printable_line(line);
}

std::string snippet_line(const Snippet& snippet, HitMarks marks) {
  std::string line = snippet.is_start ? "    " : "    ... ";
  for (const SnippetPiece& piece : snippet.pieces) {
    const bool is_bold = piece.is_hit && marks == HitMarks::bold;
    if (is_bold) line += "\x1b[1m";
    line += one_line(piece.text);
    if (is_bold) line += "\x1b[0m";
  }
  return line + (snippet.is_end ? "\n" : " ...\n");
}

std::string numbers(const VersionRun& run) {
  return run.first == run.last ? fmt::format("version {}", run.first)
                               : fmt::format("versions {}-{}", run.first, run.last);
}

/// `, 3 captures between them unread`.
std::string unread(std::uint64_t captures) {
  return captures > 0 ? fmt::format(", {} between them unread", counted(captures, "capture")) : "";
}

std::string runs(const SearchHit& hit) {
  std::string out;
  for (const VersionRun& run : hit.runs) {
    out += fmt::format("    {:<15} {} to {}{}\n", numbers(run), run.first_seen.date(), run.last_seen.date(),
                       run.last == hit.versions ? ", the last version" : "");
  }
  return out;
}

std::string when_first(const SearchHit& hit) {
  const VersionRun& run = hit.runs[hit.run];
  if (run.absent_until) {
    return fmt::format("first seen {}, not yet {}{}", hit.first_seen.date(), run.absent_until->date(),
                       unread(run.unread_before));
  }
  return hit.version == 1 ? fmt::format("from the first version on, {}", hit.first_seen.date())
                          : fmt::format("first seen {}", hit.first_seen.date());
}

std::string when_last(const SearchHit& hit) {
  const VersionRun& run = hit.runs[hit.run];
  if (run.absent_from) {
    return fmt::format("last seen {}, gone {}{}", run.last_seen.date(), run.absent_from->date(),
                       unread(run.unread_after));
  }
  return run.last == hit.versions ? fmt::format("still there {}", run.last_seen.date())
                                  : fmt::format("last seen {}", run.last_seen.date());
}

}  // namespace

std::string render_search(const std::vector<ShownHit>& hits, SearchOrder order, HitMarks marks) {
  std::string out;
  for (const auto& [hit, snippet] : hits) {
    if (!out.empty()) out += '\n';
    out += printable_line(hit.url);
    if (order == SearchOrder::best) {
      out += fmt::format("  {}\n", counted(hit.versions, "version"));
    } else {
      const std::string when = order == SearchOrder::first ? when_first(hit) : when_last(hit);
      out += fmt::format("#{}  {}\n", hit.version, when);
    }
    // What came and went is told with each of its times.
    if (order == SearchOrder::best || hit.runs.size() > 1) out += runs(hit);
    if (!snippet.pieces.empty()) out += snippet_line(snippet, marks);
  }
  return out;
}

}  // namespace winnow::cli
