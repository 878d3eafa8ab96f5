#include "extract/language.hpp"

#include <array>

#include <cld2/public/compact_lang_det.h>

namespace winnow {
namespace {

constexpr std::size_t k_read = 32 << 10;
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

}  // namespace

Language detect_language(std::string_view text) {
  text = text.substr(0, k_read);
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
