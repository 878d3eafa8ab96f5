#include "crawler/site_index.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "crawler/policy_url.hpp"
#include "model/http_status.hpp"

namespace winnow {

namespace {

using std::chrono::seconds;

constexpr seconds k_era = std::chrono::days(913);  // thirty months

bool served_a_page(const Capture& row) {
  if (row.statuscode) return *row.statuscode == 200;
  // A revisit, or an old row: nothing says what it is of, and mostly it is of a page.
  return true;
}

bool same_month(Timestamp a, Timestamp b) {
  constexpr std::uint64_t k_month = 1'00'00'00'00;  // of YYYYMMDDhhmmss
  return a.value() / k_month == b.value() / k_month;
}

void add_thinned(std::vector<Capture>& captures, Capture&& row) {
  const auto like_row = [&](const Capture& other) {
    return other.digest == row.digest && same_month(other.timestamp, row.timestamp);
  };
  const std::size_t size = captures.size();
  if (size > 0 && row.timestamp <= captures.back().timestamp) return;  // comes a second time
  if (size >= 2 && like_row(captures[size - 1]) && like_row(captures[size - 2])) {
    captures.back() = std::move(row);
  } else {
    captures.push_back(std::move(row));
  }
}

/// The capture of a range in time order that is nearest to a moment. \pre the range is not empty
const Capture& nearest(std::span<const Capture> captures, std::chrono::sys_seconds moment) {
  return *std::min_element(captures.begin(), captures.end(), [&](const Capture& a, const Capture& b) {
    const auto distance = [&](const Capture& c) { return std::chrono::abs(c.timestamp.time() - moment); };
    return distance(a) < distance(b);
  });
}

}  // namespace

std::string IndexedPage::url() const {
  if (!served.empty()) return served.back().original;
  return led_away.empty() ? original : led_away.back().original;
}

void SiteIndex::add(Capture&& row, bool wanted) {
  auto page = m_pages.find(row.urlkey);
  if (page == m_pages.end()) {
    const double score = policy_url_score(row.urlkey, row.mimetype);
    if ((score == 0 && !wanted) || m_pages.size() >= k_most_pages) {
      ++m_left_out;
      return;
    }
    page = m_pages.try_emplace(row.urlkey).first;
    page->second.urlkey = row.urlkey;
    page->second.url_score = score;
  }
  ++page->second.captures;
  page->second.original = row.original;
  if (served_a_page(row)) {
    add_thinned(page->second.served, std::move(row));
  } else if (is_redirect(*row.statuscode)) {
    add_thinned(page->second.led_away, std::move(row));
  }
}

void SiteIndex::add_page(const std::string& urlkey) {
  auto& page = m_pages[urlkey];
  if (!page.urlkey.empty()) return;
  page.urlkey = urlkey;
  page.url_score = policy_url_score(urlkey, "text/html");
}

const IndexedPage* SiteIndex::find(std::string_view urlkey) const {
  const auto page = m_pages.find(urlkey);
  return page == m_pages.end() ? nullptr : &page->second;
}

std::vector<Capture> choose_by_era(std::span<const Capture> captures) {
  if (captures.empty()) return {};
  const auto first = captures.front().timestamp.time();
  const auto last = captures.back().timestamp.time();
  const auto eras = std::clamp<std::int64_t>((last - first + k_era / 2) / k_era, 1, k_most_eras);
  const seconds length = (last - first) / eras + seconds(1);

  std::vector<Capture> chosen;
  auto begin = captures.begin();
  for (std::int64_t era = 0; era < eras; ++era) {
    const auto from = first + era * length;
    const auto end = std::partition_point(
        begin, captures.end(), [&](const Capture& c) { return c.timestamp.time() < from + length; });
    if (begin != end) chosen.push_back(nearest({begin, end}, from + length / 2));
    begin = end;
  }
  if (chosen.back().timestamp != captures.back().timestamp) chosen.push_back(captures.back());
  return chosen;
}

std::optional<Capture> choose_between(std::span<const Capture> captures, Timestamp after, Timestamp before) {
  const auto begin = std::partition_point(captures.begin(), captures.end(),
                                          [&](const Capture& c) { return c.timestamp <= after; });
  const auto end =
      std::partition_point(begin, captures.end(), [&](const Capture& c) { return c.timestamp < before; });
  if (begin == end) return {};
  return nearest({begin, end}, after.time() + (before.time() - after.time()) / 2);
}

}  // namespace winnow
