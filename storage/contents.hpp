// Bodies and texts, each kept once. For storage/*.cpp only.
#pragma once

#include <cstdint>
#include <optional>

#include "storage/capture_result.hpp"
#include "storage/ids.hpp"
#include "storage/statement.hpp"

namespace winnow::storage {

enum class BodyId : std::int64_t {};

/// All calls within the caller's transaction.
class Contents {
public:
  explicit Contents(Database& database);

  struct Stored {
    BodyId body{};
    std::optional<TextId> text;  ///< of the reading
    bool new_body = false;
    bool new_text = false;
  };
  /// The rows of the body, of its reading and of the text, made unless they are there. Throws Error when
  /// something is left out that is not.
  Stored add(const BodyContent& content);

  struct StoredText {
    TextId id{};
    bool is_new = false;
  };
  StoredText text(const PackedText& text);

private:
  BodyId add_body(const BodyContent& content);

  Database& m_database;
  Statement m_body, m_add_body;
  Statement m_reading, m_add_reading;
  Statement m_text, m_add_text;
};

}  // namespace winnow::storage
