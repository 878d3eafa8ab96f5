// Where the files of an exported corpus lie.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "model/timestamp.hpp"

namespace winnow {

/// A site's name as a folder's: all but letters, digits, `.`, `-` and `_` of ASCII, and a leading dot, as
/// %XX. Sites come from others' documents and URLs: none may lead out of the corpus, and no two share a
/// folder. A name over file systems' 255 bytes is its beginning, `%%` and the site's SHA-1.
[[nodiscard]] std::string corpus_folder(std::string_view site);

/// The names, without extension, of one corpus' versions: `<site>/<timestamp>`, and `<site>/<timestamp>-2`,
/// `-3` where several pages of a site were captured in one second. The same versions in the same order get
/// the same names. Versions of one site must come together.
class CorpusNames {
public:
  [[nodiscard]] std::string next(std::string_view site, Timestamp timestamp);

  /// `<site>/<timestamp>-<8 digits of the record's id>`, which depends on nothing else.
  [[nodiscard]] static std::string own(std::string_view site, Timestamp timestamp, std::string_view id);

private:
  std::string m_folder;
  std::unordered_map<std::uint64_t, int> m_taken;  ///< of this folder: how often each timestamp was used
};

}  // namespace winnow
