// A text that was imported as Markdown, as JSON. For formats/*.cpp only.
#pragma once

#include "formats/checked_json.hpp"
#include "model/text.hpp"

namespace winnow {

/// `title`, `text`, `charset`, `marks`, `extractor`; its words are counted again where it is read.
[[nodiscard]] nlohmann::ordered_json given_text_json(const Text& text);

/// Its inverse, as checked_json.hpp has it. Words and SimHash are left out.
[[nodiscard]] Text given_text_of(const checked::Json& json);

/// Marks of another winnow that are not known here are left out.
[[nodiscard]] nlohmann::ordered_json marks_json(const Text& text);
[[nodiscard]] std::vector<Mark> marks_of(const checked::Json& json);

}  // namespace winnow
