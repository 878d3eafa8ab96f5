#include "storage/search_fts5.hpp"

#include <array>
#include <exception>
#include <utility>

#include <SQLiteCpp/Exception.h>

#include "model/handle.hpp"

namespace winnow::storage {

namespace {

using RawStatement = std::unique_ptr<sqlite3_stmt, FreeWith<sqlite3_finalize>>;

void check(sqlite3* database, int result) {
  if (result != SQLITE_OK) throw SQLite::Exception(database, result);
}

fts5_api& api_of(SQLite::Database& database) {
  sqlite3* const handle = database.getHandle();
  sqlite3_stmt* prepared = nullptr;
  check(handle, sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &prepared, nullptr));
  const RawStatement statement(prepared);
  fts5_api* api = nullptr;
  check(handle, sqlite3_bind_pointer(prepared, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr));
  static_cast<void>(sqlite3_step(prepared));
  if (api == nullptr) throw SQLite::Exception("SQLite was built without FTS5", SQLITE_ERROR);
  return *api;
}

struct Collected {
  std::vector<IndexWord> words;
  std::exception_ptr failure;
};

extern "C" int collect_word(void* context, int /*flags*/, const char* word, int size, int begin, int end) {
  auto& collected = *static_cast<Collected*>(context);
  try {
    collected.words.push_back({std::string(word, static_cast<std::size_t>(size)),
                               static_cast<std::size_t>(begin), static_cast<std::size_t>(end)});
    return SQLITE_OK;
  } catch (...) {
    collected.failure = std::current_exception();
    return SQLITE_NOMEM;
  }
}

/// The mean number of words of a text, read once a query; 0 when that fails.
double mean_words(const Fts5ExtensionApi& api, Fts5Context* fts) {
  if (const auto* const kept = static_cast<const double*>(api.xGetAuxdata(fts, 0))) return *kept;
  sqlite3_int64 rows = 0;
  sqlite3_int64 words = 0;
  if (api.xRowCount(fts, &rows) != SQLITE_OK || api.xColumnTotalSize(fts, -1, &words) != SQLITE_OK ||
      rows <= 0 || words <= 0)
    return 0;
  const double mean = static_cast<double>(words) / static_cast<double>(rows);
  auto* const kept = static_cast<double*>(sqlite3_malloc(sizeof(double)));
  if (kept == nullptr) return 0;
  *kept = mean;
  return api.xSetAuxdata(fts, kept, sqlite3_free) == SQLITE_OK ? mean : 0;
}

extern "C" void phrase_rank(const Fts5ExtensionApi* api, Fts5Context* fts, sqlite3_context* context,
                            int /*count*/, sqlite3_value** /*values*/) {
  // As bm25() of FTS5 has them.
  constexpr double k_saturation = 1.2;
  constexpr double k_length = 0.75;
  int hits = 0;
  int words = 0;
  const double mean = mean_words(*api, fts);
  if (mean <= 0 || api->xInstCount(fts, &hits) != SQLITE_OK ||
      api->xColumnSize(fts, -1, &words) != SQLITE_OK) {
    sqlite3_result_error_code(context, SQLITE_CORRUPT_VTAB);
    return;
  }
  const double length = 1 - k_length + k_length * words / mean;
  sqlite3_result_double(context, -hits * (k_saturation + 1) / (hits + k_saturation * length));
}

}  // namespace

IndexTokenizer::IndexTokenizer(SQLite::Database& database) {
  fts5_api& api = api_of(database);
  void* user_data = nullptr;
  check(database.getHandle(), api.xFindTokenizer(&api, "unicode61", &user_data, &m_methods));
  std::array<const char*, 2> options = {"remove_diacritics", "2"};
  Fts5Tokenizer* made = nullptr;
  check(database.getHandle(),
        m_methods.xCreate(user_data, options.data(), static_cast<int>(options.size()), &made));
  m_tokenizer = {made, Delete{m_methods.xDelete}};
}

std::vector<IndexWord> IndexTokenizer::words(std::string_view text) {
  Collected collected;
  const int result = m_methods.xTokenize(m_tokenizer.get(), &collected, FTS5_TOKENIZE_DOCUMENT, text.data(),
                                         static_cast<int>(text.size()), collect_word);
  if (collected.failure) std::rethrow_exception(collected.failure);
  if (result != SQLITE_OK) throw SQLite::Exception("FTS5 finds no words in a text", result);
  return std::move(collected.words);
}

void add_phrase_rank(SQLite::Database& database) {
  fts5_api& api = api_of(database);
  check(database.getHandle(), api.xCreateFunction(&api, "phrase_rank", nullptr, phrase_rank, nullptr));
}

}  // namespace winnow::storage
