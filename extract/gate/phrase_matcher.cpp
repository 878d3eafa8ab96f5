#include "extract/gate/phrase_matcher.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "extract/gate/word_folder.hpp"
#include "model/error.hpp"

namespace winnow {
namespace {

/// A phrase of families.hpp as the automaton reads it, with the spaces that make its ends word boundaries.
std::string folded_phrase(std::string_view phrase) {
  const bool open_begin = phrase.starts_with('*');
  const bool open_end = phrase.ends_with('*');
  std::string folded;
  const auto sink = [&folded](unsigned char byte) { folded += static_cast<char>(byte); };
  WordFolder folder;
  folder.feed(phrase, sink);
  folder.end_word(sink);
  const auto solid = [](std::string_view piece) {
    const auto* at = reinterpret_cast<const unsigned char*>(piece.data());
    return static_cast<unsigned char>(piece.front()) >= 0x80 &&
           folding::fold_character(at, at + piece.size()).kind == folding::Folded::Kind::solid;
  };
  std::size_t last = folded.size() - 1;  // the last letter
  while (last > 0 && (static_cast<unsigned char>(folded[last - 1]) & 0xC0U) == 0x80)
    --last;
  const bool solid_end = last > 0 && solid(std::string_view(folded).substr(last - 1));
  if (open_end || solid_end) folded.pop_back();
  if (!open_begin && !solid(folded)) folded.insert(0, 1, ' ');
  return folded;
}

constexpr std::size_t k_most_rows = 4096;

struct Node {
  std::vector<std::pair<std::uint8_t, std::uint32_t>> children;
  std::vector<Family> found;
};

void add(std::vector<Node>& trie, std::string_view phrase, Family family,
         const std::array<std::uint8_t, 256>& class_of) {
  std::uint32_t node = 0;
  for (const char c : phrase) {
    const std::uint8_t byte_class = class_of[static_cast<unsigned char>(c)];
    const auto child = std::find_if(trie[node].children.begin(), trie[node].children.end(),
                                    [&](const auto& entry) { return entry.first == byte_class; });
    if (child != trie[node].children.end()) {
      node = child->second;
      continue;
    }
    const auto made = static_cast<std::uint32_t>(trie.size());
    trie[node].children.emplace_back(byte_class, made);
    trie.emplace_back();
    node = made;
  }
  auto& found = trie[node].found;
  if (std::find(found.begin(), found.end(), family) == found.end()) found.push_back(family);
}

}  // namespace

const PhraseMatcher& PhraseMatcher::of_all_families() {
  static const PhraseMatcher matcher{all_phrases()};
  return matcher;
}

PhraseMatcher::PhraseMatcher(std::span<const PhraseRow> rows) {
  std::vector<std::pair<std::string, Family>> phrases;
  for (const PhraseRow& row : rows) {
    for (std::size_t begin = 0; begin <= row.phrases.size();) {
      const std::size_t end = std::min(row.phrases.find('|', begin), row.phrases.size());
      phrases.emplace_back(folded_phrase(row.phrases.substr(begin, end - begin)), row.family);
      begin = end + 1;
    }
  }
  for (const auto& [phrase, family] : phrases) {
    for (const char c : phrase) {
      std::uint8_t& byte_class = m_class_of[static_cast<unsigned char>(c)];
      if (byte_class == 0) byte_class = static_cast<std::uint8_t>(m_classes++);
    }
  }
  std::vector<Node> trie(1);
  for (const auto& [phrase, family] : phrases)
    add(trie, phrase, family, m_class_of);
  if (trie.size() > std::numeric_limits<State>::max()) throw error("too many phrases for 16-bit states");

  // Breadth first: what a state falls back to is nearer to the root, so it is complete already.
  m_rows = std::min(trie.size(), k_most_rows);
  m_next.assign(m_rows * m_classes, 0);
  m_fallback.assign(trie.size(), 0);
  std::vector<std::uint32_t> nodes = {0};  // of the trie, by state
  for (std::size_t state = 0; state < nodes.size(); ++state) {
    Node& node = trie[nodes[state]];
    const State fallback = m_fallback[state];
    if (state != 0) {
      if (state < m_rows) std::copy_n(&m_next[fallback * m_classes], m_classes, &m_next[state * m_classes]);
      for (const Family family : trie[nodes[fallback]].found) {
        if (std::find(node.found.begin(), node.found.end(), family) == node.found.end())
          node.found.push_back(family);
      }
    }
    m_first_child.push_back(static_cast<std::uint32_t>(nodes.size() - 1));
    for (const auto& [byte_class, child] : node.children) {
      const auto child_state = static_cast<State>(nodes.size());
      if (state != 0) m_fallback[child_state] = next_by_class(fallback, byte_class);
      if (state < m_rows) m_next[state * m_classes + byte_class] = child_state;
      m_child_class.push_back(byte_class);
      nodes.push_back(child);
    }
    m_found_begin.push_back(static_cast<std::uint32_t>(m_found.size()));
    m_found.insert(m_found.end(), node.found.begin(), node.found.end());
  }
  m_first_child.push_back(static_cast<std::uint32_t>(nodes.size() - 1));
  m_found_begin.push_back(static_cast<std::uint32_t>(m_found.size()));
  m_start = next(0, ' ');
}

}  // namespace winnow
