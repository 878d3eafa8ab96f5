#include "storage/content_check.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "model/digest.hpp"
#include "model/error.hpp"
#include "storage/codec.hpp"

namespace winnow::storage {

namespace {

constexpr unsigned k_threads = 2;
// Work is dealt out by subtrees of so many levels; the bases above each are unpacked once more.
constexpr int k_levels = 4;

struct Node {
  std::int64_t id = 0;
  std::optional<std::int64_t> base;
  int depth = -1;  ///< bases below it; unknown where they do not end
};

/// Who rests on whom.
class Graph {
public:
  Graph(Database& database, Shelf shelf) {
    Statement rows(database, shelf == Shelf::bodies ? "SELECT id, base_id FROM bodies ORDER BY base_id, id"
                                                    : "SELECT id, base_id FROM texts ORDER BY base_id, id");
    while (rows.step())
      m_nodes.push_back({rows.integer(0), rows.optional(1), -1});
    std::vector<Node*> reached;
    for (Node& node : m_nodes) {
      if (node.base) continue;
      node.depth = 0;
      reached.push_back(&node);
    }
    for (std::size_t next = 0; next < reached.size(); ++next) {
      const auto [begin, end] = resting_on(reached[next]->id);
      for (auto node = begin; node != end; ++node) {
        node->depth = reached[next]->depth + 1;
        reached.push_back(&*node);
      }
    }
  }

  [[nodiscard]] std::vector<Node>& nodes() { return m_nodes; }

  [[nodiscard]] std::pair<std::vector<Node>::iterator, std::vector<Node>::iterator> resting_on(
      std::int64_t id) {
    const auto before = [](const Node& node, std::int64_t base) { return !node.base || *node.base < base; };
    const auto begin = std::lower_bound(m_nodes.begin(), m_nodes.end(), id, before);
    auto end = begin;
    while (end != m_nodes.end() && end->base == id)
      ++end;
    return {begin, end};
  }

private:
  std::vector<Node> m_nodes;  // by base, null first, and id
};

/// One thread's.
class Checker {
public:
  Checker(const std::filesystem::path& store, Shelf shelf, Graph& graph)
      : m_shelf(shelf),
        m_graph(graph),
        m_database(store, Access::read),
        m_chain(m_database, shelf),
        m_row(m_database,
              shelf == Shelf::bodies
                  ? "SELECT encoding, size, content, sha256, sha1, depth, base_id FROM bodies WHERE id = ?"
                  : "SELECT encoding, size, markdown, sha256, title, 0, base_id FROM texts WHERE id = ?") {}

  /// The node, and those that rest on it down to the next that is dealt out by itself.
  void check(const Node& node) {
    std::optional<std::string> base = std::string();
    if (node.base) {
      try {
        base = m_chain.read(*node.base).bytes;
      } catch (const std::exception&) {
        base.reset();
      }
    }
    check(node, base);
  }

  ContentCheck result;

private:
  void check(const Node& node, const std::optional<std::string>& base) {
    const std::optional<std::string> bytes = unpacked(node, base);
    const auto [begin, end] = m_graph.resting_on(node.id);
    for (auto next = begin; next != end; ++next) {
      if (next->depth % k_levels != 0) check(*next, bytes);
    }
  }

  /// A base that can't be unpacked leaves what rests on it without bytes, even where its frame happens to
  /// copy none of them: no reader gets past the base.
  std::optional<std::string> unpacked(const Node& node, const std::optional<std::string>& base) {
    ++result.checked;
    std::string name;
    std::optional<std::string> bytes;
    std::string detail;
    try {
      if (!m_row.bind(node.id).step()) return std::nullopt;  // gone meanwhile
      name = hex(m_row.blob(3));
      if (m_row.optional(6) == node.base) {
        if (!base) throw error("what it is packed against is damaged");
        bytes =
            unpack(m_row.id<Encoding>(0), m_row.blob(2), static_cast<std::size_t>(m_row.integer(1)), *base);
        detail = problem(node, *bytes);
      } else {
        // Packed anew meanwhile.
        m_row.done();
        bytes = m_chain.read(node.id).bytes;
        m_row.bind(node.id).step();
        detail = problem({node.id, {}, static_cast<int>(m_row.integer(5))}, *bytes);
      }
    } catch (const std::exception& failure) {
      detail = failure.what();
    }
    m_row.done();
    if (!detail.empty()) result.bad.push_back({node.id, name, detail});
    return bytes;
  }

  std::string problem(const Node& node, const std::string& bytes) {
    const bool is_body = m_shelf == Shelf::bodies;
    const Sha256 is = is_body ? sha256(bytes) : text_sha256(m_row.text(4), bytes);
    if (is.raw() != m_row.blob(3)) return "its bytes are not those it is named by";
    if (is_body && sha1(bytes).raw() != m_row.blob(4)) return "its SHA-1 is another";
    if (is_body && m_row.integer(5) != node.depth) return "its depth is another";
    return "";
  }

  static std::string hex(std::string_view raw) {
    const auto digest = Sha256::from_bytes(raw);
    return digest ? digest->hex() : "?";
  }

  Shelf m_shelf;
  Graph& m_graph;
  Database m_database;
  ContentChain m_chain;
  Statement m_row;
};

}  // namespace

ContentCheck check_contents(const std::filesystem::path& store, Shelf shelf) {
  ContentCheck all;
  std::optional<Graph> graph;
  {
    Database database(store, Access::read);
    graph.emplace(database, shelf);
  }
  std::vector<const Node*> dealt;
  for (const Node& node : graph->nodes()) {
    if (node.depth < 0) {
      all.bad.push_back({node.id, "", "its base is missing, or its bases go in a circle"});
    } else if (node.depth % k_levels == 0) {
      dealt.push_back(&node);
    }
  }
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      Checker checker(store, shelf, *graph);
      for (std::size_t i = next++; i < dealt.size(); i = next++)
        checker.check(*dealt[i]);
      const std::lock_guard lock(mutex);
      all.checked += checker.result.checked;
      all.bad.insert(all.bad.end(), checker.result.bad.begin(), checker.result.bad.end());
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < k_threads; ++i)
    threads.emplace_back(work);
  for (std::thread& thread : threads)
    thread.join();
  if (failure) std::rethrow_exception(failure);
  std::sort(all.bad.begin(), all.bad.end(),
            [](const BadContent& a, const BadContent& b) { return a.id < b.id; });
  return all;
}

}  // namespace winnow::storage
