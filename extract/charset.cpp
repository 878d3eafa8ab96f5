#include "extract/charset.hpp"

#include <algorithm>

#include "extract/charset_detect.hpp"
#include "extract/visible_bytes.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_prescan = 8192;  ///< browsers look at 1024 bytes; old pages open with long comments

const CharEncoding& encoding(std::string_view label) {
  return *find_encoding(label);
}

/// The value behind `charset=` in a Content-Type, quoted or not.
std::string_view charset_parameter(std::string_view content_type) {
  constexpr std::string_view k_name = "charset";
  for (std::size_t at = 0; at + k_name.size() < content_type.size(); ++at) {
    if (!iequals(content_type.substr(at, k_name.size()), k_name)) continue;
    std::string_view rest = trim(content_type.substr(at + k_name.size()));
    if (!rest.starts_with('=')) continue;
    rest = trim(rest.substr(1));
    if (rest.starts_with('"') || rest.starts_with('\'')) {
      const char quote = rest.front();
      rest.remove_prefix(1);
      return rest.substr(0, rest.find(quote));
    }
    return rest.substr(0, rest.find_first_of("; \t\r\n,\""));
  }
  return {};
}

const CharEncoding* declared_by_meta(std::string_view attributes) {
  std::string_view charset;
  std::string_view content;
  bool is_content_type = false;
  RawAttribute attribute;
  while (next_attribute(attributes, attribute)) {
    if (iequals(attribute.name, "charset")) charset = attribute.value;
    if (iequals(attribute.name, "content")) content = attribute.value;
    if (iequals(attribute.name, "http-equiv"))
      is_content_type = iequals(trim(attribute.value), "content-type");
  }
  if (const CharEncoding* found = find_encoding(charset)) return found;
  return is_content_type ? find_encoding(charset_parameter(content)) : nullptr;
}

const CharEncoding* declared_by_xml(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return nullptr;
  std::string_view attributes = bytes.substr(5, bytes.find("?>") - 5);
  RawAttribute attribute;
  while (next_attribute(attributes, attribute)) {
    if (iequals(attribute.name, "encoding")) return find_encoding(attribute.value);
  }
  return nullptr;
}

const CharEncoding* declared_in_page(std::string_view bytes) {
  const CharEncoding* found = nullptr;
  VisibleTags tags(bytes);
  Token token;
  while (found == nullptr && tags.next(token) && token.begin < k_prescan) {
    if (token.kind == TokenKind::open && token.tag == GUMBO_TAG_META)
      found = declared_by_meta(token.attributes);
  }
  if (found == nullptr) found = declared_by_xml(bytes.substr(0, k_prescan));
  if (found == nullptr) return nullptr;
  // What says so in ASCII letters is not UTF-16; x-user-defined is a trick of scripts.
  if (found->name.starts_with("UTF-16")) return &encoding("utf-8");
  if (found->name == "x-user-defined") return &encoding("windows-1252");
  return found;
}

const CharEncoding* byte_order_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return &encoding("utf-8");
  if (bytes.starts_with("\xFE\xFF")) return &encoding("utf-16be");
  if (bytes.starts_with("\xFF\xFE")) return &encoding("utf-16le");
  return nullptr;
}

/// In text of these, bytes beyond ASCII come two by two.
bool is_in_pairs(const CharEncoding& encoding) {
  return encoding.name == "GBK" || encoding.name == "EUC-KR" || encoding.name == "EUC-JP";
}

bool has_pair(std::string_view bytes) {
  const auto is_high = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  return std::adjacent_find(bytes.begin(), bytes.end(), [is_high](char one, char other) {
           return is_high(one) && is_high(other);
         }) != bytes.end();
}

/// The only invalid bytes are at the end, and a character's beginning.
bool is_cut_character(std::string_view bytes, const Utf8Census& census) {
  if (census.invalid_count != 1 || census.invalid + 3 < bytes.size()) return false;
  return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(census.invalid), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// The declared encoding, or null when the bytes refute it.
const CharEncoding* believed(std::string_view bytes, const Utf8Census& census, const CharEncoding* declared) {
  if (declared == nullptr || declared->name.starts_with("ISO-2022")) return declared;
  const bool is_utf8 = census.invalid_count == 0;
  if (declared->name.starts_with("UTF-16"))
    return is_utf8 && bytes.find('\0') == std::string_view::npos ? nullptr : declared;
  if (declared->name == "UTF-8") {
    return is_utf8 || is_cut_character(bytes, census) || census.sequences >= census.invalid_count ? declared
                                                                                                  : nullptr;
  }
  constexpr std::size_t k_few = 8;
  constexpr std::size_t k_share = 4;
  const std::size_t least = is_utf8 && !is_east_asian(*declared) ? 1 : k_few;
  if (census.sequences >= least && census.sequences >= k_share * census.invalid_count) return nullptr;
  if (is_in_pairs(*declared) && !is_utf8 && !has_pair(bytes)) return nullptr;
  return is_utf8 || !is_surely_other(bytes, *declared) ? declared : nullptr;
}

}  // namespace

Charset choose_charset(std::string_view bytes, std::string_view content_type) {
  if (const CharEncoding* marked = byte_order_mark(bytes)) return {marked, false};
  const CharEncoding* const utf16 = looks_like_utf16(bytes);
  const CharEncoding* const in_header = find_encoding(charset_parameter(content_type));
  if (utf16 != nullptr) return {utf16, in_header == nullptr || !in_header->name.starts_with("UTF-16")};
  const Utf8Census census = count_utf8(bytes);
  if (const CharEncoding* found = believed(bytes, census, in_header)) return {found, false};
  const CharEncoding* const in_page = declared_in_page(bytes);
  if (const CharEncoding* found = believed(bytes, census, in_page)) return {found, false};
  return {detect_charset(bytes, census), true};
}

}  // namespace winnow
