#include "storage/contents.hpp"

#include <nlohmann/json.hpp>

#include "model/error.hpp"

namespace winnow::storage {

namespace {

std::string marks_json(const std::vector<Mark>& marks) {
  nlohmann::json names = nlohmann::json::array();
  for (const Mark mark : marks)
    names.push_back(name(mark));
  return names.dump();
}

}  // namespace

Contents::Contents(Database& database)
    : m_database(database),
      m_body(database, "SELECT id, text_id FROM bodies WHERE sha256 = ?"),
      m_add_body(
          database,
          "INSERT INTO bodies(sha256, sha1, size, text_id, encoding, content) VALUES(?, ?, ?, ?, ?, ?)"),
      m_set_text(database, "UPDATE bodies SET text_id = ? WHERE id = ?"),
      m_text(database,
             "SELECT id FROM texts WHERE sha256 = ? AND words_sha256 = ? AND charset = ? AND marks = ? AND "
             "extractor = ?"),
      m_add_text(database,
                 "INSERT INTO texts(sha256, words_sha256, word_count, simhash, title, charset, marks, "
                 "extractor, size, "
                 "encoding, markdown) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

Contents::Stored Contents::body(const Sha1& sha1, const Sha256& sha256, std::uint64_t size,
                                const std::optional<Packed>& body,
                                const std::optional<PackedText>& content_text) {
  Stored stored;
  if (m_body.bind(sha256).step()) {
    stored.id = m_body.id<BodyId>(0);
    const bool has_text = !m_body.is_null(1);
    m_body.done();
    if (!has_text && content_text) {
      const StoredText added = text(*content_text);
      stored.new_text = added.is_new;
      m_set_text.run(added.id, stored.id);
    }
    return stored;
  }
  if (!body) throw error("the store lacks the body {}, which was said to be there", sha256.hex());
  std::optional<TextId> text_id;
  if (content_text) {
    const StoredText added = text(*content_text);
    stored.new_text = added.is_new;
    text_id = added.id;
  }
  m_add_body.run(sha256, sha1, static_cast<std::int64_t>(size), text_id, body->encoding, Blob{body->bytes});
  stored.id = BodyId{m_database.handle().getLastInsertRowid()};
  stored.new_body = true;
  return stored;
}

Contents::StoredText Contents::text(const PackedText& packed) {
  const Text& text = packed.text;
  const std::string marks = marks_json(text.marks);
  if (m_text.bind(packed.sha256, text.words_sha256, text.charset, marks, text.extractor).step()) {
    const StoredText known{m_text.id<TextId>(0), false};
    m_text.done();
    return known;
  }
  m_add_text.run(packed.sha256, text.words_sha256, text.word_count, static_cast<std::int64_t>(text.simhash),
                 text.title, text.charset, marks, text.extractor, static_cast<std::int64_t>(packed.size),
                 packed.markdown.encoding, Blob{packed.markdown.bytes});
  return {TextId{m_database.handle().getLastInsertRowid()}, true};
}

}  // namespace winnow::storage
