#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include <unicode/utf8.h>

#include "extract/characters.hpp"
#include "extract/charset.hpp"
#include "extract/charset_icu.hpp"
#include "extract/double_encoding.hpp"
#include "extract/doubled_references.hpp"
#include "extract/stray_bytes.hpp"
#include "extract/windows_1252.hpp"
#include "model/ascii.hpp"

namespace winnow {
namespace {

constexpr UChar32 k_replacement = 0xFFFD;

/// ISO-8859-16 from A0 on; ICU has no such converter.
constexpr std::array<std::uint16_t, 96> k_iso_8859_16 = {
    0x00A0, 0x0104, 0x0105, 0x0141, 0x20AC, 0x201E, 0x0160, 0x00A7, 0x0161, 0x00A9, 0x0218, 0x00AB,
    0x0179, 0x00AD, 0x017A, 0x017B, 0x00B0, 0x00B1, 0x010C, 0x0142, 0x017D, 0x201D, 0x00B6, 0x00B7,
    0x017E, 0x010D, 0x0219, 0x00BB, 0x0152, 0x0153, 0x0178, 0x017C, 0x00C0, 0x00C1, 0x00C2, 0x0102,
    0x00C4, 0x0106, 0x00C6, 0x00C7, 0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x00CC, 0x00CD, 0x00CE, 0x00CF,
    0x0110, 0x0143, 0x00D2, 0x00D3, 0x00D4, 0x0150, 0x00D6, 0x015A, 0x0170, 0x00D9, 0x00DA, 0x00DB,
    0x00DC, 0x0118, 0x021A, 0x00DF, 0x00E0, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x0107, 0x00E6, 0x00E7,
    0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x00EC, 0x00ED, 0x00EE, 0x00EF, 0x0111, 0x0144, 0x00F2, 0x00F3,
    0x00F4, 0x0151, 0x00F6, 0x015B, 0x0171, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x0119, 0x021B, 0x00FF};

/// Appends a character unless it is a control character that no text means: C0 but white space, and DEL. The
/// C1 controls, which windows-1252 has in its five unassigned places (WHATWG), are as invisible, and
/// noncharacters (U+FFFE...) are nothing at all: Unicode keeps them for a program's own use.
void append(std::string& out, UChar32 c) {
  if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') return;
  if (c >= 0x7F && c <= 0x9F) {
    if (c == 0x85) out += '\n';  // NEL
    return;
  }
  if (!U_IS_UNICODE_NONCHAR(c)) append_utf8(out, c);
}

constexpr ByteSet k_not_plain([](char c) {
  return !(c >= ' ' && c < 0x7F) && c != '\t' && c != '\n' && c != '\r' && c != '\f';
});

/// The maximal part of `bytes` that is ASCII text goes over as it is.
std::size_t copy_plain(std::string_view bytes, std::size_t from, std::string& out) {
  std::size_t at = from;
  while (true) {
    while (at + 8 <= bytes.size() && EightBytes(bytes.data() + at).are_printable())
      at += 8;
    // A line's end, mostly: the eight bytes around it one by one.
    const std::size_t block = std::min(at + 8, bytes.size());
    at = k_not_plain.find_in(bytes.substr(0, block), at);
    if (at < block || at == bytes.size()) break;
  }
  out.append(bytes, from, at - from);
  return at;
}

/// Whether some characters look like UTF-8 that was encoded twice goes to `looks_doubled`.
DecodedPage decode_utf8(std::string_view bytes, bool& looks_doubled) {
  DecodedPage page;
  page.utf8.reserve(bytes.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto size = static_cast<std::int64_t>(bytes.size());
  StrayBytes strays(bytes);
  std::size_t at = 0;
  while ((at = copy_plain(bytes, at, page.utf8)) < bytes.size()) {
    auto next = static_cast<std::int64_t>(at);
    UChar32 c = 0;
    U8_NEXT(data, next, size, c);
    const auto end = static_cast<std::size_t>(next);
    if (c < 0 && strays.are_windows_1252(at, end)) {
      page.mended = true;
      for (; at < end; ++at)
        append(page.utf8, windows_1252_character(data[at]));
      continue;
    }
    if (c < 0) {
      page.bad_bytes = true;
      c = k_replacement;
    }
    if (c >= 0xC2 && c <= 0xF4 && next < size && data[next] >= 0x80 && !looks_doubled)
      looks_doubled = begins_double_encoded(bytes, at);
    append(page.utf8, c);
    at = end;
  }
  return page;
}

DecodedPage decode_utf8_mended(std::string_view bytes) {
  bool looks_doubled = false;
  DecodedPage page = decode_utf8(bytes, looks_doubled);
  if (!looks_doubled) return page;
  if (const std::optional<std::string> mended = mend_double_encoding(bytes)) {
    page = decode_utf8(*mended, looks_doubled);
    page.mended = true;
  }
  return page;
}

/// A page that says it is windows-1252 may hold parts that are UTF-8: comments, or what another program put
/// in.
DecodedPage decode_windows_1252(std::string_view bytes) {
  std::string utf8;
  utf8.reserve(bytes.size() + bytes.size() / 8);
  std::size_t at = 0;
  while ((at = copy_plain(bytes, at, utf8)) < bytes.size()) {
    append_utf8(utf8, windows_1252_character(static_cast<std::uint8_t>(bytes[at])));
    ++at;
  }
  return decode_utf8_mended(utf8);
}

template <class ToCodePoint>
DecodedPage decode_bytewise(std::string_view bytes, ToCodePoint to_code_point) {
  DecodedPage page;
  page.utf8.reserve(bytes.size() + bytes.size() / 8);
  std::size_t at = 0;
  while ((at = copy_plain(bytes, at, page.utf8)) < bytes.size()) {
    append(page.utf8, to_code_point(static_cast<unsigned char>(bytes[at])));
    ++at;
  }
  return page;
}

DecodedPage decode(std::string_view bytes, const CharEncoding& encoding) {
  if (encoding.name == "UTF-8") return decode_utf8_mended(bytes);
  if (encoding.name == "windows-1252") return decode_windows_1252(bytes);
  if (encoding.name.starts_with("UTF-16") &&
      (bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE"))) {
    bytes.remove_prefix(2);
  }
  if (encoding.name == "ISO-8859-16") {
    return decode_bytewise(bytes, [](unsigned char byte) -> UChar32 {
      return byte < 0xA0 ? byte : k_iso_8859_16[byte - 0xA0U];
    });
  }
  if (encoding.name == "x-user-defined") {
    return decode_bytewise(bytes,
                           [](unsigned char byte) -> UChar32 { return byte < 0x80 ? byte : 0xF700 + byte; });
  }
  DecodedPage page;
  page.utf8.reserve(bytes.size() + bytes.size() / 2);
  decode_by_icu(bytes, encoding, [&page](UChar32 c) {
    if (c == k_replacement) page.bad_bytes = true;
    append(page.utf8, c);
  });
  return page;
}

}  // namespace

DecodedPage decode_page(std::string_view bytes, const CharEncoding& encoding) {
  DecodedPage page = decode(bytes, encoding);
  if (const std::optional<std::string> resolved = resolve_doubled_references(page.utf8)) {
    if (const std::optional<std::string> mended = mend_double_encoding(*resolved)) {
      bool looks_doubled = false;
      page.utf8 = decode_utf8(*mended, looks_doubled).utf8;
      page.mended = true;
    }
  }
  // More than one where a script has put a page together from files that have one each.
  std::size_t marks = 0;
  while (std::string_view(page.utf8).substr(marks).starts_with("\xEF\xBB\xBF"))
    marks += 3;
  page.utf8.erase(0, marks);
  return page;
}

}  // namespace winnow
