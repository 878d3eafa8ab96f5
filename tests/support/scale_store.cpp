// Fills a store as harvests would, to see whether it stays as fast: winnow_scale_store SOURCE DEST CAPTURES
// Each step is a run: 500 new pages of 100 sites with twenty captures each are listed, one capture of each
// digest (three a page) is stored, the others are inferred, and the new texts are analysed. Texts are some
// paragraphs in a row of a version in the store SOURCE, with a sentence of their own. A store that is there
// is gone on with. For scripts/bench.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "model/error.hpp"
#include "model/url.hpp"
#include "storage/analysis_reader.hpp"
#include "storage/overview_reader.hpp"
#include "storage/search_words.hpp"
#include "storage/store.hpp"
#include "storage/store_reader.hpp"

namespace {

using namespace winnow;

constexpr std::size_t k_pages = 500;    // a step
constexpr std::size_t k_captures = 20;  // a page
constexpr std::size_t k_texts = 3;
constexpr std::size_t k_words = 500;  // of a text, or some more

/// Of CPU: what the machine does besides is not measured.
double seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

constexpr TextChange k_some_change{
    .words_removed = 3, .words_added = 3, .share = 0.01, .simhash_distance = 32, .is_minor = false};

class Filler {
public:
  Filler(const std::string& source, const std::string& path) : m_path(path), m_store(path) {
    StoreReader reader(source);
    for (const SeriesSummary& series : reader.series_with_versions()) {
      for (const VersionSummary& version : reader.versions(series.id)) {
        if (const auto record = reader.version(series.id, version.number)) split(record->text.markdown);
      }
    }
    if (m_paragraphs.empty()) throw error("{} has no texts", source);
    m_captures = OverviewReader(path).totals().captures;
    m_pages = m_captures / k_captures;
  }

  void step() {
    m_store.begin_run("scale", "winnow/scale");
    const ArchiveId archive = m_store.archive("https://archive.test", "wayback");
    const double begin = seconds();
    const Listed listed = list(archive);
    const double listing = seconds() - begin;
    const Scope scope{archive, listed.pages, {}, {}};
    m_store.note_look({archive, listed.pages, {}, Timestamp::from_value(20250101000000)});
    m_store.plan(scope, Selection::unique);
    record();
    const double all = seconds() - begin;
    const double end = seconds();
    analyse();
    const double analysis = seconds() - end;
    m_store.note_told(m_store.note_arrivals());
    const double arrivals = seconds() - end - analysis;
    m_store.end_run(0, "{}");
    m_captures += listed.added;
    const auto size = std::filesystem::file_size(m_path);
    fmt::print(
        "{:>9} captures, of a CPU {:>8.0f} listed/s {:>8.0f} stored/s, end of run {:.2f} + {:.2f} s, "
        "{:>7.1f} MB\n",
        m_captures, static_cast<double>(listed.added) / listing, static_cast<double>(listed.added) / all,
        analysis, arrivals, static_cast<double>(size) / 1e6);
    std::cout.flush();
  }

  [[nodiscard]] std::size_t captures() const { return m_captures; }

private:
  void split(std::string_view markdown) {
    while (!markdown.empty()) {
      const std::size_t end = std::min(markdown.find("\n\n"), markdown.size());
      if (end > 0) m_paragraphs.emplace_back(markdown.substr(0, end));
      markdown.remove_prefix(std::min(end + 2, markdown.size()));
    }
  }

  /// Versions one after another, and one that comes back in the end.
  [[nodiscard]] static std::size_t text_of(std::size_t capture) {
    return capture == k_captures - 1 ? 0 : capture * k_texts / k_captures;
  }

  Listed list(ArchiveId archive) {
    std::vector<ListedCapture> rows;
    rows.reserve(k_pages * k_captures);
    for (std::size_t i = 0; i < k_pages; ++i) {
      const std::size_t page = m_pages + i;
      const std::string url = fmt::format("https://www.site{}.example/legal/privacy-{}", page / 5, page % 5);
      for (std::size_t capture = 0; capture < k_captures; ++capture) {
        const auto date = std::chrono::sys_days(std::chrono::year(2004) / 1 / 1) +
                          std::chrono::days(365 * capture + page % 300);
        rows.push_back({{.urlkey = urlkey(url),
                         .timestamp = Timestamp::from_time(date),
                         .original = url,
                         .mimetype = "text/html",
                         .statuscode = 200,
                         .digest = sha1(fmt::format("{} {}", page, text_of(capture))),
                         .length = 4000},
                        0});
      }
    }
    m_pages += k_pages;
    return m_store.add_captures(archive, rows);
  }

