#include "extract/charset_icu.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <memory>
#include <string>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/utf16.h>

#include "model/handle.hpp"

namespace winnow {
namespace {

using Converter = std::unique_ptr<UConverter, FreeWith<ucnv_close>>;

constexpr UChar32 k_replacement = 0xFFFD;

/// Where ICU's character is another than WHATWG's.
struct Change {
  std::string_view converter;
  UChar icu = 0;
  UChar whatwg = 0;
};

constexpr std::array k_changes = {
    Change{"gb18030", 0xE5E5, 0x3000}, Change{"gb18030", 0xE78D, 0xFE10}, Change{"gb18030", 0xE78E, 0xFE12},
    Change{"gb18030", 0xE78F, 0xFE11}, Change{"gb18030", 0xE790, 0xFE13}, Change{"gb18030", 0xE791, 0xFE14},
    Change{"gb18030", 0xE792, 0xFE15}, Change{"gb18030", 0xE793, 0xFE16}, Change{"gb18030", 0xE794, 0xFE17},
    Change{"gb18030", 0xE795, 0xFE18}, Change{"gb18030", 0xE796, 0xFE19}, Change{"gb18030", 0xE81E, 0x9FB4},
    Change{"gb18030", 0xE826, 0x9FB5}, Change{"gb18030", 0xE82B, 0x9FB6}, Change{"gb18030", 0xE82C, 0x9FB7},
    Change{"gb18030", 0xE832, 0x9FB8}, Change{"gb18030", 0xE843, 0x9FB9}, Change{"gb18030", 0xE854, 0x9FBA},
    Change{"gb18030", 0xE864, 0x9FBB}, Change{"koi8-u", 0x255D, 0x045E},  Change{"koi8-u", 0x256C, 0x040E}};

UChar32 changed(UChar32 c, std::string_view converter) {
  const auto* const change = std::find_if(
      k_changes.begin(), k_changes.end(),
      [c, converter](const Change& each) { return each.icu == c && each.converter == converter; });
  return change == k_changes.end() ? c : change->whatwg;
}

/// U+FFFD for what is invalid: ICU's own callback puts a control character there for some encodings. In GBK
/// and GB 18030 a byte 80 that begins nothing is a euro sign.
void substitute(const void* context, UConverterToUnicodeArgs* arguments, const char* bytes, std::int32_t size,
                UConverterCallbackReason reason, UErrorCode* status) {
  if (reason > UCNV_IRREGULAR) return;
  const auto& encoding = *static_cast<const CharEncoding*>(context);
  const bool is_euro =
      encoding.converter == "gb18030" && size == 1 && static_cast<unsigned char>(*bytes) == 0x80;
  const UChar c = is_euro ? 0x20AC : 0xFFFD;
  *status = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(arguments, &c, 1, 0, status);
}

}  // namespace

void decode_by_icu(std::string_view bytes, const CharEncoding& encoding,
                   const std::function<void(UChar32)>& take) {
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open(std::string(encoding.converter).c_str(), &status));
  assert(U_SUCCESS(status) && "every converter of the label table is part of ICU");
  ucnv_setToUCallBack(converter.get(), substitute, &encoding, nullptr, nullptr, &status);
  const bool has_changes = std::any_of(k_changes.begin(), k_changes.end(), [&encoding](const Change& change) {
    return change.converter == encoding.converter;
  });
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  std::array<UChar, 4096> buffer;
  UChar lead = 0;
  bool more = true;
  while (more) {
    UChar* target = buffer.data();
    status = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &target, buffer.data() + buffer.size(), &source, end, nullptr, 1,
                   &status);
    more = status == U_BUFFER_OVERFLOW_ERROR;
    for (const UChar* unit = buffer.data(); unit != target; ++unit) {
      UChar32 c = *unit;
      if (U16_IS_LEAD(c)) {
        lead = *unit;
        continue;
      }
      if (U16_IS_TRAIL(c) && lead != 0) c = U16_GET_SUPPLEMENTARY(lead, *unit);
      lead = 0;
      if (U_IS_SURROGATE(c)) c = k_replacement;
      take(has_changes && c > 0x7F ? changed(c, encoding.converter) : c);
    }
  }
}

}  // namespace winnow
