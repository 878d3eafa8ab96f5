// What is said of texts and of their changes, and the index of their words. For storage/*.cpp only.
#pragma once

#include "storage/analysed_text.hpp"
#include "storage/statement.hpp"

namespace winnow::storage {

/// All calls within the caller's transaction.
class Analyses {
public:
  explicit Analyses(Database& database);

  /// What another process has noted of the text meanwhile stays.
  void note(const AnalysedText& text);
  void note(const MeasuredChange& change);

  /// All texts are to be analysed anew. The index of words can't forget a single text, nor may a text's row
  /// number ever stand for another one there: where texts are deleted, it is begun anew.
  void forget_all();

private:
  Statement m_note, m_index, m_note_change, m_clear, m_clear_changes, m_clear_index;
};

}  // namespace winnow::storage
