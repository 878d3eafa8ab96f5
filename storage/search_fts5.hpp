// What FTS5 offers in C beside its SQL. For storage/*.cpp only.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

namespace winnow::storage {

/// A word as the index has it: case and accents folded.
struct IndexWord {
  std::string word;
  std::size_t begin = 0;  ///< in the text
  std::size_t end = 0;
};

/// Finds words as the table text_words does.
class IndexTokenizer {
public:
  /// \pre database outlives it
  explicit IndexTokenizer(SQLite::Database& database);

  /// \pre text is smaller than 2 GiB
  [[nodiscard]] std::vector<IndexWord> words(std::string_view text);

private:
  struct Delete {
    void (*function)(Fts5Tokenizer*);
    void operator()(Fts5Tokenizer* tokenizer) const noexcept { function(tokenizer); }
  };

  fts5_tokenizer m_methods{};
  std::unique_ptr<Fts5Tokenizer, Delete> m_tokenizer{nullptr, Delete{nullptr}};
};

/// From now on SQL knows phrase_rank(text_words): of a query that is one phrase it orders rows as bm25()
/// does, which first goes through all rows that have the phrase, to weigh it against others.
void add_phrase_rank(SQLite::Database& database);

}  // namespace winnow::storage
