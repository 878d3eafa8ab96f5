#include "formats/warc_reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "model/ascii.hpp"
#include "model/digest.hpp"
#include "model/error.hpp"

namespace winnow {
namespace {

using Why = NoRecord::Why;

constexpr std::string_view k_magic = "WARC/";
/// Times the file's size: bounds the work on files made to look like a million members or records.
constexpr std::uint64_t k_most_reread = 4;
constexpr std::uint64_t k_least_reread = 64ULL << 20U;  // bytes, besides

bool begins_record(std::string_view text) {
  const std::string_view rest = text.substr(std::min(k_magic.size(), text.size()), 2);
  return text.starts_with(k_magic) && rest.size() == 2 && is_digit(rest[0]) && rest[1] == '.';
}

/// The next line that begins a plain record.
std::size_t find_plain_record(std::string_view file, std::size_t from) {
  for (std::size_t at = file.find(k_magic, from); at != std::string_view::npos;
       at = file.find(k_magic, at + 1)) {
    const bool begins_line = at == 0 || file[at - 1] == '\n';
    if (begins_line && begins_record(file.substr(at))) return at;
  }
  return std::string_view::npos;
}

/// A record that garbage follows: its own length may be what is wrong.
bool block_is_credible(const WarcRecord& record) {
  if (const auto stated = record.headers.first("WARC-Block-Digest")) {
    if (const auto digest = parse_cdx_digest(*stated)) return *digest == sha1(record.block);
  }
  return find_plain_record(record.block, 0) == std::string_view::npos;
}

void skip_line_ends(std::string_view file, std::size_t& position) {
  position = std::min(file.find_first_not_of("\r\n", position), file.size());
}

}  // namespace

WarcReader::WarcReader(std::string path, RecordLimits limits)
    : m_path(std::move(path)), m_limits(limits), m_file(m_path) {
  const std::string_view file = m_file.bytes();
  if (file.starts_with("\x5d\x2a\x4d\x18")) {
    throw error("{} is compressed with a dictionary of its own, which winnow cannot read: unpack it first",
                m_path);
  }
  // The file's start may be damaged: its kind is that of the first thing recognised.
  // Where it is plain to see, nothing more is searched: that would go through the whole file.
  const std::string_view start = file.substr(0, 64);
  const bool begins_member =
      find_member(start, 0, Compression::gzip) == 0 || find_member(start, 0, Compression::zstd) == 0;
  const std::size_t plain = begins_member ? std::string_view::npos : find_plain_record(file, 0);
  const std::string_view before = begins_member ? start : file.substr(0, plain);
  const std::size_t gzip = find_member(before, 0, Compression::gzip);
  const std::size_t zstd = find_member(before.substr(0, gzip), 0, Compression::zstd);
  if (zstd != std::string_view::npos) {
    m_compression = Compression::zstd;
  } else if (gzip != std::string_view::npos) {
    m_compression = Compression::gzip;
  } else if (plain == std::string_view::npos && !file.empty()) {
    throw error("{} is no WARC file", m_path);
  }
  const std::size_t first = std::min({plain, gzip, zstd, file.size()});
  if (first != 0) note(0, "the file does not begin with a record");
  m_position = first;
}

std::optional<WarcRecord> WarcReader::next() {
  forget_read();
  return m_compression == Compression::none ? next_plain() : next_in_member();
}

/// What lies behind is not gone back to: a file of gigabytes would seem to be memory of gigabytes.
void WarcReader::forget_read() {
  constexpr std::size_t k_step = std::size_t{4} << 20U;
  if (m_position < m_forgotten + k_step) return;
  m_file.forget(m_forgotten, m_position);
  m_forgotten = m_position;
}

std::optional<WarcRecord> WarcReader::next_plain() {
  const std::string_view file = m_file.bytes();
  const auto resume = [&](std::size_t from) {
    m_position = std::min(find_plain_record(file, from), file.size());
  };
  // A wrong length may reach over many good records: they are looked for within it, while the budget lasts.
  const auto resume_within = [&](std::size_t start, std::size_t end) {
    m_reread += end - start;
    resume(m_reread > k_most_reread * file.size() ? end : start + 1);
  };

  while (true) {
    skip_line_ends(file, m_position);
    if (m_position == file.size()) return std::nullopt;
    const std::size_t start = m_position;
    WarcStream stream(file.substr(start), Compression::none);
    auto outcome = read_record(stream, m_limits);
    std::size_t end = start + stream.position();

    if (auto* none = std::get_if<NoRecord>(&outcome)) {
      note(start, std::move(none->what));
      if (none->why == Why::too_large) {
        m_position = end;
      } else {
        resume_within(start, end);
      }
      continue;
    }
    auto& record = std::get<WarcRecord>(outcome);
    record.position = {start, end - start, 0, Compression::none};
    skip_line_ends(file, end);
    m_position = end;
    if (end == file.size() || begins_record(file.substr(end))) return std::move(record);
    if (block_is_credible(record)) {
      note(end, "no WARC record begins here");
      resume(end);
      return std::move(record);
    }
    note(start, "the record's length does not fit what follows it");
    resume_within(start, end);
  }
}

/// \pre m_position is at a place that looks like the start of a member.
void WarcReader::open_member(std::size_t end, std::uint64_t skipped) {
  m_member_end = end;
  m_member.emplace(m_file.bytes().substr(m_position, end - m_position), m_compression);
  m_member->skip(skipped);
}

std::size_t WarcReader::next_candidate(std::size_t from) const {
  return std::min(find_member(m_file.bytes(), from + 1, m_compression), m_file.bytes().size());
}

/// What looked like the next member is part of this one: finds the first such place up to which this one is
/// not cut, by doubling and halving, since a payload may hold thousands. False when there is none, or when
/// the search would unpack too much.
bool WarcReader::widen_member(std::uint64_t record_start) {
  const std::string_view file = m_file.bytes();
  std::vector<std::size_t> ends;
  const auto is_cut = [&](std::size_t number) {
    while (ends.size() <= number && (ends.empty() ? m_member_end : ends.back()) < file.size()) {
      ends.push_back(next_candidate(ends.empty() ? m_member_end : ends.back()));
    }
    if (ends.empty()) return true;
    const std::size_t end = ends[std::min(number, ends.size() - 1)];
    m_reread += end - m_position;
    return MemberReader(file.substr(m_position, end - m_position)).drain() == MemberReader::End::truncated;
  };
  const std::uint64_t budget = k_least_reread + k_most_reread * file.size();
  std::size_t beyond = 0;  // ends before this number are too early
  std::size_t number = 0;
  while (is_cut(number)) {
    if (number + 1 >= ends.size() && (ends.empty() || ends.back() == file.size())) return false;
    if (m_reread > budget) return false;
    beyond = number + 1;
    number = 2 * number + 1;
  }
  number = std::min(number, ends.size() - 1);
  while (beyond < number) {
    const std::size_t middle = beyond + (number - beyond) / 2;
    if (is_cut(middle)) {
      beyond = middle + 1;
    } else {
      number = middle;
    }
  }
  open_member(ends[number], record_start);
  return true;
}

void WarcReader::leave_member() {
  m_member.reset();
  m_position = m_member_end;
}

std::optional<WarcRecord> WarcReader::next_in_member() {
  while (m_position < size()) {
    if (!m_member) open_member(next_candidate(m_position), 0);
    const std::uint64_t start = m_member->position();
    auto outcome = read_record(*m_member, m_limits);
    auto* none = std::get_if<NoRecord>(&outcome);
    m_member->skip_line_ends();
    const bool last = m_member->peek() < 0;  // the checksum is known only at the member's end
    const MemberReader::End end = last ? m_member->end() : MemberReader::End::not_yet;

    if (end == MemberReader::End::truncated && widen_member(start)) continue;
    if (end == MemberReader::End::truncated || end == MemberReader::End::damaged) {
      note_in_member(start, end == MemberReader::End::truncated ? "the compressed record is cut"
                                                                : "the compressed record is damaged");
      // A damaged member's true end is unknown: the very next place that looks like a member is tried.
      m_member_end = next_candidate(m_position);
      leave_member();
      continue;
    }
    if (none == nullptr) {
      auto& record = std::get<WarcRecord>(outcome);
      record.position = {m_position, m_member_end - m_position, start, m_compression};
      if (last || is_followed_well(record)) return std::move(record);
      continue;
    }
    if (none->why != Why::end) note_in_member(start, none->what);
    if (none->why == Why::too_large) continue;
    if (none->why == Why::damaged && m_member->seek_line(begins_record, m_limits.skipped)) continue;
    if (m_member->end() == MemberReader::End::truncated && widen_member(m_member->position())) continue;
    leave_member();
  }
  return std::nullopt;
}

/// Whether a record that its member goes on behind may be believed: another record follows; or its block
/// tells. Moves to the next record, or leaves the member, whose checksum is known then.
bool WarcReader::is_followed_well(const WarcRecord& record) {
  const std::uint64_t behind = m_member->position();
  const bool more = m_member->seek_line(begins_record, m_limits.skipped);
  if (more && m_member->position() == behind) return true;
  bool survives = block_is_credible(record);
  if (!more && m_member->end() == MemberReader::End::truncated && widen_member(record.position.unpacked)) {
    return false;  // to be read again
  }
  if (!more && m_member->end() != MemberReader::End::whole) survives = false;
  if (survives) {
    note_in_member(behind, "no WARC record begins here");
  } else {
    note_in_member(record.position.unpacked, "the compressed record is damaged");
  }
  if (!more) leave_member();
  return survives;
}

void WarcReader::note_in_member(std::uint64_t unpacked, std::string_view what) {
  note(m_position, unpacked == 0 ? std::string(what)
                                 : fmt::format("{}, {} bytes into the unpacked member", what, unpacked));
}

void WarcReader::note(std::uint64_t offset, std::string what) {
  m_damage.push_back({offset, std::move(what)});
}

std::optional<WarcRecord> read_record_at(std::string_view file, const WarcPosition& position,
                                         const RecordLimits& limits) {
  if (position.offset > file.size()) return std::nullopt;
  const std::string_view range = file.substr(position.offset, position.length);
  WarcStream stream(range, position.compression);
  if (stream.skip(position.unpacked) < position.unpacked) return std::nullopt;
  auto outcome = read_record(stream, limits);
  if (!std::holds_alternative<WarcRecord>(outcome)) return std::nullopt;
  auto record = std::move(std::get<WarcRecord>(outcome));
  record.position = position;
  return record;
}

}  // namespace winnow
