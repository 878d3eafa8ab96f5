// One question to an archive's index, asked to its end: page after page.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "crawler/archive.hpp"
#include "crawler/cdx_query.hpp"
#include "crawler/index_parser.hpp"
#include "crawler/memento/memento_places.hpp"
#include "crawler/requests.hpp"

namespace winnow {

struct ListResult {
  std::uint64_t rows = 0;  ///< of the answers that were believed
  int requests = 0;        ///< repeats included
  CdxOddities oddities;
  std::optional<Failure> failure;  ///< the rows handed over stand all the same
  std::string resume_key;          ///< of the page that failed: where another run may go on
};

/// Hands over each row once, also when a page of the index had to be asked for again after some of its rows.
class CdxListing : public std::enable_shared_from_this<CdxListing> {
public:
  using OnRows = IndexParser::OnRows;
  using OnDone = std::function<void(ListResult&&)>;

  struct Limits {
    std::chrono::seconds stall_timeout;
    std::chrono::seconds total_timeout;
  };

  CdxListing(Requests& requests, Archive archive, std::shared_ptr<MementoPlaces> places, CdxQuery query,
             Limits limits, OnRows on_rows, OnDone on_done);

  /// Submits the next page's request, which keeps the listing alive.
  void ask();

private:
  void restart();
  void hand_over(std::vector<Capture>&& rows);
  void take(const HttpAnswer& so_far, std::string_view piece);
  Judgement judge(const HttpAnswer& answer);
  Judgement judge_index(const HttpAnswer& answer);
  void answered(const HttpAnswer& answer, Judgement judgement);
  void fail(Failure&& failure);
  [[nodiscard]] bool is_garbage() const;
  [[nodiscard]] const std::string& stray_text(int status) const;
  void page_done();

  Requests& m_requests;
  Archive m_archive;
  std::shared_ptr<MementoPlaces> m_places;
  CdxQuery m_query;
  Limits m_limits;
  OnRows m_on_rows;
  OnDone m_on_done;
  ListResult m_result;
  std::unique_ptr<IndexParser> m_parser;  // of the try under way
  // Hashes of this page's rows, 8 MB at most: those of earlier tries, sorted, and those of this one.
  std::vector<std::uint64_t> m_handed_over, m_handed_over_now;
  std::string m_error_text;  // beginning of an answer that is no 200
  std::unordered_set<std::string> m_used_keys;
  std::deque<std::string> m_waiting;            // keys to ask for after this page
  std::optional<std::uint64_t> m_doubted_size;  // body bytes of an answer of this page that looked cut
  int m_empty_pages_in_a_row = 0;
  bool m_empty_before = false;
};

}  // namespace winnow
