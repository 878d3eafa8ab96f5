#include "formats/corpus_header.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>

#include "formats/memento_of.hpp"
#include "model/ascii.hpp"
#include "model/memento_url.hpp"
#include "model/percent_encoding.hpp"
#include "model/url.hpp"

namespace winnow {
namespace {

/// The words around a header's changing parts.
struct Frame {
  std::string_view start;  ///< then the site
  bool is_text;
  std::string_view snapshot;  ///< before its URL in parentheses
  std::string_view end;
};

constexpr Frame k_text{"> *The following text is extracted and transformed from the ", true,
                       "[original snapshot](", "*"};
constexpr Frame k_source{"<!--The following is the downloaded HTML source of the ", false,
                         "original snapshot (", "-->"};

constexpr std::string_view k_archived = " privacy policy that was archived on ";
constexpr std::string_view k_fetched = " privacy policy that was fetched from ";
constexpr std::string_view k_at = ", at ";
constexpr std::string_view k_utc_from = " UTC, from ";
constexpr std::string_view k_check = "Please check the ";
constexpr std::string_view k_reproduction = " for the most accurate reproduction.";
constexpr std::string_view k_warc_file = "WARC file ";
constexpr std::string_view k_snapshot_at = "original snapshot at ";

constexpr std::string_view k_wayback = "https://web.archive.org";
constexpr std::string_view k_warc = "warc:";
constexpr std::string_view k_flag = "id_";

const Frame& frame_of(HeaderForm form) {
  return form == HeaderForm::text ? k_text : k_source;
}

/// Between two sentences: a comment has two lines.
std::string_view gap(const Frame& frame) {
  return frame.is_text ? " " : "\n ";
}

/// Nothing in it ends the link, the emphasis or the comment, and an escaped URL is the same URL.
std::string escape_for_header(std::string_view url) {
  constexpr std::string_view k_plain = "-._~:/?#@!$&+,;=%";
  return percent_encode_unless(
      url, [k_plain](char c) { return is_letter_or_digit(c) || k_plain.find(c) != std::string_view::npos; });
}

std::string link(const Frame& frame, const std::string& url) {
  return frame.is_text ? fmt::format("[{0}]({0})", url) : url;
}

std::string time_of(Timestamp timestamp) {
  return timestamp.iso().substr(11, 8);  // 2026-11-22T13:05:12Z
}

std::string wayback_header(const Frame& frame, const CorpusHeader& header) {
  const std::string_view snapshot = frame.is_text ? "[original snapshot on the Wayback Machine]("
                                                  : "original snapshot on the Wayback Machine (";
  return fmt::format("{}{}{}{}.{}{}{}{}){}{}", frame.start, header.site, k_archived, header.timestamp.date(),
                     gap(frame), k_check, snapshot, snapshot_url(header), k_reproduction, frame.end);
}

std::string live_header(const Frame& frame, const CorpusHeader& header) {
  return fmt::format("{}{}{}{} on {}{}{} UTC.{}The page may have changed since.{}", frame.start, header.site,
                     k_fetched, link(frame, escape_for_header(header.url)), header.timestamp.date(), k_at,
                     time_of(header.timestamp), gap(frame), frame.end);
}

std::string where(const Frame& frame, const CorpusHeader& header) {
  const std::string source = escape_for_header(header.source);
  if (header.archive == k_warc) return fmt::format("{}{}", k_warc_file, source);
  const std::string archive = escape_for_header(header.archive);
  if (source.empty()) return fmt::format("{}{}", k_snapshot_at, archive);
  return fmt::format("{}{}) at {}", frame.snapshot, source, archive);
}

std::string other_header(const Frame& frame, const CorpusHeader& header) {
  return fmt::format("{}{}{}{}{}{}{}{}.{}{}{}{}{}", frame.start, header.site, k_archived,
                     header.timestamp.date(), k_at, time_of(header.timestamp), k_utc_from,
                     link(frame, escape_for_header(header.url)), gap(frame), k_check, where(frame, header),
                     k_reproduction, frame.end);
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<std::string_view> take_until(std::string_view& text, std::string_view end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at + end.size());
  return taken;
}

/// A host's name, or an address like [::1]. Sites become folders, and one of 16 kB fits no file system.
bool is_host(std::string_view site) {
  const auto is_allowed = [](char c) {
    return is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80U ||
           std::string_view(".-_[:]").find(c) != std::string_view::npos;
  };
  constexpr std::size_t k_longest_name = 253;  // RFC 1035 §2.3.4, without the root
  return !site.empty() && site.size() <= k_longest_name && site.front() != '.' &&
         std::all_of(site.begin(), site.end(), is_allowed);
}

bool is_archive(std::string_view url) {
  return (url.starts_with("https://") || url.starts_with("http://")) && !url.ends_with('/') &&
         Url::parse(url);
}

/// What render_header() gives of these is compared with what is there: only what can't be told from it is
/// looked at.
std::optional<CorpusHeader> parse_wayback(const Frame& frame, std::string_view head) {
  if (!take(head, frame.start)) return std::nullopt;
  const auto site = take_until(head, k_archived);
  const auto before = site ? take_until(head, "(") : std::nullopt;
  const auto url = before ? take_until(head, std::string(")") + std::string(k_reproduction)) : std::nullopt;
  const auto snapshot = url ? parse_memento_url(*url) : std::nullopt;
  const auto timestamp = snapshot ? snapshot->timestamp() : std::nullopt;
  if (!timestamp) return std::nullopt;
  return CorpusHeader{std::string(*site), *timestamp, unquote(snapshot->original)};
}

std::optional<std::string> parse_link(const Frame& frame, std::string_view& head, std::string_view behind) {
  if (!frame.is_text) {
    const auto url = take_until(head, behind);
    return url ? std::optional(std::string(*url)) : std::nullopt;
  }
  if (!take(head, "[")) return std::nullopt;
  const auto url = take_until(head, "](");
  if (!url || !take_until(head, std::string(")") + std::string(behind))) return std::nullopt;
  return std::string(*url);
}

std::optional<Timestamp> parse_moment(const std::optional<std::string_view>& date,
                                      const std::optional<std::string_view>& time) {
  if (!date || !time) return std::nullopt;
  return Timestamp::parse_partial(fmt::format("{}T{}Z", *date, *time), Timestamp::Round::down);
}

std::optional<CorpusHeader> parse_live(const Frame& frame, std::string_view head) {
  if (!take(head, frame.start)) return std::nullopt;
  const auto site = take_until(head, k_fetched);
  const auto url = site ? parse_link(frame, head, " on ") : std::nullopt;
  const auto date = url ? take_until(head, k_at) : std::nullopt;
  const auto timestamp = parse_moment(date, date ? take_until(head, " UTC") : std::nullopt);
  if (!timestamp || !Url::parse(*url)) return std::nullopt;
  return CorpusHeader{std::string(*site), *timestamp, *url, true};
}

std::optional<CorpusHeader> parse_other(const Frame& frame, std::string_view head) {
  if (!take(head, frame.start)) return std::nullopt;
  const auto site = take_until(head, k_archived);
  const auto date = site ? take_until(head, k_at) : std::nullopt;
  const auto timestamp = parse_moment(date, date ? take_until(head, k_utc_from) : std::nullopt);
  const std::string behind = fmt::format(".{}{}", gap(frame), k_check);
  const auto url = timestamp ? parse_link(frame, head, behind) : std::nullopt;
  if (!url || !Url::parse(*url)) return std::nullopt;
  CorpusHeader header{std::string(*site), *timestamp, *url, false, std::string(k_warc)};
  const bool is_file = take(head, k_warc_file);
  if (!is_file && take(head, frame.snapshot))
    header.source = take_until(head, ") at ").value_or("");
  else if (!is_file && !take(head, k_snapshot_at))
    return std::nullopt;
  const auto rest = take_until(head, k_reproduction);
  if (!rest || (!is_file && !is_archive(*rest))) return std::nullopt;
  (is_file ? header.source : header.archive) = *rest;
  return header;
}

}  // namespace

std::string snapshot_url(const CorpusHeader& header) {
  if (header.archive == k_warc || header.live) return {};
  if (!header.archive.empty()) return header.source;
  return memento_url(k_wayback, header.timestamp, k_flag, quote(header.url));
}

std::string render_header(const CorpusHeader& header, HeaderForm form) {
  const Frame& frame = frame_of(form);
  if (header.live) return live_header(frame, header);
  return header.archive.empty() ? wayback_header(frame, header) : other_header(frame, header);
}

std::optional<CorpusHeader> take_header(std::string_view& text, HeaderForm form) {
  // The header is a few lines at most: a frame's end far below belongs to something else.
  constexpr std::size_t k_longest = 65536;
  const std::string_view head = text.substr(0, k_longest);
  for (const auto parse : {parse_wayback, parse_other, parse_live}) {
    auto header = parse(frame_of(form), head);
    if (!header || !is_host(header->site)) continue;
    // Only what is rendered to the same bytes is such a header.
    const std::string rendered = render_header(*header, form);
    if (!text.starts_with(rendered)) continue;
    text.remove_prefix(rendered.size());
    return header;
  }
  return std::nullopt;
}

CorpusHeader header_of(const VersionRecord& record) {
  CorpusHeader header{record.site, record.capture.timestamp, record.capture.original,
                      record.archive == k_live_archive};
  // What was truly replayed, which need not be spelt as the index lists it.
  if (record.state == "held" && record.provenance) {
    header.timestamp = record.provenance->replayed_timestamp;
    header.url = record.provenance->replayed_url;
  }
  if (header.live || record.archive == k_wayback) return header;
  header.archive = record.archive;
  if (record.archive != k_warc) {
    header.source = memento_of(record);
  } else if (record.provenance) {
    header.source = record.provenance->source_warc;
  }
  return header;
}

std::optional<CorpusHeader> header_of_replay_url(std::string_view url) {
  const auto named = parse_memento_url(url);
  const auto timestamp = named ? named->timestamp() : std::nullopt;
  if (!timestamp) return std::nullopt;
  const std::string original = archived_url(named->original);
  if (!Url::parse(original)) return std::nullopt;
  return CorpusHeader{site_of_url(original), *timestamp, original, false};
}

}  // namespace winnow