  void record() {
    while (true) {
      const auto claimed = m_store.claim(64);
      if (claimed.empty()) return;
      std::vector<CaptureResult> results;
      results.reserve(claimed.size());
      for (const ClaimedCapture& capture : claimed)
        results.push_back({capture.id, held(capture.capture)});
      m_store.record(results);
    }
  }

  /// Texts of a page stand on the same paragraphs.
  std::string markdown(const Capture& capture) {
    const auto page = std::hash<std::string>()(capture.original);
    std::string text = fmt::format("# Privacy policy of {}\n\n", capture.original);
    std::size_t spaces = 0;
    for (std::size_t at = page % m_paragraphs.size(); spaces < k_words; at = (at + 1) % m_paragraphs.size()) {
      text += m_paragraphs[at] + "\n\n";
      spaces +=
          static_cast<std::size_t>(std::count(m_paragraphs[at].begin(), m_paragraphs[at].end(), ' ')) + 1;
    }
    const bool is_rare = m_random() % 1000 == 0;
    text += fmt::format("This is amendment {} of {}{}.\n", m_random() % 10'000'000, capture.timestamp.date(),
                        is_rare ? " with the lantern clause" : "");
    return text;
  }

  Held held(const Capture& capture) {
    Text text;
    text.title = "Privacy policy";
    text.markdown = markdown(capture);
    text.word_count = k_words;
    text.words_sha256 = sha256(text.markdown);
    text.simhash = m_random();
    text.charset = "UTF-8";
    const std::string body = "<html><body>" + text.markdown + "</body></html>";
    return {
        .provenance = {.archive = "https://archive.test",
                       .requested_url = capture.original,
                       .requested_timestamp = capture.timestamp,
                       .replayed_url = capture.original,
                       .replayed_timestamp = capture.timestamp,
                       .memento_url = "",
                       .hops = {},
                       .statuscode = 200,
                       .original_headers = {},
                       .response_headers = {},
                       .source_warc = "",
                       .digest_check = DigestCheck::unknown,
                       .fetched_at = Timestamp::from_value(20250101000000),
                       .program = "winnow/scale"},
        .content = {.reading = {.body = sha256(body), .content_type = "text/html", .url = capture.original},
                    .sha1 = sha1(body),
                    .size = body.size(),
                    .body = pack(body),
                    .text = pack_text(text)},
        .mimetype = "text/html",
        .follow = {}};
  }

  void analyse() {
    AnalysisReader reader(m_path);
    std::vector<AnalysedText> batch;
    for (const UnanalysedText& text : reader.texts()) {
      const Text content = reader.text(text.id);
      TextAnalysis analysis;
      analysis.language = "en";
      analysis.gate = "yes";
      analysis.kind = "policy";
      batch.push_back({text.id, analysis, search_words(content.title, content.markdown)});
      if (batch.size() == 64) {
        m_store.note_analyses(batch);
        batch.clear();
      }
    }
    m_store.note_analyses(batch);
    // Without them no version would be told of, and every site looked at again after each run.
    std::vector<MeasuredChange> changes;
    for (const UnmeasuredChange& change : reader.changes())
      changes.push_back({change.older, change.newer, k_some_change});
    m_store.note_changes(changes);
  }

  std::string m_path;
  Store m_store;
  std::vector<std::string> m_paragraphs;
  std::size_t m_pages = 0;
  std::size_t m_captures = 0;
  std::mt19937_64 m_random{1};  // NOLINT(cert-msc51-cpp): the same store each time
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  try {
    Filler filler(argv[1], argv[2]);
    const std::size_t wanted = std::stoul(argv[3]);
    while (filler.captures() < wanted)
      filler.step();
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
  return 0;
}
