#include "model/text.hpp"

#include <algorithm>
#include <array>

namespace winnow {

namespace {

// In enum order; stored, never change one.
constexpr std::array<std::string_view, 18> k_marks = {
    "whole-page", "no-text",         "not-html", "imported",      "too-deep",   "too-large",
    "bad-bytes",  "guessed-charset", "fallback", "no-pdf-reader", "encrypted",  "scanned",
    "damaged",    "timed-out",       "mended",   "section",       "no-section", "needs-script"};

}  // namespace

std::string_view name(Mark mark) {
  return k_marks[static_cast<std::size_t>(mark)];
}

std::optional<Mark> parse_mark(std::string_view name) {
  const auto* const found = std::find(k_marks.begin(), k_marks.end(), name);
  if (found == k_marks.end()) return std::nullopt;
  return static_cast<Mark>(found - k_marks.begin());
}

bool has_mark(const Text& text, Mark mark) {
  return std::find(text.marks.begin(), text.marks.end(), mark) != text.marks.end();
}

}  // namespace winnow
