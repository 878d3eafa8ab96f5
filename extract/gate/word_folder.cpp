#include "extract/gate/word_folder.hpp"

#include <vector>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace winnow::folding {
namespace {

/// Characters up to here are looked up in a table that is made once: Latin, Greek, Cyrillic, Arabic, Thai...
constexpr UChar32 k_table_begin = 0x80;
constexpr UChar32 k_table_end = 0x3000;

bool is_solid(UChar32 c) {
  return (c >= 0x0E00 && c < 0x0F00) || (c >= 0x1000 && c < 0x10A0) || (c >= 0x1780 && c < 0x1800) ||
         (c >= 0x3041 && c < 0x3100) || (c >= 0x3400 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7B0) ||
         (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x32000);
}

/// Letters with a stroke and such, which Unicode does not decompose, as pages without accents spell them.
UChar32 without_stroke(UChar32 c) {
  switch (c) {
    case 0x142:  // ł
      return 'l';
    case 0xF8:  // ø
      return 'o';
    case 0x111:  // đ
      return 'd';
    case 0x131:  // ı
      return 'i';
    case 0x3C2:  // final sigma
      return 0x3C3;
    default:
      return c;
  }
}

void append(Folded& folded, UChar32 c) {
  std::uint8_t bytes[U8_MAX_LENGTH] = {};
  std::int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  if (folded.size + size > 4) return;  // three letters in one (the ligature ffi): the first are enough
  for (std::int32_t i = 0; i < size; ++i)
    folded.bytes[folded.size++] = bytes[i];
}

Folded fold(UChar32 c) {
  Folded folded;
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
    folded.kind = Folded::Kind::dropped;
    return folded;
  }
  icu::UnicodeString letters(c);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  if (U_SUCCESS(status) && !is_solid(c)) nfkd->getDecomposition(c, letters);
  for (std::int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
    const UChar32 letter = without_stroke(u_foldCase(letters.char32At(i), U_FOLD_CASE_DEFAULT));
    const std::uint32_t category = U_GET_GC_MASK(letter);
    if ((category & U_GC_MN_MASK) != 0 && folded.kind == Folded::Kind::separator)
      folded.kind = Folded::Kind::dropped;
    if ((category & (U_GC_L_MASK | U_GC_N_MASK | U_GC_MC_MASK)) == 0) continue;
    folded.kind = is_solid(c) ? Folded::Kind::solid : Folded::Kind::letters;
    if (letter == 0xDF) {  // ß
      append(folded, 's');
      append(folded, 's');
    } else {
      append(folded, letter);
    }
  }
  return folded;
}

const std::vector<Folded>& table() {
  static const std::vector<Folded> made = [] {
    std::vector<Folded> entries;
    entries.reserve(k_table_end - k_table_begin);
    for (UChar32 c = k_table_begin; c < k_table_end; ++c)
      entries.push_back(fold(c));
    return entries;
  }();
  return made;
}

}  // namespace

Folded fold_character(const unsigned char*& at, const unsigned char* end) {
  const std::int64_t size = end - at;
  std::int64_t read = 0;
  UChar32 c = 0;
  U8_NEXT(at, read, size, c);
  const unsigned char* begin = at;
  at += read;
  if (c < 0) return {};
  if (c < k_table_end) return table()[static_cast<std::size_t>(c - k_table_begin)];
  if (!is_solid(c)) return fold(c);
  Folded folded;
  folded.kind = Folded::Kind::solid;
  for (; begin != at; ++begin)
    folded.bytes[folded.size++] = *begin;
  return folded;
}

}  // namespace winnow::folding
