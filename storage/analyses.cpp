#include "storage/analyses.hpp"

namespace winnow::storage {

Analyses::Analyses(Database& database)
    : m_note(
          database,
          "INSERT OR IGNORE INTO analyses(text_id, language, gate, kind, score, claimed_date, "
          "claimed_or_date, claimed_words, sentences, reading_grade) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      m_index(database, "INSERT INTO text_words(rowid, words) VALUES(?, ?)"),
      m_note_change(database,
                    "INSERT OR IGNORE INTO changes(from_text_id, to_text_id, words_removed, words_added, "
                    "share, simhash_distance, minor) VALUES(?, ?, ?, ?, ?, ?, ?)"),
      m_clear(database, "DELETE FROM analyses"),
      m_clear_changes(database, "DELETE FROM changes"),
      m_clear_index(database, "INSERT INTO text_words(text_words) VALUES('delete-all')") {}

void Analyses::note(const AnalysedText& text) {
  const TextAnalysis& said = text.analysis;
  const bool is_new =
      m_note.run(text.text, said.language, said.gate, said.kind, said.score, said.claimed_date,
                 said.claimed_or_date, said.claimed_words, said.sentences, said.reading_grade) > 0;
  if (is_new) m_index.run(text.text, text.search_words);
}

void Analyses::note(const MeasuredChange& measured) {
  const TextChange& change = measured.change;
  m_note_change.run(measured.older, measured.newer, change.words_removed, change.words_added, change.share,
                    change.simhash_distance, change.is_minor);
}

void Analyses::forget_all() {
  m_clear.run();
  m_clear_changes.run();
  m_clear_index.run();
}

}  // namespace winnow::storage
