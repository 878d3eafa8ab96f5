// Prepared statements with typed parameters. For storage/*.cpp only.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "model/digest.hpp"
#include "model/timestamp.hpp"
#include "storage/database.hpp"

namespace winnow::storage {

/// Bytes for a BLOB column, not copied.
struct Blob {
  std::string_view bytes;
};

/// A statement that is prepared once and run often. Parameters are given by position, and copied but for a
/// Blob, which must live until the last step.
class Statement {
public:
  Statement(Database& database, const char* sql) : m_statement(database.handle(), sql) {}

  template <class... Values>
  Statement& bind(const Values&... values) {
    m_statement.tryReset();
    int index = 0;
    (bind_one(++index, values), ...);
    return *this;
  }

  /// The next row, if there is one. After false the statement is reset: it holds no read lock any longer.
  bool step() {
    if (m_statement.executeStep()) return true;
    m_statement.reset();
    return false;
  }

  /// bind() and run to the end; the number of rows changed.
  template <class... Values>
  int run(const Values&... values) {
    bind(values...);
    const int changed = m_statement.exec();
    m_statement.reset();
    return changed;
  }

  /// Ends a query before its last row.
  void done() { m_statement.reset(); }

  [[nodiscard]] bool is_null(int column) { return m_statement.isColumnNull(column); }
  [[nodiscard]] std::int64_t integer(int column) { return m_statement.getColumn(column).getInt64(); }
  [[nodiscard]] double real(int column) { return m_statement.getColumn(column).getDouble(); }
  [[nodiscard]] std::string text(int column) { return m_statement.getColumn(column).getString(); }
  /// Valid until the next step.
  [[nodiscard]] std::string_view blob(int column) {
    const SQLite::Column value = m_statement.getColumn(column);
    return {static_cast<const char*>(value.getBlob()), static_cast<std::size_t>(value.getBytes())};
  }
  [[nodiscard]] Timestamp timestamp(int column) {
    const auto value = Timestamp::parse(std::to_string(integer(column)));
    if (!value) throw SQLite::Exception("a timestamp is none", 11 /* SQLITE_CORRUPT */);
    return *value;
  }
  template <class Id>
  requires std::is_enum_v<Id>
  [[nodiscard]] Id id(int column) { return Id{static_cast<std::underlying_type_t<Id>>(integer(column))}; }
  template <class Value = std::int64_t>
  [[nodiscard]] std::optional<Value> optional(int column) {
    if (is_null(column)) return std::nullopt;
    if constexpr (std::is_enum_v<Value>) {
      return id<Value>(column);
    } else if constexpr (std::is_same_v<Value, Timestamp>) {
      return timestamp(column);
    } else {
      return static_cast<Value>(integer(column));
    }
  }
  template <std::size_t N>
  [[nodiscard]] Digest<N> digest(int column) {
    const auto value = Digest<N>::from_bytes(blob(column));
    if (!value) throw SQLite::Exception("a digest has the wrong length", 11 /* SQLITE_CORRUPT */);
    return *value;
  }

private:
  void bind_one(int index, std::nullopt_t) { m_statement.bind(index); }
  void bind_one(int index, double value) { m_statement.bind(index, value); }
  void bind_one(int index, const std::string& value) { m_statement.bind(index, value); }
  void bind_one(int index, std::string_view value) { m_statement.bind(index, std::string(value)); }
  void bind_one(int index, const char* value) { m_statement.bind(index, value); }
  void bind_one(int index, Blob value) {
    // A null pointer would bind NULL; an empty blob is a value.
    m_statement.bindNoCopy(index, value.bytes.empty() ? "" : value.bytes.data(),
                           static_cast<int>(value.bytes.size()));
  }
  template <std::size_t N>
  void bind_one(int index, const Digest<N>& value) {
    m_statement.bind(index, value.raw().data(), static_cast<int>(N));
  }
  void bind_one(int index, Timestamp value) { bind_one(index, static_cast<std::int64_t>(value.value())); }
  template <std::integral Value>
  void bind_one(int index, Value value) {
    m_statement.bind(index, static_cast<std::int64_t>(value));
  }
  template <class Value>
  requires std::is_enum_v<Value>
  void bind_one(int index, Value value) { m_statement.bind(index, static_cast<std::int64_t>(value)); }
  template <class Value>
  void bind_one(int index, const std::optional<Value>& value) {
    if (value) {
      bind_one(index, *value);
    } else {
      m_statement.bind(index);
    }
  }

  SQLite::Statement m_statement;
};

}  // namespace winnow::storage
