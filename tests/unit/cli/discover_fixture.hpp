// Candidates and readings, made of a word or two.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/discover/candidate.hpp"
#include "model/digest.hpp"
#include "model/url.hpp"

namespace winnow::test {

inline Timestamp day(std::string_view date) {
  return *Timestamp::parse_partial(date, Timestamp::Round::down);
}

/// A page whose words are `text`.
inline cli::PageReading reading(std::string_view date, PageKind kind, Band band, std::string_view text = "a",
                                std::uint64_t simhash = 0) {
  cli::PageReading reading{.url = "http://a.example/x", .timestamp = day(date)};
  reading.gate.kind = kind;
  reading.gate.band = band;
  reading.gate.score = band == Band::yes ? 0.99 : band == Band::uncertain ? 0.5 : 0.01;
  reading.language = "en";
  reading.word_count = 500;
  reading.words_sha256 = sha256(text);
  reading.simhash = simhash;
  return reading;
}

inline cli::PageReading policy(std::string_view date, std::string_view text = "a",
                               std::uint64_t simhash = 0) {
  return reading(date, PageKind::policy, Band::yes, text, simhash);
}

inline cli::PageReading soft_404(std::string_view date) {
  return reading(date, PageKind::not_found, Band::no, "404", ~std::uint64_t{0});
}

/// An archived 404.
inline cli::PageReading gone(std::string_view date) {
  cli::PageReading reading{.url = "http://a.example/x", .timestamp = day(date), .status = 404};
  reading.gate.kind = PageKind::not_found;
  return reading;
}

/// A redirect.
inline cli::PageReading signpost(std::string_view date, std::string_view target) {
  cli::PageReading reading{.url = "http://a.example/x", .timestamp = day(date)};
  reading.leads_to = target;
  return reading;
}

inline cli::Candidate candidate(std::string_view url, std::vector<cli::PageReading> read) {
  cli::Candidate candidate{.urlkey = urlkey(url), .url = std::string(url)};
  candidate.found.push_back({cli::FoundBy::index, {}, {}, 0.65});
  candidate.read = std::move(read);
  return candidate;
}

}  // namespace winnow::test
