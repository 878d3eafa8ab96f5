// How much has changed from one version of a text to the next, and whether it means anything.
#pragma once

#include <string_view>

#include "model/text.hpp"
#include "model/text_change.hpp"

namespace winnow {

/// Measures the change by words (model/word_diff.hpp). It is minor when each place that changed is one of
/// - dates: the words that changed are part of a date as `language` (BCP 47; empty when unknown) or English
///   writes them, or a year alone;
/// - counters: numbers of five digits and more that are no money, and those behind `version`;
/// - spelling: as many words as before, each of five letters or more and with one letter within changed, put
///   in or left out ("recognise", "recognize");
/// - layout: the same letters and digits, though otherwise spaced, cased or pointed.
///
/// Other numbers mean something (90 days), and so may one word: an added "not" is never minor. Rejected for
/// that reason: any rule that counts changed words. Pure; bounded as word_diff() is.
[[nodiscard]] TextChange measure_change(const Text& older, const Text& newer, std::string_view language);

}  // namespace winnow
