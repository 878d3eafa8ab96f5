#include "extract/content_kind.hpp"

#include <algorithm>
#include <array>

#include "extract/charset_detect.hpp"
#include "model/ascii.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_npos = std::string_view::npos;

constexpr std::array k_binary = {"\x89PNG\r\n"sv,
                                 "\xFF\xD8\xFF"sv,
                                 "GIF87a"sv,
                                 "GIF89a"sv,
                                 "PK\x03\x04"sv,
                                 "\x1F\x8B\x08"sv,
                                 "wOFF"sv,
                                 "wOF2"sv,
                                 "{\\rtf"sv,
                                 "\xD0\xCF\x11\xE0"sv,
                                 "\xFD\x37zXZ\0"sv,
                                 "\x28\xB5\x2F\xFD"sv,
                                 "7z\xBC\xAF\x27\x1C"sv,
                                 "Rar!\x1A"sv,
                                 "\x7F"
                                 "ELF"sv};
constexpr std::array k_markup = {"<!doctype html"sv, "<html"sv, "<head"sv, "<body"sv, "<!--"sv, "<title"sv};

bool begins_as_binary(std::string_view bytes) {
  const bool is_bzip2 =
      bytes.starts_with("BZh") && bytes.substr(std::min(bytes.size(), std::size_t{4})).starts_with("1AY&SY");
  return is_bzip2 || std::any_of(k_binary.begin(), k_binary.end(),
                                 [bytes](std::string_view magic) { return bytes.starts_with(magic); });
}

bool is_pdf(std::string_view bytes, std::string_view type) {
  constexpr std::string_view k_head = "%PDF-";
  constexpr std::size_t k_within = 1024;
  if (bytes.starts_with(k_head)) return true;
  const std::size_t at = bytes.substr(0, k_within + k_head.size()).find(k_head);
  if (at == k_npos) return false;
  const bool is_bare = iequals(type, "application/pdf") || bytes.substr(0, at).find('<') == k_npos;
  return is_bare && bytes.find("endobj", at) != k_npos;
}

/// Shift Out and Shift In are ISO-2022-KR's.
bool is_binary_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x08 || byte == 0x0B || (byte >= 0x10 && byte <= 0x1A) || (byte >= 0x1C && byte <= 0x1F);
}

bool has_closing_tag(std::string_view bytes) {
  for (std::size_t at = bytes.find("</"); at != k_npos; at = bytes.find("</", at + 2)) {
    if (at + 2 < bytes.size() && is_letter(bytes[at + 2])) return true;
  }
  return false;
}

bool is_binary(std::string_view bytes) {
  constexpr std::size_t k_header = 1445;  // WHATWG's resource header
  constexpr std::ptrdiff_t k_least = 8;
  constexpr std::ptrdiff_t k_share = 20;
  const bool has_mark = bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE");
  const std::string_view begin = bytes.substr(0, k_header);
  const auto count = std::count_if(begin.begin(), begin.end(), is_binary_byte);
  if (has_mark || count < k_least || count * k_share < static_cast<std::ptrdiff_t>(begin.size()))
    return false;
  return !has_closing_tag(begin) && looks_like_utf16(bytes) == nullptr;
}

/// A tag, a comment or a declaration; or a character reference, or NUL bytes: UTF-16, whose tags are others.
bool may_be_html(std::string_view bytes) {
  constexpr ByteSet k_signs([](char c) { return c == '<' || c == '&' || c == '\0'; });
  for (std::size_t at = k_signs.find_in(bytes, 0); at < bytes.size(); at = k_signs.find_in(bytes, at + 1)) {
    const char next = at + 1 < bytes.size() ? bytes[at + 1] : ' ';
    if (bytes[at] == '\0' || is_letter(next) || next == (bytes[at] == '<' ? '/' : '#')) return true;
    if (bytes[at] == '<' && (next == '!' || next == '?')) return true;
  }
  return false;
}

}  // namespace

ContentKind content_kind(std::string_view bytes, std::string_view content_type) {
  const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
  if (is_pdf(bytes, type)) return ContentKind::pdf;
  if (begins_as_binary(bytes)) return ContentKind::other;
  const std::string_view begin = trim(bytes.substr(0, 512));
  for (const std::string_view markup : k_markup) {
    if (iequals(begin.substr(0, markup.size()), markup)) return ContentKind::html;
  }
  if (is_binary(bytes)) return ContentKind::other;
  if (iequals(type, "text/plain") || iequals(type, "text/markdown")) return ContentKind::plain_text;
  constexpr std::array k_prefixes = {"image/"sv, "audio/"sv, "video/"sv, "font/"sv, "application/pdf"sv};
  const bool is_other = std::any_of(k_prefixes.begin(), k_prefixes.end(), [&](std::string_view prefix) {
    return iequals(type.substr(0, prefix.size()), prefix);
  });
  // A body labelled so that does hold markup is some server's error page.
  if (is_other && begin.find('<') == k_npos) return ContentKind::other;
  return type.empty() && !may_be_html(bytes) ? ContentKind::plain_text : ContentKind::html;
}

}  // namespace winnow
