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
      m_body(database, "SELECT id, depth FROM bodies WHERE sha256 = ?"),
      m_add_body(database,
                 "INSERT INTO bodies(sha256, sha1, size, base_id, depth, encoding, content) "
                 "VALUES(?, ?, ?, ?, ?, ?, ?)"),
      m_reading(database,
                "SELECT text_id FROM readings WHERE body_id = ? AND content_type = ? AND url IN ('', ?)"),
      m_add_reading(database, "INSERT INTO readings(body_id, content_type, url, text_id) VALUES(?, ?, ?, ?)"),
      m_text(database,
             "SELECT id FROM texts WHERE sha256 = ? AND words_sha256 = ? AND charset = ? AND marks = ? AND "
             "extractor = ?"),
      m_add_text(database,
                 "INSERT INTO texts(sha256, words_sha256, word_count, simhash, title, charset, marks, "
                 "extractor, size, "
                 "encoding, markdown) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

Contents::Stored Contents::add(const BodyContent& content) {
  const Reading& reading = content.reading;
  Stored stored;
  if (m_body.bind(reading.body).step()) {
    stored.body = m_body.id<BodyId>(0);
    m_body.done();
  } else {
    stored.body = add_body(content);
    stored.new_body = true;
  }
  if (m_reading.bind(stored.body, reading.content_type, reading.url).step()) {
    stored.text = m_reading.id<TextId>(0);
    m_reading.done();
  } else if (content.text) {
    const StoredText added = text(*content.text);
    stored.text = added.id;
    stored.new_text = added.is_new;
    m_add_reading.run(stored.body, reading.content_type,
                      content.text->text.depends_on_url ? reading.url : std::string(), added.id);
  }
  return stored;
}

BodyId Contents::add_body(const BodyContent& content) {
  const Sha256& name = content.reading.body;
  if (!content.body) throw error("the store lacks the body {}, which was said to be there", name.hex());
  const Packed& packed = *content.body;
  std::optional<BodyId> base;
  std::int64_t depth = 0;
  if (packed.base) {
    if (!m_body.bind(*packed.base).step())
      throw error("the store lacks the body {}, which was said to be there", packed.base->hex());
    base = m_body.id<BodyId>(0);
    depth = m_body.integer(1) + 1;
    m_body.done();
  }
  m_add_body.run(name, content.sha1, static_cast<std::int64_t>(content.size), base, depth, packed.encoding,
                 Blob{packed.bytes});
  return BodyId{m_database.handle().getLastInsertRowid()};
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
