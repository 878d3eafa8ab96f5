#include <fmt/format.h>

#include "cli/counted.hpp"
#include "cli/diff/diff_view.hpp"
#include "model/diff_lines.hpp"
#include "model/printable.hpp"

namespace winnow::cli {
namespace {

struct Style {
  std::string_view begin;
  std::string_view end;
};

Style style(Piece::Kind kind, Marks marks) {
  const bool colours = marks == Marks::colours;
  switch (kind) {
    case Piece::Kind::removed:
      return colours ? Style{"\x1b[31;9m", "\x1b[0m"} : Style{"[-", "-]"};
    case Piece::Kind::added:
      return colours ? Style{"\x1b[32m", "\x1b[0m"} : Style{"{+", "+}"};
    case Piece::Kind::same:
      break;
  }
  return {};
}

std::string header_line(std::string_view sign, const ComparedVersion& version, bool with_title) {
  const VersionRecord& record = version.record;
  std::string line = fmt::format("{} version {}  {} .. {}  {}\n", sign, record.version.number,
                                 record.version.first_seen.date(), record.version.last_seen.date(),
                                 printable_line(record.capture.original));
  if (with_title) line += fmt::format("    {}\n", printable_line(record.version.title));
  return line;
}

void add_line(std::string& out, const DiffLine& line, Marks marks) {
  for (const Piece& span : line.spans) {
    const auto [begin, end] = style(span.kind, marks);
    out.append(begin).append(printable_line(span.text)).append(end);
  }
  out += '\n';
}

}  // namespace

std::string summary(const WordDiff& diff) {
  const double percent = 100 * diff.share();
  const bool is_tiny = percent > 0 && percent < 0.05;
  return fmt::format("{} removed, {} added: {} % of the text changed", counted(diff.words_removed, "word"),
                     diff.words_added, is_tiny ? "less than 0.1" : fmt::format("{:.1f}", percent));
}

std::string render_text(const Compared& compared, const WordDiff& diff, Marks marks) {
  const bool other_title = compared.older.record.version.title != compared.newer.record.version.title;
  std::string out = printable_line(compared.newer.page) + "\n" +
                    header_line("---", compared.older, other_title) +
                    header_line("+++", compared.newer, other_title) + "\n";
  const auto lines = diff_lines(diff.pieces);
  for (const Stretch& stretch : stretches(lines)) {
    if (stretch.folded) {
      out += fmt::format("... {} the same ...\n", counted(stretch.end - stretch.begin, "line"));
      continue;
    }
    for (std::size_t i = stretch.begin; i < stretch.end; ++i)
      add_line(out, lines[i], marks);
  }
  return out + "\n" + summary(diff) + "\n";
}

}  // namespace winnow::cli
