#include "storage/body_chain.hpp"

#include <vector>

#include "model/error.hpp"
#include "storage/codec.hpp"
#include "storage/contents.hpp"

namespace winnow::storage {

namespace {

// Far beyond what is written (body_packer.hpp): a damaged store may have a chain that ends in itself.
constexpr std::size_t k_endless = 1000;

}  // namespace

BodyChain::BodyChain(Database& database)
    : m_find(database, "SELECT id FROM bodies WHERE sha256 = ?"),
      m_row(database, "SELECT base_id, encoding, size, content FROM bodies WHERE id = ?") {}

std::optional<std::string> BodyChain::read(const Sha256& sha256) {
  if (!m_find.bind(sha256).step()) return std::nullopt;
  std::vector<BodyId> chain{m_find.id<BodyId>(0)};
  m_find.done();
  for (;;) {
    if (!m_row.bind(chain.back()).step()) throw error("a body in the store is damaged: its base is missing");
    const auto base = m_row.optional<BodyId>(0);
    if (!base) break;
    chain.push_back(*base);
    if (chain.size() > k_endless) throw error("a body in the store is damaged: its bases go in a circle");
  }
  std::string bytes;
  for (; !chain.empty(); chain.pop_back()) {
    m_row.bind(chain.back()).step();
    bytes = unpack(m_row.id<Encoding>(1), m_row.blob(3), static_cast<std::size_t>(m_row.integer(2)), bytes);
  }
  m_row.done();
  return bytes;
}

}  // namespace winnow::storage
