#include "formats/sorted_lines.hpp"

#include <algorithm>
#include <cstdint>
#include <queue>
#include <utility>

namespace winnow {

namespace {

/// Reads a run's lines one after the other.
class Run {
public:
  explicit Run(const SpoolFile& file) : m_file(&file) {}

  /// False at the end.
  bool next() {
    for (;;) {
      if (const std::size_t end = m_piece.find('\n', m_at); end != std::string::npos) {
        m_line.assign(m_piece, m_at, end - m_at);
        m_at = end + 1;
        return true;
      }
      m_piece.erase(0, m_at);
      m_at = 0;
      const std::string more = m_file->read_at(m_offset, k_piece);
      if (more.empty()) return false;
      m_offset += more.size();
      m_piece += more;
    }
  }
  [[nodiscard]] const std::string& line() const { return m_line; }

private:
  static constexpr std::size_t k_piece = 1U << 16U;
  const SpoolFile* m_file;
  std::uint64_t m_offset = 0;
  std::string m_piece;
  std::size_t m_at = 0;
  std::string m_line;
};

}  // namespace

SortedLines::SortedLines(std::filesystem::path folder, std::size_t memory)
    : m_folder(std::move(folder)), m_memory(memory) {}

void SortedLines::add(std::string line) {
  m_held += line.size() + sizeof(std::string);
  m_lines.push_back(std::move(line));
  if (m_held > m_memory) spill();
}

void SortedLines::spill() {
  std::sort(m_lines.begin(), m_lines.end());
  SpoolFile& run = m_runs.emplace_back(m_folder);
  for (const std::string& line : m_lines) {
    run.write(line);
    run.write("\n");
  }
  static_cast<void>(run.finish());
  m_lines.clear();
  m_held = 0;
}

void SortedLines::for_each(const std::function<void(std::string_view)>& visit) {
  if (m_runs.empty()) {
    std::sort(m_lines.begin(), m_lines.end());
    for (const std::string& line : m_lines)
      visit(line);
    return;
  }
  spill();
  std::vector<Run> runs(m_runs.begin(), m_runs.end());
  const auto is_later = [&runs](std::size_t a, std::size_t b) { return runs[a].line() > runs[b].line(); };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(is_later)> queue(is_later);
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (runs[i].next()) queue.push(i);
  while (!queue.empty()) {
    const std::size_t first = queue.top();
    queue.pop();
    visit(runs[first].line());
    if (runs[first].next()) queue.push(first);
  }
}

}  // namespace winnow
