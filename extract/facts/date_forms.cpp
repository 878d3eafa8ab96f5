#include "extract/facts/date_forms.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>

#include "extract/gate/word_folder.hpp"
#include "model/ascii.hpp"

namespace winnow {
namespace {

constexpr int k_first_year = 1994;  // no privacy policy on the web is older
constexpr int k_last_year = 2069;
constexpr std::size_t k_reach = 40;  // bytes before and behind a year in which its month and day stand

constexpr std::array k_languages = {"en", "de", "fr", "es", "it", "pt", "nl", "pl", "ca", "ro", "cs",
                                    "sk", "hu", "sv", "da", "nb", "fi", "et", "lt", "lv", "sl", "hr",
                                    "sq", "bg", "el", "ru", "uk", "sr", "tr", "id", "vi", "ar", "he"};
// For a text of unknown language.
constexpr std::array k_usual = {"en", "de", "fr", "es", "it", "pt", "nl", "pl"};

std::string folded_word(std::string_view word) {
  std::string result;
  WordFolder folder;
  folder.feed(word, [&result](unsigned char byte) { result += static_cast<char>(byte); });
  while (result.ends_with(' '))
    result.pop_back();
  return result;
}

MonthNames months_of(const char* language) {
  MonthNames names;
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(icu::Locale(language), status);
  if (U_FAILURE(status)) return names;
  for (const auto context : {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE}) {
    for (const auto width : {icu::DateFormatSymbols::WIDE, icu::DateFormatSymbols::ABBREVIATED}) {
      std::int32_t count = 0;
      const icu::UnicodeString* months = symbols.getMonths(count, context, width);
      for (std::int32_t month = 0; month < std::min(count, 12); ++month) {
        std::string name;
        months[month].toUTF8String(name);
        name = folded_word(name);
        if (!name.empty() && (name[0] < '0' || name[0] > '9')) names.emplace(std::move(name), month + 1);
      }
    }
  }
  if (language == std::string_view("en")) names.emplace("sept", 9);
  if (language == std::string_view("de")) names.emplace("janner", 1);
  return names;
}

const std::map<std::string, MonthNames, std::less<>>& all_months() {
  static const auto made = [] {
    std::map<std::string, MonthNames, std::less<>> all;
    for (const char* language : k_languages)
      all.emplace(language, months_of(language));
    return all;
  }();
  return made;
}

struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  int number = -1;   ///< of at most four digits, else -1
  std::string word;  ///< folded; empty for numbers
};

/// Words between the parts of a date: "10 de mayo de 2018", "May 10th", "1er mai", "10 di maggio", "10. den".
bool is_filler(std::string_view word) {
  constexpr std::array<std::string_view, 20> k_fillers = {"de", "del", "di", "do",  "st",  "nd", "rd",
                                                          "th", "er",  "of", "den", "the", "o",  "a",
                                                          "le", "d",   "m",  "г",   "р",   "day"};
  return std::find(k_fillers.begin(), k_fillers.end(), word) != k_fillers.end();
}

constexpr std::string_view k_year_sign = "\u5E74";   // 年
constexpr std::string_view k_month_sign = "\u6708";  // 月
constexpr std::string_view k_day_sign = "\u65E5";    // 日

/// Numbers and words of a piece of text; fillers are left out.
std::vector<Token> tokens_of(std::string_view text, std::size_t begin, std::size_t end) {
  std::vector<Token> tokens;
  for (std::size_t at = begin; at < end;) {
    const char c = text[at];
    const bool digit = is_digit(c);
    const auto is_letter = [](char letter) {
      return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
             (static_cast<unsigned char>(letter) & 0x80U) != 0;
    };
    if (!digit && !is_letter(c)) {
      ++at;
      continue;
    }
    Token token;
    token.begin = at;
    while (at < end && (digit ? is_digit(text[at]) : is_letter(text[at])))
      ++at;
    token.end = at;
    if (digit) {
      if (at - token.begin > 4) continue;
      token.number = 0;
      for (std::size_t i = token.begin; i < at; ++i)
        token.number = token.number * 10 + (text[i] - '0');
    } else {
      token.word = folded_word(text.substr(token.begin, at - token.begin));
      if (token.word.empty() || is_filler(token.word)) continue;
    }
    tokens.push_back(std::move(token));
  }
  return tokens;
}

bool is_day(const Token& token) {
  return token.number >= 1 && token.number <= 31 && token.end - token.begin <= 2;
}
bool is_month(const Token& token) {
  return token.number >= 1 && token.number <= 12 && token.end - token.begin <= 2;
}
bool is_date_separator(char c) {
  return c == '.' || c == '/' || c == '-';
}

/// 1994 to 2069 of four digits, or of two.
int year_of(std::string_view digits) {
  int year = 0;
  for (const char c : digits)
    year = year * 10 + (c - '0');
  if (digits.size() == 2) year += year >= k_first_year % 100 ? 1900 : 2000;
  return year >= k_first_year && year <= k_last_year ? year : 0;
}

bool exists(const DateForm& form) {
  constexpr std::array k_days = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return form.month >= 1 && form.month <= 12 && form.day >= 0 &&
         form.day <= k_days[static_cast<std::size_t>(form.month - 1)];
}

}  // namespace

