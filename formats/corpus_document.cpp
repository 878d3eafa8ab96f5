#include "formats/corpus_document.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/ascii.hpp"
#include "model/memento_url.hpp"
#include "model/url.hpp"

namespace winnow {
namespace {

/// The fixed words around the four changing parts: site, date, snapshot URL, end.
struct Frame {
  std::array<std::string_view, 4> pieces;
};

constexpr Frame k_text_frame{{"> *The following text is extracted and transformed from the ",
                              " privacy policy that was archived on ",
                              ". Please check the [original snapshot on the Wayback Machine](",
                              ") for the most accurate reproduction.*"}};
constexpr Frame k_source_frame{{"<!--The following is the downloaded HTML source of the ",
                                " privacy policy that was archived on ",
                                ".\n Please check the original snapshot on the Wayback Machine (",
                                ") for the most accurate reproduction.-->"}};

/// The same around the changing parts of a live page's header: site, URL (once more in Markdown), date, time.
struct LiveFrame {
  std::array<std::string_view, 5> pieces;
  bool is_link;
};

constexpr LiveFrame k_live_text_frame{
    {"> *The following text is extracted and transformed from the ", " privacy policy that was fetched from ",
     " on ", ", at ", " UTC. The page may have changed since.*"},
    true};
constexpr LiveFrame k_live_source_frame{
    {"<!--The following is the downloaded HTML source of the ", " privacy policy that was fetched from ",
     " on ", ", at ", " UTC.\n The page may have changed since.-->"},
    false};

/// Nothing in a URL ends the link, the emphasis or the comment, and what is escaped is the same URL.
std::string escape_for_header(std::string_view url) {
  constexpr std::string_view k_plain = "-._~:/?#@!$&+,;=%";
  std::string out;
  for (const char c : url) {
    if (is_letter_or_digit(c) || k_plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string render(const LiveFrame& frame, const CorpusHeader& header) {
  std::string url = escape_for_header(header.url);
  if (frame.is_link) url = fmt::format("[{0}]({0})", url);
  const std::string moment = header.timestamp.iso();  // 2026-11-22T13:05:12Z
  return fmt::format("{}{}{}{}{}{}{}{}{}", frame.pieces[0], header.site, frame.pieces[1], url,
                     frame.pieces[2], moment.substr(0, 10), frame.pieces[3], moment.substr(11, 8),
                     frame.pieces[4]);
}

constexpr std::string_view k_archive = "https://web.archive.org";
constexpr std::string_view k_flag = "id_";

std::string snapshot_url(const CorpusHeader& header) {
  return memento_url(k_archive, header.timestamp, k_flag, quote(header.url));
}

std::string render(const Frame& frame, const CorpusHeader& header) {
  return fmt::format("{}{}{}{}{}{}{}", frame.pieces[0], header.site, frame.pieces[1], header.timestamp.date(),
                     frame.pieces[2], snapshot_url(header), frame.pieces[3]);
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

/// Takes the header off the front of `text`.
std::optional<CorpusDocument> take_header(const Frame& frame, std::string_view& text) {
  // The header is a few lines at most: a frame's end far below belongs to something else.
  constexpr std::size_t k_longest = 16384;
  const std::string_view whole = text;
  std::string_view head = text.substr(0, k_longest);
  if (!take(head, frame.pieces[0])) return std::nullopt;
  const auto site = take_until(head, frame.pieces[1]);
  const auto date = site ? take_until(head, frame.pieces[2]) : std::nullopt;
  const auto url = date ? take_until(head, frame.pieces[3]) : std::nullopt;
  if (!url || !is_host(*site)) return std::nullopt;
  const auto snapshot = parse_memento_url(*url);
  const auto timestamp = snapshot ? snapshot->timestamp() : std::nullopt;
  if (!timestamp) return std::nullopt;
  CorpusDocument document{
      {std::string(*site), *timestamp, unquote(snapshot->original), false}, std::string(*url), {}, {}};
  // Only what is rendered to the same bytes is such a header: archive, flag and date are the frame's own.
  const std::string rendered = render(frame, document.header);
  if (!whole.starts_with(rendered)) return std::nullopt;
  text = whole.substr(rendered.size());
  return document;
}

/// The same of a live page's header.
std::optional<CorpusDocument> take_header(const LiveFrame& frame, std::string_view& text) {
  constexpr std::size_t k_longest = 65536;
  const std::string_view whole = text;
  std::string_view head = text.substr(0, k_longest);
  if (!take(head, frame.pieces[0])) return std::nullopt;
  const auto site = take_until(head, frame.pieces[1]);
  if (!site || !is_host(*site) || (frame.is_link && !take(head, "["))) return std::nullopt;
  const auto url = take_until(head, frame.is_link ? "](" : frame.pieces[2]);
  if (!url || (frame.is_link && !take_until(head, ")" + std::string(frame.pieces[2])))) return std::nullopt;
  const auto date = take_until(head, frame.pieces[3]);
  const auto time = date ? take_until(head, frame.pieces[4]) : std::nullopt;
  if (!time || !Url::parse(*url)) return std::nullopt;
  const auto timestamp =
      Timestamp::parse_partial(fmt::format("{}T{}Z", *date, *time), Timestamp::Round::down);
  if (!timestamp) return std::nullopt;
  CorpusDocument document{{std::string(*site), *timestamp, std::string(*url), true}, {}, {}, {}};
  const std::string rendered = render(frame, document.header);
  if (!whole.starts_with(rendered)) return std::nullopt;
  text = whole.substr(rendered.size());
  return document;
}

CorpusHeader header_of(const VersionRecord& record) {
  const bool live = record.archive == k_live_archive;
  // What was truly replayed, which need not be spelt as the index lists it.
  if (record.state == "held" && record.provenance) {
    return {record.site, record.provenance->replayed_timestamp, record.provenance->replayed_url, live};
  }
  return {record.site, record.capture.timestamp, record.capture.original, live};
}

/// Where it can be checked, when that is not the Wayback Machine.
std::string source_of(const VersionRecord& record) {
  if (record.provenance && !record.provenance->memento_url.empty())
    return fmt::format("[{0}]({0})", escape_for_header(record.provenance->memento_url));
  if (record.provenance && !record.provenance->source_warc.empty())
    return "the WARC file " + escape_for_header(record.provenance->source_warc);
  return escape_for_header(record.archive);
}

std::string with_line_end(std::string document, const VersionRecord& record) {
  const bool as_given = has_mark(record.text, Mark::imported);
  if (!as_given && !document.ends_with('\n')) document += '\n';
  return document;
}

}  // namespace

std::string render_header(const CorpusHeader& header) {
  return header.live ? render(k_live_text_frame, header) : render(k_text_frame, header);
}

std::string render_html_header(const CorpusHeader& header) {
  return header.live ? render(k_live_source_frame, header) : render(k_source_frame, header);
}

std::string render_corpus_document(const CorpusHeader& header, std::string_view title,
                                   std::string_view text) {
  return fmt::format("{}\n\n# {}\n\n{}", render_header(header), title, text);
}

std::string render_corpus_source(const CorpusHeader& header, std::string_view source) {
  return fmt::format("{}\n\n{}", render_html_header(header), source);
}

std::string render_version_document(const VersionRecord& record) {
  return with_line_end(render_corpus_document(header_of(record), record.text.title, record.text.markdown),
                       record);
}

std::string render_evidence_document(const VersionRecord& record) {
  if (record.archive == k_archive || record.archive == k_live_archive) return render_version_document(record);
  const CorpusHeader header = header_of(record);
  return with_line_end(
      fmt::format("{}{}{}{}, at {}, from {} (taken from {}).*\n\n# {}\n\n{}", k_text_frame.pieces[0],
                  header.site, k_text_frame.pieces[1], header.timestamp.date(),
                  header.timestamp.iso().substr(11, 8) + " UTC", escape_for_header(header.url),
                  source_of(record), record.text.title, record.text.markdown),
      record);
}

std::string render_version_source(const VersionRecord& record, std::string_view body) {
  return render_corpus_source(header_of(record), body);
}

std::optional<CorpusDocument> parse_corpus_document(std::string_view text) {
  auto document = take_header(k_text_frame, text);
  if (!document) document = take_header(k_live_text_frame, text);
  if (!document || !take(text, "\n\n# ")) return std::nullopt;
  const auto title = take_until(text, "\n");
  if (!title || !take(text, "\n")) return std::nullopt;
  document->title = *title;
  document->text = text;
  return document;
}

std::optional<CorpusDocument> parse_corpus_source(std::string_view text) {
  auto document = take_header(k_source_frame, text);
  if (!document) document = take_header(k_live_source_frame, text);
  if (!document || !take(text, "\n\n")) return std::nullopt;
  document->text = text;
  return document;
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
