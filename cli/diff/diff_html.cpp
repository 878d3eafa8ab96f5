#include <fmt/format.h>

#include "cli/counted.hpp"
#include "cli/diff/diff_view.hpp"
#include "model/diff_lines.hpp"
#include "model/html_escape.hpp"
#include "model/printable.hpp"

namespace winnow::cli {
namespace {

constexpr std::string_view k_style =
    R"(:root { color-scheme: light dark; --removed: #a40000; --removed-ground: #ffe3e0;
  --added: #0b5d1e; --added-ground: #dcf5e1; --quiet: #666; }
@media (prefers-color-scheme: dark) {
  :root { --removed: #ffb3ab; --removed-ground: #4a1a17; --added: #a8e6b6; --added-ground: #163d20; --quiet: #999; }
}
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.2rem; overflow-wrap: anywhere; }
dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
summary, dt { color: var(--quiet); }
summary { cursor: pointer; margin: .5rem 0; }
del { color: var(--removed); background: var(--removed-ground); }
ins { color: var(--added); background: var(--added-ground); text-decoration: none; }
)";

std::string escaped(std::string_view text) {
  return escape_html(printable_line(text));
}

std::string version_entry(std::string_view element, const ComparedVersion& version) {
  const VersionRecord& record = version.record;
  return fmt::format("<dt><{0}>version {1}</{0}>, seen {2} to {3}</dt>\n<dd>{4}<br>{5}</dd>\n", element,
                     record.version.number, record.version.first_seen.date(), record.version.last_seen.date(),
                     escaped(record.version.title), escaped(record.capture.original));
}

void add_lines(std::string& out, const std::vector<DiffLine>& lines, const Stretch& stretch) {
  out += "<div class=\"text\">";
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
    for (const Piece& span : lines[i].spans) {
      const std::string text = escaped(span.text);
      switch (span.kind) {
        case Piece::Kind::removed:
          out += "<del>" + text + "</del>";
          break;
        case Piece::Kind::added:
          out += "<ins>" + text + "</ins>";
          break;
        case Piece::Kind::same:
          out += text;
          break;
      }
    }
    out += '\n';
  }
  out += "</div>\n";
}

}  // namespace

std::string render_html(const Compared& compared, const WordDiff& diff) {
  const std::string page = escaped(compared.newer.page);
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n"
      "<title>{0}: version {1} and {2}</title>\n<style>\n{3}</style>\n</head>\n<body>\n<h1>{0}</h1>\n<dl>\n",
      page, compared.older.record.version.number, compared.newer.record.version.number, k_style);
  out += version_entry("del", compared.older) + version_entry("ins", compared.newer);
  out += fmt::format("</dl>\n<p>{}</p>\n", summary(diff));
  const auto lines = diff_lines(diff.pieces);
  for (const Stretch& stretch : stretches(lines)) {
    if (stretch.folded)
      out += fmt::format("<details><summary>{} the same</summary>\n",
                         counted(stretch.end - stretch.begin, "line"));
    add_lines(out, lines, stretch);
    if (stretch.folded) out += "</details>\n";
  }
  return out + "</body>\n</html>\n";
}

}  // namespace winnow::cli