std::string DateForm::iso() const {
  return day == 0 ? fmt::format("{:04}-{:02}", year, month)
                  : fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::string DateForm::other_iso() const {
  return month_day_unclear ? fmt::format("{:04}-{:02}-{:02}", year, day, month) : std::string();
}

DateReader::DateReader(std::string_view language) : m_language(language.substr(0, language.find('-'))) {
  if (m_language == "no" || m_language == "nn") m_language = "nb";
  m_english = m_language.empty() || m_language == "en";
}

int DateReader::month_of(std::string_view word) const {
  const auto in = [word](std::string_view language) {
    const auto names = all_months().find(language);
    if (names == all_months().end()) return 0;
    const auto month = names->second.find(word);
    return month == names->second.end() ? 0 : month->second;
  };
  if (m_language.empty()) {
    for (const char* language : k_usual) {
      if (const int month = in(language)) return month;
    }
    return 0;
  }
  const int month = in(m_language);
  return month != 0 ? month : in("en");
}

std::optional<DateForm> DateReader::next(std::string_view text, std::size_t at) const {
  const std::size_t from = at;
  while (at < text.size()) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at]))
      ++at;
    const bool numeric_end = at - begin == 2 && begin > 0 && is_date_separator(text[begin - 1]);
    if (at - begin != 4 && !numeric_end) continue;
    if (std::optional<DateForm> form = around_year(text, begin, at, from)) return form;
  }
  return std::nullopt;
}

std::optional<DateForm> DateReader::around_year(std::string_view text, std::size_t begin, std::size_t end,
                                                std::size_t from) const {
  DateForm form;
  form.year = year_of(text.substr(begin, end - begin));
  if (form.year == 0) return std::nullopt;
  const bool long_year = end - begin == 4;
  const auto found = [&](const Token& first, const Token& last, int month,
                         int day) -> std::optional<DateForm> {
    form.begin = std::min(first.begin, begin);
    form.end = std::max(last.end, end);
    form.month = month;
    form.day = day;
    return exists(form) ? std::optional(form) : std::nullopt;
  };

  std::size_t reach = std::max(from, begin > k_reach ? begin - k_reach : 0);
  const std::size_t line = text.substr(reach, begin - reach).rfind('\n');
  if (line != std::string_view::npos) reach += line + 1;
  const std::vector<Token> before = tokens_of(text, reach, begin);
  if (before.size() >= 2) {
    const Token& a = before[before.size() - 2];
    const Token& b = before.back();
    // 10.05.2018, 5/10/18
    const char separator = begin > 0 ? text[begin - 1] : '\0';
    if (a.number >= 0 && b.number >= 0 && is_date_separator(separator) && b.end + 1 == begin &&
        text[a.end] == separator && a.end + 1 == b.begin) {
      // 1.2.10 is a section's or a program's number
      if (!long_year && separator == '.' && (a.end - a.begin != 2 || b.end - b.begin != 2))
        return std::nullopt;
      const bool day_first = is_day(a) && is_month(b);
      const bool month_first = is_month(a) && is_day(b) && m_english && separator != '.';
      form.month_day_unclear = day_first && month_first && a.number != b.number;
      if (month_first) return found(a, b, a.number, b.number);
      if (day_first) return found(a, b, b.number, a.number);
      // a day beyond 12 in the second place can only be that, in any language
      if (is_month(a) && is_day(b)) return found(a, b, a.number, b.number);
      return std::nullopt;
    }
    if (long_year && b.number < 0 && is_day(a)) {  // 10 May 2018
      if (const int month = month_of(b.word)) return found(a, b, month, a.number);
    }
    if (long_year && a.number < 0 && is_day(b)) {  // May 10, 2018
      if (const int month = month_of(a.word)) return found(a, b, month, b.number);
    }
  }
  if (!long_year) return std::nullopt;
  if (!before.empty() && before.back().number < 0) {  // May 2018
    const Token& b = before.back();
    if (const int month = month_of(b.word)) return found(b, b, month, 0);
  }
  const std::string_view rest = text.substr(end, k_reach);
  const std::size_t stop = end + std::min(rest.find('\n'), rest.size());
  const std::vector<Token> behind = tokens_of(text, end, stop);
  const auto at = [&](std::size_t i) { return i < behind.size() ? behind[i] : Token{}; };
  if (at(0).word == k_year_sign && is_month(at(1)) &&
      at(2).word.starts_with(k_month_sign)) {  // 2018年5月10日
    if (is_day(at(3)) && at(4).word.starts_with(k_day_sign)) {
      std::optional<DateForm> result = found(at(1), at(3), at(1).number, at(3).number);
      if (result) result->end = at(4).begin + k_day_sign.size();
      return result;
    }
    std::optional<DateForm> result = found(at(1), at(2), at(1).number, 0);
    if (result) result->end = at(2).begin + k_month_sign.size();
    return result;
  }
  if (at(0).word == "\uB144" && is_month(at(1)) && is_day(at(3))) {  // 2018년 5월 10일
    return found(at(1), at(4).number < 0 ? at(4) : at(3), at(1).number, at(3).number);
  }
  // 2018-05-10; 2018. 5. 10.
  if (is_month(at(0)) && is_day(at(1)) && end < text.size() && is_date_separator(text[end]) &&
      text[at(0).end] == text[end])
    return found(at(0), at(1), at(0).number, at(1).number);
  if (at(0).number < 0 && is_day(at(1))) {  // 2018. május 10.
    if (const int month = month_of(at(0).word)) return found(at(0), at(1), month, at(1).number);
  }
  return std::nullopt;
}

}  // namespace winnow
