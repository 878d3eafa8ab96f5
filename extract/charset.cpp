#include "extract/charset.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>

#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

#include "extract/tag_scanner.hpp"
#include "model/handle.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

using Detector = std::unique_ptr<UCharsetDetector, FreeWith<ucsdet_close>>;

constexpr std::size_t k_prescan = 8192;  ///< browsers look at 1024 bytes; old pages open with long comments
constexpr std::size_t k_detector_window = 65536;
constexpr int k_detector_confidence = 25;  ///< of 100; ICU's own floor for "maybe"

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
  bytes = bytes.substr(0, k_prescan);
  const CharEncoding* found = nullptr;
  TagScanner scanner(bytes);
  Token token;
  while (found == nullptr && scanner.next(token)) {
    if (token.kind == TokenKind::open && token.tag == GUMBO_TAG_META)
      found = declared_by_meta(token.attributes);
  }
  if (found == nullptr) found = declared_by_xml(bytes);
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

/// UTF-16 without a mark: markup makes every other byte NUL.
const CharEncoding* looks_like_utf16(std::string_view bytes) {
  const std::size_t size = std::min<std::size_t>(bytes.size(), 512) & ~std::size_t{1};
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < size; i += 2) {
    even += bytes[i] == '\0' ? 1 : 0;
    odd += bytes[i + 1] == '\0' ? 1 : 0;
  }
  if (size < 16) return nullptr;
  if (odd * 10 > size * 4 && even == 0) return &encoding("utf-16le");
  if (even * 10 > size * 4 && odd == 0) return &encoding("utf-16be");
  return nullptr;
}

bool is_east_asian(const CharEncoding& encoding) {
  constexpr std::string_view k_names[] = {"GBK", "gb18030", "Big5", "EUC-JP", "EUC-KR", "Shift_JIS"};
  return std::find(std::begin(k_names), std::end(k_names), encoding.name) != std::end(k_names);
}

/// Shifted encodings are all ASCII bytes; what is 7-bit in them is no sign of UTF-8.
const CharEncoding& detect(std::string_view bytes, const Utf8Census& census) {
  if (const CharEncoding* utf16 = looks_like_utf16(bytes)) return *utf16;
  if (census.invalid == std::string_view::npos) return encoding("utf-8");
  bytes = bytes.substr(0, k_detector_window);
  UErrorCode status = U_ZERO_ERROR;
  const Detector detector(ucsdet_open(&status));
  ucsdet_enableInputFilter(detector.get(), 1);
  ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return encoding("windows-1252");
  const std::int32_t confidence = ucsdet_getConfidence(match, &status);
  const char* name = ucsdet_getName(match, &status);
  const CharEncoding* found = U_SUCCESS(status) && name != nullptr ? find_encoding(name) : nullptr;
  // The detector's UTF-8 and UTF-16 are its guesses at binary noise: valid UTF-8 was settled above.
  if (found == nullptr || confidence < k_detector_confidence || found->name.starts_with("UTF-")) {
    return encoding("windows-1252");
  }
  return *found;
}

}  // namespace

Utf8Census count_utf8(std::string_view bytes) {
  Utf8Census census;
  const auto size = static_cast<std::int64_t>(bytes.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::int64_t at = 0;
  while (at < size) {
    if (data[at] < 0x80) {
      ++at;
      continue;
    }
    const std::int64_t begin = at;
    UChar32 c = 0;
    U8_NEXT(data, at, size, c);
    if (c < 0) {
      if (census.invalid == std::string_view::npos) census.invalid = static_cast<std::size_t>(begin);
    } else {
      ++census.sequences;
    }
  }
  return census;
}

Charset choose_charset(std::string_view bytes, std::string_view content_type) {
  if (const CharEncoding* marked = byte_order_mark(bytes)) return {marked, false};
  const CharEncoding* declared = find_encoding(charset_parameter(content_type));
  if (declared == nullptr) declared = declared_in_page(bytes);
  if (declared != nullptr &&
      (declared->name.starts_with("UTF-16") || declared->name.starts_with("ISO-2022"))) {
    return {declared, false};
  }
  const Utf8Census census = count_utf8(bytes);
  if (declared == nullptr) return {&detect(bytes, census), true};
  const bool all_utf8 = census.invalid == std::string_view::npos;
  if (declared->name == "UTF-8") {
    if (all_utf8 || census.sequences > 0 || census.invalid + 3 >= bytes.size()) return {declared, false};
    return {&detect(bytes, census), true};
  }
  if (all_utf8 && census.sequences >= (is_east_asian(*declared) ? 8U : 1U)) return {&encoding("utf-8"), true};
  return {declared, false};
}

}  // namespace winnow
