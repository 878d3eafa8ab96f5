#include "cli/analyse_versions.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include <spdlog/spdlog.h>

#include "cli/counted.hpp"
#include "cli/interrupt.hpp"
#include "cli/workers.hpp"
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
                                     .claimed_or_date = {},
                                     .claimed_words = {},
                                     .sentences = analysis.facts.sentences,
                                     .reading_grade = analysis.facts.reading_grade},
                        .search_words = search_words(text.title, text.markdown)};
  if (const auto& claimed = analysis.facts.claimed_date) {
    analysed.analysis.claimed_date = claimed->date;
    if (!claimed->or_date.empty()) analysed.analysis.claimed_or_date = claimed->or_date;
    analysed.analysis.claimed_words = claimed->words;
  }
  return analysed;
}

MeasuredChange measure(AnalysisReader& reader, const UnmeasuredChange& change) {
  return {change.older, change.newer,
          measure_change(reader.text(change.older), reader.text(change.newer), change.language)};
}

/// Batch by batch, until an interrupt, but one always: what a stopped run has brought is mostly no more.
/// Hands each batch's results to `note`.
template <class Item, class Work, class Note>
void in_batches(Workers<AnalysisReader>& workers, const std::vector<Item>& items, const Work& work,
                const Note& note) {
  std::span<const Item> left = items;
  while (!left.empty()) {
    const auto batch = left.first(std::min(left.size(), k_batch));
    note(workers.results(batch, work));
    left = left.subspan(batch.size());
    if (interrupted()) break;
  }
}

}  // namespace

void analyse_versions(Store& store, const std::filesystem::path& path) {
  AnalysisReader reader(path);
  const auto texts = reader.texts();
  if (texts.size() > k_many)
    spdlog::info("analysing {}; an interrupt leaves the rest to the next run", counted(texts.size(), "text"));
  Workers<AnalysisReader> workers(path);
  in_batches(workers, texts, analyse, [&](const auto& analysed) { store.note_analyses(analysed); });
  in_batches(workers, reader.changes(), measure, [&](const auto& measured) { store.note_changes(measured); });
}

}  // namespace winnow::cli
