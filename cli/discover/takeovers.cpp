#include "cli/discover/takeovers.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

namespace winnow::cli {
namespace {

using Evidence = Takeover::Evidence;

constexpr double k_canonical = 0.9;
constexpr double k_same_text = 0.95;
constexpr double k_near_text = 0.9;  // less 0.04 a bit
constexpr double k_link_replaced = 0.7;
constexpr int k_most_bits = 8;
constexpr std::uint32_t k_fewest_words = 100;
constexpr int k_most_hops = 5;

/// Which sets pages belong to.
class Groups {
public:
  explicit Groups(std::size_t size) : m_parents(size) { std::iota(m_parents.begin(), m_parents.end(), 0); }

  [[nodiscard]] std::size_t root(std::size_t page) const {
    while (m_parents[page] != page)
      page = m_parents[page];
    return page;
  }

  /// False when they were together before.
  bool join(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    m_parents[b] = a;
    return a != b;
  }

private:
  std::vector<std::size_t> m_parents;
};

using PageNumbers = std::map<std::string, std::size_t>;

PageNumbers number_pages(const std::vector<Candidate>& pages) {
  PageNumbers numbers;
  for (std::size_t i = 0; i < pages.size(); ++i)
    numbers.emplace(pages[i].urlkey, i);
  return numbers;
}

bool shows_policy(const PageReading& reading) {
  return reading.leads_to.empty() && is_policy(reading);
}

const PageReading* first_policy(const Candidate& page) {
  const auto found = std::find_if(page.read.begin(), page.read.end(), shows_policy);
  return found == page.read.end() ? nullptr : &*found;
}

const PageReading* last_policy(const Candidate& page) {
  const auto found = std::find_if(page.read.rbegin(), page.read.rend(), shows_policy);
  return found == page.read.rend() ? nullptr : &*found;
}

bool one_language(const PageReading* a, const PageReading* b) {
  return a == nullptr || b == nullptr || a->language.empty() || b->language.empty() ||
         a->language == b->language;
}

/// Where redirects lead in the end, within the accepted pages.
void add_pointers(const PageNumbers& numbers, const std::vector<Pointer>& pointers,
                  std::vector<Takeover>& out) {
  for (const Pointer& pointer : pointers) {
    if (!numbers.contains(pointer.from_urlkey)) continue;
    std::string target = pointer.to_urlkey;
    for (int hop = 0; hop < k_most_hops && !numbers.contains(target); ++hop) {
      const auto next = std::find_if(pointers.begin(), pointers.end(), [&](const Pointer& other) {
        return other.by == FoundBy::redirect && other.from_urlkey == target;
      });
      if (next == pointers.end()) break;
      target = next->to_urlkey;
    }
    if (!numbers.contains(target) || target == pointer.from_urlkey) continue;
    const bool redirect = pointer.by == FoundBy::redirect;
    out.push_back({pointer.from_urlkey, std::move(target), pointer.when,
                   redirect ? Evidence::redirect : Evidence::canonical,
                   redirect ? k_redirect_confidence : k_canonical});
  }
}

std::optional<Takeover> compare_texts(const Candidate& old_page, const Candidate& new_page) {
  const PageReading* old_text = last_policy(old_page);
  const PageReading* new_text = first_policy(new_page);
  const PageReading* old_first = first_policy(old_page);
  if (old_text == nullptr || new_text == nullptr) return {};
  // Old pages are often left where they are, with the text that they had: then their last text is not
  // younger.
  Takeover takeover{old_page.urlkey, new_page.urlkey, new_page.from.value_or(new_text->timestamp),
                    Evidence::same_text, k_same_text};
  const bool same =
      old_text->words_sha256 == new_text->words_sha256 || old_first->words_sha256 == new_text->words_sha256;
  if (same && new_text->word_count > 0) return takeover;
  if (!one_language(old_text, new_text) ||
      std::min(old_text->word_count, new_text->word_count) < k_fewest_words)
    return {};
  const int bits = std::popcount(old_text->simhash ^ new_text->simhash);
  if (bits > k_most_bits) return {};
  takeover.evidence = Evidence::near_text;
  takeover.confidence = k_near_text - 0.04 * bits;
  return takeover;
}

bool begins_before(const Candidate& a, const Candidate& b) {
  return std::tie(a.from, a.urlkey) < std::tie(b.from, b.urlkey);
}

/// A page that began earlier than the old one, or ended earlier, is a copy beside it: who lets it take over
/// loses the rest of the old page's history. What redirects has ended.
bool may_succeed(const Candidate& old_page, const Candidate& new_page, Evidence evidence) {
  return old_page.from < new_page.from && (evidence == Evidence::redirect || old_page.to < new_page.to);
}

void add_texts(const std::vector<Candidate>& pages, std::vector<Takeover>& out) {
  for (const Candidate& old_page : pages) {
    for (const Candidate& new_page : pages) {
      if (!may_succeed(old_page, new_page, Evidence::same_text)) continue;
      if (auto takeover = compare_texts(old_page, new_page)) out.push_back(std::move(*takeover));
    }
  }
}

void add_replaced_links(const std::vector<Candidate>& pages, const PageNumbers& numbers,
                        const std::vector<Sighting>& sightings, std::vector<Takeover>& out) {
  const Sighting* before = nullptr;
  for (const Sighting& now : sightings) {
    if (now.urlkeys.empty()) continue;
    const Sighting* const then = std::exchange(before, &now);
    if (then == nullptr) continue;
    for (const std::string& old_key : then->urlkeys) {
      if (now.urlkeys.contains(old_key) || !numbers.contains(old_key)) continue;
      for (const std::string& new_key : now.urlkeys) {
        if (then->urlkeys.contains(new_key) || !numbers.contains(new_key)) continue;
        if (!one_language(last_policy(pages[numbers.at(old_key)]), first_policy(pages[numbers.at(new_key)])))
          continue;
        out.push_back({old_key, new_key, now.when, Evidence::link_replaced, k_link_replaced});
      }
    }
  }
}

/// A new page that began when the old one had ended took over with its first capture, even where the redirect
/// or the homepage that says so was archived later.
Timestamp begin_with_captures(const Takeover& takeover, const std::vector<Candidate>& pages,
                              const PageNumbers& numbers) {
  const auto& old_end = pages[numbers.at(takeover.from_urlkey)].to;
  const auto& new_begin = pages[numbers.at(takeover.to_urlkey)].from;
  return old_end && new_begin && *old_end < *new_begin ? std::min(takeover.when, *new_begin) : takeover.when;
}

}  // namespace

std::vector<Takeover> find_takeovers(const std::vector<Candidate>& pages,
                                     const std::vector<Pointer>& pointers,
                                     const std::vector<Sighting>& sightings) {
  const PageNumbers numbers = number_pages(pages);
  std::vector<Takeover> all;
  add_pointers(numbers, pointers, all);
  add_texts(pages, all);
  add_replaced_links(pages, numbers, sightings, all);

  std::erase_if(all, [&](const Takeover& takeover) {
    return !may_succeed(pages[numbers.at(takeover.from_urlkey)], pages[numbers.at(takeover.to_urlkey)],
                        takeover.evidence);
  });
  for (Takeover& takeover : all)
    takeover.when = begin_with_captures(takeover, pages, numbers);

  // The surest first; of equals the one whose pages follow each other most closely.
  const auto gap = [&](const Takeover& takeover) {
    const auto& to = pages[numbers.at(takeover.from_urlkey)].to;
    const auto& from = pages[numbers.at(takeover.to_urlkey)].from;
    return to && from ? std::chrono::abs(from->time() - to->time()) : std::chrono::seconds::max();
  };
  std::stable_sort(all.begin(), all.end(), [&](const Takeover& a, const Takeover& b) {
    return a.confidence != b.confidence ? a.confidence > b.confidence : gap(a) < gap(b);
  });

  std::vector<Takeover> kept;
  Groups groups(pages.size());
  for (Takeover& takeover : all) {
    const bool known = std::any_of(kept.begin(), kept.end(), [&](const Takeover& other) {
      return other.from_urlkey == takeover.from_urlkey && other.to_urlkey == takeover.to_urlkey;
    });
    const bool joins = groups.join(numbers.at(takeover.from_urlkey), numbers.at(takeover.to_urlkey));
    if (joins || (!known && takeover.evidence == Evidence::redirect)) kept.push_back(std::move(takeover));
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [](const Takeover& a, const Takeover& b) { return a.when < b.when; });
  return kept;
}

std::vector<std::vector<std::size_t>> group_series(const std::vector<Candidate>& pages,
                                                   const std::vector<Takeover>& takeovers) {
  const PageNumbers numbers = number_pages(pages);
  Groups groups(pages.size());
  for (const Takeover& takeover : takeovers)
    groups.join(numbers.at(takeover.from_urlkey), numbers.at(takeover.to_urlkey));
  std::map<std::size_t, std::vector<std::size_t>> by_root;
  for (std::size_t page = 0; page < pages.size(); ++page)
    by_root[groups.root(page)].push_back(page);

  std::vector<std::vector<std::size_t>> series;
  for (auto& [root, members] : by_root) {
    std::sort(members.begin(), members.end(),
              [&](std::size_t a, std::size_t b) { return begins_before(pages[a], pages[b]); });
    series.push_back(std::move(members));
  }
  const auto surest = [&](const std::vector<std::size_t>& members) {
    double best = 0;
    for (const std::size_t page : members)
      best = std::max(best, pages[page].confidence);
    return best;
  };
  std::stable_sort(series.begin(), series.end(), [&](const auto& a, const auto& b) {
    const double best_a = surest(a);
    const double best_b = surest(b);
    return best_a != best_b ? best_a > best_b : begins_before(pages[a.front()], pages[b.front()]);
  });
  return series;
}

}  // namespace winnow::cli
