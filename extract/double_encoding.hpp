// Text that became UTF-8 twice: "Ã©" for "é", "â€™" for "’".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

/// Whether at `at`, where a character from U+00C2 to U+00F4 begins and one beyond ASCII follows it, the
/// characters' windows-1252 bytes are a sequence of UTF-8. Few pages have one; those that have none need no
/// mending. `utf8` may hold invalid bytes.
[[nodiscard]] bool begins_double_encoded(std::string_view utf8, std::size_t at);

/// UTF-8 whose characters were taken for windows-1252 (or ISO 8859-1) and encoded again, made what it was,
/// where that is certain, also where it was done up to three times; nothing when there is nothing to mend.
/// Invalid bytes stay as they are.
///
/// Bytes that are a sequence are not enough: "difficulté »" with a no-break space is "頻" then, and
/// "NESCAFÉ®" ends in "ɮ" (of 1,870 real pages two have the first, none of which changes; 85 of 2,107 texts
/// that others extracted change, the first place of each was read, and is right). A sequence is certain when
/// it can be no text as it stands:
/// - "â" with "€", "‚", "„", "†", "ˆ", "˜", "œ" or "ž", "ï" with "»¿" and the like, "ðŸ";
/// - one with a C1 control;
/// - a capital "Â", "Ã", "Ä", "Å" or "È" behind a small letter, or before a sign that another letter follows
/// ("Ã©t"), or "Ã" and "Â" alone before a sign that is no quotation mark or dash ("Â©"), or "Ã" before a sign
/// that stands behind no word ("Ã‰");
/// - three or more that follow each other and are of one script ("ÐŸÐ¾Ð»").
/// The others, as "Ã”" is a capital letter before a quotation mark, go with their surroundings: they are
/// mended when the stretch between two tags, or the page, has a certain one and nothing beyond ASCII that is
/// no such sequence. So a comment that was encoded twice is mended on a page whose other text is right.
[[nodiscard]] std::optional<std::string> mend_double_encoding(std::string_view utf8);

}  // namespace winnow
