// A text as an export tells of it.
#pragma once

#include <utility>

#include "extract/given_text.hpp"
#include "storage/codec.hpp"

namespace winnow::cli {

/// What is said of its words is not believed but counted again; the rest stays as it is told.
[[nodiscard]] inline PackedText told_text(const Text& told) {
  Text text = given_text(told.title, told.markdown);
  text.charset = told.charset;
  text.marks = told.marks;
  text.extractor = told.extractor;
  return pack_text(std::move(text));
}

}  // namespace winnow::cli
