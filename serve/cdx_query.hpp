// A question to the CDX server (github.com/internetarchive/wayback, wayback-cdx-server), as its parameters
// ask it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <re2/re2.h>

#include "model/timestamp.hpp"

namespace winnow::serve {

enum class CdxField { urlkey, timestamp, original, mimetype, statuscode, digest, length };
inline constexpr std::array<std::string_view, 7> k_cdx_fields = {
    "urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"};

struct CdxFilter {
  CdxField field;
  bool negated = false;
  std::unique_ptr<const re2::RE2> whole;  ///< must match the whole field (RE2's syntax, nearly Java's)
};

/// Of adjacent rows whose field begins with the same `length` characters, the first one is kept.
struct CdxCollapse {
  CdxField field;
  std::size_t length = std::string_view::npos;
};

/// The place of the first row not yet given: the `nth` of those with this urlkey and timestamp.
struct CdxResume {
  std::string urlkey;
  Timestamp timestamp;
  std::uint32_t nth = 0;
};

struct CdxQuery {
  std::optional<std::string> urlkey;  ///< matchType=exact
  std::vector<std::string> prefixes;  ///< else: of urlkeys, in ascending order
  std::optional<Timestamp> from;
  std::optional<Timestamp> to;
  std::vector<CdxFilter> filters;
  std::vector<CdxCollapse> collapses;
  std::vector<CdxField> fields;       ///< fl, or all
  std::optional<std::int64_t> limit;  ///< negative: the last ones
  std::uint64_t offset = 0;
  std::optional<CdxResume> resume;
  bool show_resume_key = false;
  std::optional<std::uint64_t> page;  ///< counted from 0
  std::uint64_t page_blocks = 50;     ///< pageSize, in blocks of k_cdx_block_rows
  bool show_num_pages = false;
  bool json = false;
};

/// How many rows the Wayback Machine's index packs into a block, by which it pages.
inline constexpr std::uint64_t k_cdx_block_rows = 3000;

/// The parameters of a query string, decoded (`+` is a space), in order.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> parse_query_string(std::string_view query);

/// What is asked for, or a sentence on what is wrong with it. Unknown parameters are ignored, as the archive
/// does.
[[nodiscard]] std::variant<CdxQuery, std::string> parse_cdx_query(std::string_view query_string);

/// `com%2Csoompi%29%2Fprivacy+20110521195625+0`
[[nodiscard]] std::string format_resume_key(const CdxResume& resume);
[[nodiscard]] std::optional<CdxResume> parse_resume_key(std::string_view key);

/// The urlkey of a URL that people may have written without its scheme.
[[nodiscard]] std::string urlkey_of_input(std::string_view url);

}  // namespace winnow::serve
