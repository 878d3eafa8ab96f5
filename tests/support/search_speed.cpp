// How long looking for words takes, without the start of a process: winnow_search_speed STORE QUERY..., where
// a query is as `winnow serve` takes it, phrases in quotes. For scripts/bench.
#include <algorithm>
#include <array>
#include <ctime>
#include <exception>
#include <iostream>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "extract/plain_text.hpp"
#include "model/error.hpp"
#include "storage/search_reader.hpp"
#include "storage/search_words.hpp"
#include "storage/snippets.hpp"

namespace {

using namespace winnow;

constexpr int k_times = 7;

/// Of CPU: what the machine does besides is not measured.
double cpu_ms() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

void measure(const std::string& path, const std::string& query, SearchOrder order) {
  const auto match = match_expression(query);
  if (!match) throw error("there is no word to look for in {}", query);
  const std::string marked = mark_expression(query);
  std::array<double, 4> best{};
  best.fill(std::numeric_limits<double>::max());
  std::size_t hits = 0;
  const auto note = [&best](std::size_t part, double spent) { best[part] = std::min(best[part], spent); };
  for (int time = 0; time < k_times; ++time) {
    const double begin = cpu_ms();
    SearchReader reader(path);
    Snippets snippets;
    const double opened = cpu_ms();
    const SearchQuery asked{
        .match = *match, .site = {}, .language = {}, .since = {}, .until = {}, .order = order, .limit = 20};
    static_cast<void>(reader.search(asked));
    const double found = cpu_ms();
    const SearchResult again = reader.search(asked);
    const double found_again = cpu_ms();
    for (const SearchHit& hit : again.hits)
      static_cast<void>(snippets.snippet(hit.title, plain_text(hit.markdown), marked));
    note(0, opened - begin);
    note(1, found - opened);
    note(2, found_again - found);
    note(3, cpu_ms() - found_again);
    hits = again.hits.size();
  }
  fmt::print(
      "{:<44} {:5.1f} ms to open, {:5.1f} ms to find {} series, {:.1f} ms once more, {:.1f} ms for "
      "snippets\n",
      query + (order == SearchOrder::first ? ", first" : ""), best[0], best[1], hits, best[2], best[3]);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  try {
    for (int i = 2; i < argc; ++i) {
      measure(argv[1], argv[i], SearchOrder::best);
      measure(argv[1], argv[i], SearchOrder::first);
    }
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
  return 0;
}
