#include "cli/analyse_versions.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include <spdlog/spdlog.h>

#include "cli/counted.hpp"
#include "cli/interrupt.hpp"
#include "extract/analysis.hpp"
#include "extract/facts/change_measure.hpp"
#include "storage/analysis_reader.hpp"
#include "storage/search_words.hpp"

namespace winnow::cli {
namespace {

/// Some seconds of work: what a sudden death undoes.
constexpr std::size_t k_batch = 256;

/// More than a run brings, mostly the first one after an update: worth a word.
constexpr std::size_t k_many = 5000;

AnalysedText analyse(AnalysisReader& reader, const UnanalysedText& unanalysed) {
  const Text text = reader.text(unanalysed.id);
  const Analysis analysis = winnow::analyse(text, unanalysed.url);
  AnalysedText analysed{.text = unanalysed.id,
                        .analysis = {.language = analysis.language.code,
                                     .gate = std::string(name(analysis.gate.band)),
                                     .kind = std::string(name(analysis.gate.kind)),
                                     .score = analysis.gate.score,
                                     .claimed_date = {},
                                     .claimed_words = {},
                                     .sentences = analysis.facts.sentences,
                                     .reading_grade = analysis.facts.reading_grade},
                        .search_words = search_words(text.title, text.markdown)};
  if (const auto& claimed = analysis.facts.claimed_date) {
    analysed.analysis.claimed_date = claimed->date;
    analysed.analysis.claimed_words = claimed->words;
  }
  return analysed;
}

MeasuredChange measure(AnalysisReader& reader, const UnmeasuredChange& change) {
  return {change.older, change.newer,
          measure_change(reader.text(change.older), reader.text(change.newer), change.language)};
}

class Workers {
public:
  explicit Workers(const std::filesystem::path& path) {
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
      m_readers.push_back(std::make_unique<AnalysisReader>(path));
  }

  /// Works on the items batch by batch, until an interrupt; hands each batch's results to `note`, in order.
  template <class Item, class Work, class Note>
  void run(std::span<const Item> items, Work work, Note note) {
    for (; !items.empty() && !interrupted(); items = items.subspan(std::min(items.size(), k_batch)))
      note(results(items.first(std::min(items.size(), k_batch)), work));
  }

private:
  template <class Item, class Work>
  auto results(std::span<const Item> batch, Work work) {
    std::vector<decltype(work(*m_readers.front(), batch.front()))> results(batch.size());
    std::atomic<std::size_t> next = 0;
    std::vector<std::future<void>> workers;
    for (const auto& reader : m_readers) {
      workers.push_back(std::async(std::launch::async, [&results, &next, &reader, &work, batch] {
        for (std::size_t i = next++; i < batch.size(); i = next++)
          results[i] = work(*reader, batch[i]);
      }));
    }
    for (auto& worker : workers)
      worker.get();
    return results;
  }

  std::vector<std::unique_ptr<AnalysisReader>> m_readers;
};

}  // namespace

void analyse_versions(Store& store, const std::filesystem::path& path) {
  AnalysisReader reader(path);
  const auto texts = reader.texts();
  if (texts.size() > k_many)
    spdlog::info("analysing {}; an interrupt leaves the rest to the next run", counted(texts.size(), "text"));
  Workers workers(path);
  workers.run(std::span(texts), analyse, [&](const auto& analysed) { store.note_analyses(analysed); });
  const auto changes = reader.changes();
  workers.run(std::span(changes), measure, [&](const auto& measured) { store.note_changes(measured); });
}

}  // namespace winnow::cli
