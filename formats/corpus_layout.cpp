#include "formats/corpus_layout.hpp"

#include <fmt/format.h>

#include "model/ascii.hpp"
#include "model/digest.hpp"
#include "model/percent_encoding.hpp"

namespace winnow {

namespace {

bool is_plain(char c) {
  return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_';
}

}  // namespace

std::string corpus_folder(std::string_view site) {
  std::string folder;
  for (const char c : site) {
    if (is_plain(c) && !(c == '.' && folder.empty())) {
      folder += c;
    } else {
      append_percent_encoded(folder, c);
    }
  }
  // A WARC's URLs may have hosts of kilobytes, and a non-ASCII letter takes three times its bytes.
  constexpr std::size_t k_longest = 255;
  constexpr std::size_t k_kept = 200;
  if (folder.size() > k_longest) folder = folder.substr(0, k_kept) + "%%" + sha1(site).hex();
  return folder.empty() ? "%" : folder;
}

std::string CorpusNames::next(std::string_view site, Timestamp timestamp) {
  std::string folder = corpus_folder(site);
  if (folder != m_folder) {
    m_folder = std::move(folder);
    m_taken.clear();
  }
  const int place = ++m_taken[timestamp.value()];
  std::string name = fmt::format("{}/{}", m_folder, timestamp.digits());
  if (place > 1) name += fmt::format("-{}", place);
  return name;
}

std::string CorpusNames::own(std::string_view site, Timestamp timestamp, std::string_view id) {
  constexpr std::size_t k_digits = 8;
  return fmt::format("{}/{}-{}", corpus_folder(site), timestamp.digits(), id.substr(0, k_digits));
}

}  // namespace winnow
