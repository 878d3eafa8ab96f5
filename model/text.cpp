#include "model/text.hpp"

#include <array>

namespace winnow {

std::string_view name(Mark mark) {
  constexpr std::array<std::string_view, 8> k_names = {"whole-page", "no-text",   "not-html",  "imported",
                                                       "too-deep",   "too-large", "bad-bytes", "guessed-charset"};
  return k_names[static_cast<std::size_t>(mark)];
}

}  // namespace winnow
