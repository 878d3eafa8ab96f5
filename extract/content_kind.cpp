#include "extract/content_kind.hpp"

#include <algorithm>
#include <array>

#include "model/headers.hpp"

namespace winnow {
namespace {

using namespace std::string_view_literals;

constexpr std::array k_binary = {"\x89PNG\r\n"sv, "\xFF\xD8\xFF"sv,    "GIF87a"sv, "GIF89a"sv,
                                 "PK\x03\x04"sv,  "\x1F\x8B\x08"sv,    "wOFF"sv,   "wOF2"sv,
                                 "{\\rtf"sv,      "\xD0\xCF\x11\xE0"sv};
constexpr std::array k_markup = {"<!doctype html"sv, "<html"sv, "<head"sv, "<body"sv, "<!--"sv, "<title"sv};

}  // namespace

ContentKind content_kind(std::string_view bytes, std::string_view content_type) {
  if (bytes.starts_with("%PDF-")) return ContentKind::pdf;
  for (const std::string_view magic : k_binary) {
    if (bytes.starts_with(magic)) return ContentKind::other;
  }
  const std::string_view begin = trim(bytes.substr(0, 512));
  for (const std::string_view markup : k_markup) {
    if (iequals(begin.substr(0, markup.size()), markup)) return ContentKind::html;
  }
  const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
  if (iequals(type, "text/plain") || iequals(type, "text/markdown")) return ContentKind::plain_text;
  constexpr std::array k_prefixes = {"image/"sv, "audio/"sv, "video/"sv, "font/"sv, "application/pdf"sv};
  const bool is_other = std::any_of(k_prefixes.begin(), k_prefixes.end(), [&](std::string_view prefix) {
    return iequals(type.substr(0, prefix.size()), prefix);
  });
  // A body labelled so that does hold markup is some server's error page.
  if (is_other && begin.find('<') == std::string_view::npos) return ContentKind::other;
  return ContentKind::html;
}

}  // namespace winnow
