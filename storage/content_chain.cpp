#include "storage/content_chain.hpp"

#include <vector>

#include "model/error.hpp"
#include "storage/codec.hpp"

namespace winnow::storage {

namespace {

// Far beyond what is written (body_packer.hpp): a damaged store may have a chain that ends in itself.
constexpr std::size_t k_endless = 1000;

}  // namespace

ContentChain::ContentChain(Database& database, Shelf shelf)
    : m_kind(shelf == Shelf::bodies ? "body" : "text"),
      m_hold(database, "SELECT 1 FROM sqlite_schema"),
      m_row(database, shelf == Shelf::bodies
                          ? "SELECT base_id, encoding, size, content FROM bodies WHERE id = ?"
                          : "SELECT base_id, encoding, size, markdown FROM texts WHERE id = ?") {}

ContentChain::Unpacked ContentChain::read(std::int64_t id) {
  std::vector<std::int64_t> chain{id};
  Unpacked unpacked;
  // A statement that is not at its end holds the moment that all others of the connection read.
  m_hold.bind().step();
  try {
    for (;;) {
      if (!m_row.bind(chain.back()).step())
        throw error("a {0} in the store is damaged: {1} is missing", m_kind,
                    chain.size() == 1 ? "it" : "its base");
      const auto base = m_row.optional(0);
      if (!base) break;
      chain.push_back(*base);
      if (chain.size() > k_endless)
        throw error("a {} in the store is damaged: its bases go in a circle", m_kind);
    }
    unpacked.depth = static_cast<int>(chain.size()) - 1;
    for (; !chain.empty(); chain.pop_back()) {
      m_row.bind(chain.back()).step();
      unpacked.bytes = unpack(m_row.id<Encoding>(1), m_row.blob(3),
                              static_cast<std::size_t>(m_row.integer(2)), unpacked.bytes);
      unpacked.cost += unpacked.bytes.size();
    }
  } catch (...) {
    m_row.done();
    m_hold.done();
    throw;
  }
  m_row.done();
  m_hold.done();
  return unpacked;
}

}  // namespace winnow::storage
