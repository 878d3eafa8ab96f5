#include "extract/sections.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "extract/characters.hpp"
#include "extract/page_outline.hpp"
#include "extract/prune.hpp"
#include "extract/titles.hpp"
#include "model/url.hpp"

namespace winnow {
namespace {

constexpr std::uint32_t k_document = 800;        // characters of prose
constexpr std::uint32_t k_short_document = 100;  // characters

bool is_one(Documents documents) {
  return documents != 0 && (documents & (documents - 1)) == 0;
}

/// Whether parts that stand side by side are documents: what select_document() says of names.
bool are_documents(const PageOutline& page, const std::vector<PagePart>& parts, unsigned rank) {
  if (parts.empty()) return false;
  Documents all = 0;
  std::size_t named = 0;
  for (const PagePart& part : parts) {
    const Documents documents = documents_named(part.words);
    named += documents != 0 ? 1 : 0;
    all |= documents;
  }
  all &= k_core_documents;
  if (all == 0 || is_one(all) || named < 2 || named * 2 < parts.size()) return false;
  // A page may repeat one document's name as its title; above chapters alone it is the document's.
  const NodeIndex first = parts.front().begin;
  return std::none_of(page.headings().begin(), page.headings().end(), [&](const PagePart& heading) {
    const bool is_above = heading.rank < rank && heading.begin < first && heading.end > first;
    const Documents above = documents_named(heading.words) & k_core_documents;
    return is_above && is_one(above) && (above & all) == 0;
  });
}

/// The headings of a heading's rank below the same one, those with prose and without a number; and itself.
std::vector<PagePart> parts_beside(const PageOutline& page, std::size_t heading) {
  const std::vector<PagePart>& headings = page.headings();
  const unsigned rank = headings[heading].rank;
  std::size_t first = heading;
  while (first > 0 && headings[first - 1].rank >= rank)
    --first;
  std::vector<PagePart> parts;
  for (std::size_t i = first; i < headings.size() && headings[i].rank >= rank; ++i) {
    const PagePart& part = headings[i];
    const bool is_long = page.prose(part.begin, part.end) >= k_document && !is_numbered(part.words);
    if (part.rank == rank && (i == heading || is_long)) parts.push_back(part);
  }
  return parts;
}

/// The element that a part's title begins, when it is one of several documents side by side.
std::optional<PagePart> document_element(const PageOutline& page, const PagePart& part) {
  const PageTree& tree = page.tree();
  NodeIndex element = part.begin;
  while (element != 0 && tree[element].tag != GUMBO_TAG_BODY) {
    const NodeIndex parent = tree[element].parent;
    if (is_block(tree[element].tag) && page.prose(element, tree[element].end) >= k_document) {
      std::vector<PagePart> beside;
      for_children(tree, parent, [&](NodeIndex child) {
        const NodeIndex end = tree[child].end;
        if (!is_block(tree[child].tag) || page.prose(child, end) < k_document) return;
        auto title = page.title_at(child);
        if (!title || title->begin >= end) return;
        title->begin = child;
        beside.push_back(std::move(*title));
      });
      if (are_documents(page, beside, part.rank)) {
        PagePart whole = part;
        whole.begin = element;
        whole.end = tree[element].end;
        return whole;
      }
    }
    if (page.chars(parent, part.title) > page.chars(part.begin, part.title)) return std::nullopt;
    element = parent;
  }
  return std::nullopt;
}

/// What the tabs of a page show: each the panel of its number behind the row, where there are as many.
std::vector<PagePart> panels_of_tabs(const PageOutline& page) {
  const PageTree& tree = page.tree();
  std::vector<PagePart> parts;
  std::vector<NodeIndex> tabs;
  std::vector<NodeIndex> panels;
  const auto end_row = [&] {
    for (std::size_t i = 0; i < tabs.size() && tabs.size() == panels.size(); ++i)
      parts.push_back({.begin = panels[i],
                       .end = tree[panels[i]].end,
                       .title = tabs[i],
                       .rank = k_line_rank,
                       .words = page.words_of(tabs[i])});
    tabs.clear();
    panels.clear();
  };
  for (NodeIndex i = 1; i < tree.size(); ++i) {
    if (!page.is_kept(i) || tree[i].tag == k_text_node) continue;
    const std::string_view role = tree.attribute(i, "role");
    if (role == "tab") {
      if (!panels.empty()) end_row();
      tabs.push_back(i);
    } else if (role == "tabpanel") {
      panels.push_back(i);
      i = tree[i].end - 1;
    }
  }
  end_row();
  return parts;
}

std::optional<PagePart> document_at_place(const PageOutline& page) {
  const PageTree& tree = page.tree();
  NodeIndex place = 0;
  while (place < tree.size() && !tree.has_attribute(place, k_place))
    ++place;
  if (place == tree.size() || !page.is_kept(place)) return std::nullopt;
  auto part = page.title_at(place);
  if (!part || part->rank == k_line_rank) {  // no heading in the panel
    const std::vector<PagePart> tabs = panels_of_tabs(page);
    const auto tab = std::find_if(tabs.begin(), tabs.end(),
                                  [place](const PagePart& shown) { return shown.begin == place; });
    if (tab != tabs.end() && are_documents(page, tabs, k_line_rank)) return *tab;
  }
  if (!part || is_numbered(part->words)) return std::nullopt;
  part->begin = std::min(part->begin, place);
  if (auto element = document_element(page, *part)) return element;
  if (part->rank == k_line_rank) return std::nullopt;
  if (!are_documents(page, parts_beside(page, page.heading_from(part->title)), part->rank))
    return std::nullopt;
  const bool is_long = page.prose(part->begin, part->end) >= k_document;
  const bool is_short_document =
      documents_named(part->words) != 0 && page.chars(part->begin, part->end) >= k_short_document;
  return is_long || is_short_document ? part : std::nullopt;
}

std::optional<PagePart> best_heading(const PageOutline& page, std::string_view wanted) {
  const PagePart* best = nullptr;
  std::tuple<TitleMatch, unsigned, std::uint32_t> best_rating;
  for (const PagePart& heading : page.headings()) {
    const TitleMatch match = match_titles(heading.words, wanted);
    if (match < TitleMatch::begins) continue;
    const std::tuple rating(match, k_line_rank - heading.rank, page.chars(heading.begin, heading.end));
    if (best != nullptr && rating <= best_rating) continue;
    best = &heading;
    best_rating = rating;
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

bool names_document(const PageOutline& page, NodeIndex line) {
  return (documents_named(page.words_of(line)) & k_core_documents) != 0;
}

/// What a line is the title of: the largest element that it begins and that is not all; else what follows, up
/// to a heading or another line that is a document's name.
void extend_line(const PageOutline& page, PagePart& part) {
  const PageTree& tree = page.tree();
  const std::uint32_t all = page.prose(0, tree.size());
  NodeIndex element = part.title;
  for (NodeIndex around = element; around != 0; around = tree[around].parent) {
    if (page.chars(around, part.title) > 0 || page.prose(around, tree[around].end) == all) break;
    element = around;
  }
  if (page.prose(element, tree[element].end) > page.prose(part.begin, part.end)) {
    part.begin = element;
    part.end = tree[element].end;
    return;
  }
  const std::size_t next = page.heading_from(part.begin);
  const NodeIndex limit = next == page.headings().size() ? tree.size() : page.headings()[next].begin;
  for (; part.end < limit; ++part.end) {
    if (page.is_line(part.end) && names_document(page, part.end)) return;
  }
}

std::optional<PagePart> best_line(const PageOutline& page, std::string_view wanted) {
  const PageTree& tree = page.tree();
  std::optional<PagePart> best;
  for (NodeIndex i = 1; i < tree.size(); ++i) {
    if (!page.is_line(i) || match_titles(page.words_of(i), wanted) != TitleMatch::equal) continue;
    if (tree.attribute(i, "role") == "tab") continue;
    // Chapters in bold type are told apart best in the Markdown.
    if (page.is_bold_line(i) && !names_document(page, i)) continue;
    PagePart part{.begin = i, .end = tree[i].end, .title = i, .rank = k_line_rank, .words = {}};
    extend_line(page, part);
    if (!best || page.chars(part.begin, part.end) > page.chars(best->begin, best->end))
      best = std::move(part);
    i = std::max(i, best->end - 1);  // a part's own lines are none of its rivals
  }
  return best;
}

std::optional<PagePart> part_titled(const PageOutline& page, std::string_view wanted) {
  const auto heading = best_heading(page, wanted);
  if (!heading) {
    for (PagePart& tab : panels_of_tabs(page)) {
      if (match_titles(tab.words, wanted) == TitleMatch::equal) return std::move(tab);
    }
    return best_line(page, wanted);
  }
  auto element = document_element(page, *heading);
  return element ? element : heading;
}

/// Drops what is outside. Gives the title as it is written.
std::string keep(PageTree& tree, const PagePart& part) {
  for (NodeIndex i = 0; i < tree.size();) {
    const bool is_outside = i >= part.end || tree[i].end <= part.begin;
    if (is_outside) tree[i].dropped = true;
    i = is_outside ? tree[i].end : i + 1;
  }
  std::string title;
  for (NodeIndex i = part.title; i < tree[part.title].end; ++i) {
    if (tree[i].tag == GUMBO_TAG_BR) title += ' ';
    title += tree[i].text;
  }
  const GumboTag tag = tree[part.title].tag;
  if (part.rank == k_line_rank && (tag == GUMBO_TAG_P || tag == GUMBO_TAG_DIV || tag == GUMBO_TAG_CENTER))
    tree[part.title].tag = GUMBO_TAG_H1;
  return in_one_line(title);
}

}  // namespace

std::string place_named(std::string_view fragment) {
  fragment = fragment.substr(0, fragment.find(":~:"));
  if (fragment.empty() || fragment.front() == '/' || fragment.front() == '!') return {};
  return unquote(fragment);
}

std::optional<std::string> select_document(PageTree& tree) {
  const auto part = document_at_place(PageOutline(tree));
  if (!part) return std::nullopt;
  return keep(tree, *part);
}

std::optional<std::string> select_titled(PageTree& tree, std::string_view title) {
  const auto part = part_titled(PageOutline(tree), folded_title(title));
  if (!part) return std::nullopt;
  return keep(tree, *part);
}

}  // namespace winnow
