#include "crawler/memento/timemap_parser.hpp"

#include <algorithm>
#include <utility>

#include "crawler/link_format.hpp"
#include "crawler/replay_fetch.hpp"
#include "model/ascii.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_most_further = 1000;
constexpr std::size_t k_longest_place = 8192;

}  // namespace

TimeMapParser::TimeMapParser(Page page, std::shared_ptr<MementoPlaces> places, OnRows on_rows,
                             std::size_t batch)
    : IndexParser(std::move(on_rows), batch), m_page(std::move(page)), m_places(std::move(places)) {}

void TimeMapParser::feed(std::string_view piece) {
  for (const char c : piece) {
    if (m_in_target) {
      m_in_target = c != '>';
    } else if (m_quoted) {
      m_quoted = c != '"';
    } else if (c == ',') {
      end_link();
      continue;
    } else {
      m_in_target = c == '<';
      m_quoted = c == '"';
    }
    if (m_skipping) continue;
    if (m_link.size() >= k_longest_row) {
      ++m_oddities.overlong_rows;
      m_link.clear();
      m_skipping = true;
    } else if (!m_link.empty() || !is_html_space(c)) {
      m_link += c;
    }
  }
}

void TimeMapParser::finish() {
  m_cut = m_in_target || m_quoted || m_skipping;
  // A comma promises another link.
  if (m_link.empty() && !m_skipping && m_records > 0) m_cut = true;
  end_link();
  hand_over();
}

void TimeMapParser::end_link() {
  m_skipping = m_in_target = m_quoted = false;
  const std::string link = std::exchange(m_link, {});
  if (link.empty()) return;
  ++m_records;
  const auto close = link.find('>');
  if (link.front() != '<' || close == std::string::npos) return take_stray(link);
  take_link(std::string_view(link).substr(1, close - 1), std::string_view(link).substr(close + 1));
}

void TimeMapParser::take_link(std::string_view target, std::string_view parameters) {
  if (has_relation(parameters, "memento")) return take_memento(target, parameters);
  if (has_relation(parameters, "original")) {
    m_page.original = target;
  } else if (has_relation(parameters, "timegate")) {
    if (const auto place = hop_within_archive(m_page.base_url, m_page.base_url, target))
      m_places->see_timegate(*place, escape_for_request(m_page.original));
  } else if (has_relation(parameters, "timemap") && !has_relation(parameters, "self")) {
    auto place = hop_within_archive(m_page.base_url, m_page.base_url, target);
    if (place && m_further.size() < k_most_further && place->size() < k_longest_place)
      m_further.push_back(std::move(*place));
  } else if (!link_parameter(parameters, "rel")) {
    take_stray(target);
  }
}

void TimeMapParser::take_memento(std::string_view target, std::string_view parameters) {
  const auto timestamp =
      Timestamp::parse_http_date(link_parameter(parameters, "datetime").value_or(std::string_view()));
  if (!timestamp) return take_stray(target);
  const auto place = hop_within_archive(m_page.base_url, m_page.base_url, target);
  if (!place) {
    ++m_oddities.elsewhere;
    return;
  }
  const auto spelled = spelled_memento(*place, *timestamp);
  m_places->see_memento(spelled);
  if ((m_page.since && *timestamp < *m_page.since) || (m_page.until && *m_page.until < *timestamp)) return;
  const std::string original(spelled ? spelled->original : std::string_view(m_page.original));
  const std::string key = urlkey(original);
  const std::string digits = timestamp->digits();
  CdxFields fields;
  fields.urlkey = key;
  fields.timestamp = digits;
  fields.original = original;
  take_row(fields, *place);
}

}  // namespace winnow
