#include "extract/language.hpp"

#include <array>
#include <cstddef>

#include <cld2/public/compact_lang_det.h>

namespace winnow {
namespace {

// Long texts are read in pieces: CLD2 takes 40 ns a byte, more than all else that is said of a text.
constexpr std::size_t k_pieces = 4;
constexpr std::size_t k_piece = 2 << 10;
// CLD2 sees letters only; this many bytes of them are some 20 words, or 30 Chinese characters.
constexpr int k_least_letters = 90;

/// CLD2 still gives ISO 639 codes that were withdrawn.
std::string modern_code(std::string code) {
  if (code == "iw") return "he";
  if (code == "in") return "id";
  if (code == "ji") return "yi";
  if (code == "jw") return "jv";
  if (code == "mo") return "ro";
  if (code == "tl") return "fil";
  return code;
}

bool is_inside_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

/// Pieces of a long text at even distances, a line each.
std::string sampled(std::string_view text) {
  std::string sample;
  for (std::size_t piece = 0; piece < k_pieces; ++piece) {
    std::size_t begin = (text.size() - k_piece) / (k_pieces - 1) * piece;
    std::size_t end = begin + k_piece;
    while (begin < end && is_inside_character(text[begin]))
      ++begin;
    while (end > begin && end < text.size() && is_inside_character(text[end]))
      --end;
    sample.append(text.substr(begin, end - begin)) += '\n';
  }
  return sample;
}

}  // namespace

Language detect_language(std::string_view text) {
  std::string sample;
  if (text.size() > k_pieces * k_piece) text = sample = sampled(text);
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percent{};
  std::array<double, 3> scores{};
  int letters = 0;
  int valid = 0;
  bool reliable = false;
  const auto detect = [&](std::string_view part) {
    CLD2::ExtDetectLanguageSummaryCheckUTF8(part.data(), static_cast<int>(part.size()), true, nullptr, 0,
                                            languages.data(), percent.data(), scores.data(), nullptr,
                                            &letters, &reliable, &valid);
  };
  detect(text);
  // What is cut or damaged ends the text; CLD2 says nothing of the part before.
  if (static_cast<std::size_t>(valid) < text.size()) detect(text.substr(0, static_cast<std::size_t>(valid)));
  if (!reliable || letters < k_least_letters || languages[0] == CLD2::UNKNOWN_LANGUAGE) return {};
  return {modern_code(CLD2::LanguageCode(languages[0])), percent[0] / 100.0};
}

}  // namespace winnow
