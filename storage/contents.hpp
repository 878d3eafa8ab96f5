// Bodies and texts, each kept once. For storage/*.cpp only.
#pragma once

#include <cstdint>
#include <optional>

#include "model/digest.hpp"
#include "storage/codec.hpp"
#include "storage/statement.hpp"

namespace winnow::storage {

enum class BodyId : std::int64_t {};
enum class TextId : std::int64_t {};

/// All calls within the caller's transaction.
class Contents {
public:
  explicit Contents(Database& database);

  struct Stored {
    BodyId id{};
    bool new_body = false;
    bool new_text = false;
  };
  /// The body's row, made with its text unless it is there. A body without a text gets the one that is given.
  /// Precondition: `body` is there, or the store holds sha256 already.
  Stored body(const Sha1& sha1, const Sha256& sha256, std::uint64_t size, const std::optional<Packed>& body,
              const std::optional<PackedText>& text);

  struct StoredText {
    TextId id{};
    bool is_new = false;
  };
  StoredText text(const PackedText& text);

private:
  Database& m_database;
  Statement m_body, m_add_body, m_set_text;
  Statement m_text, m_add_text;
};

}  // namespace winnow::storage
