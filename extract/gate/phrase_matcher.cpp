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

  // Breadth first: a node's failure is nearer to the root than the node itself, so it is complete already.
  m_next.assign(trie.size() * m_classes, 0);
  std::vector<std::uint32_t> failure(trie.size(), 0);
  std::vector<std::uint32_t> queue = {0};
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const std::uint32_t node = queue[at];
    State* row = &m_next[node * m_classes];
    if (node != 0) std::copy_n(&m_next[failure[node] * m_classes], m_classes, row);
    for (const Family family : trie[failure[node]].found) {
      auto& found = trie[node].found;
      if (node != 0 && std::find(found.begin(), found.end(), family) == found.end()) found.push_back(family);
    }
    for (const auto& [byte_class, child] : trie[node].children) {
      failure[child] = node == 0 ? 0 : row[byte_class];
      row[byte_class] = static_cast<State>(child);
      queue.push_back(child);
    }
  }
  for (const Node& node : trie) {
    m_found_begin.push_back(static_cast<std::uint32_t>(m_found.size()));
    m_found.insert(m_found.end(), node.found.begin(), node.found.end());
  }
  m_found_begin.push_back(static_cast<std::uint32_t>(m_found.size()));
  m_start = m_next[m_class_of[static_cast<unsigned char>(' ')]];
}

}  // namespace winnow
