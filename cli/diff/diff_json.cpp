#include <nlohmann/json.hpp>

#include "cli/diff/diff_view.hpp"
#include "cli/json_text.hpp"

namespace winnow::cli {
namespace {

using Json = nlohmann::ordered_json;

Json version_json(const ComparedVersion& compared) {
  const VersionRecord& record = compared.record;
  return {{"site", record.site},
          {"page", compared.page},
          {"version", record.version.number},
          {"first_seen", record.version.first_seen.digits()},
          {"last_seen", record.version.last_seen.digits()},
          {"archive", record.archive},
          {"timestamp", record.capture.timestamp.digits()},
          {"original", record.capture.original},
          {"title", record.version.title},
          {"words", record.version.word_count},
          {"text_sha256", record.version.text_sha256.hex()},
          {"words_sha256", record.version.words_sha256.hex()}};
}

std::string_view name(Piece::Kind kind) {
  switch (kind) {
    case Piece::Kind::removed:
      return "removed";
    case Piece::Kind::added:
      return "added";
    case Piece::Kind::same:
      break;
  }
  return "same";
}

}  // namespace

std::string render_json(const Compared& compared, const WordDiff& diff) {
  Json pieces = Json::array();
  for (const Piece& piece : diff.pieces)
    pieces.push_back({{"kind", name(piece.kind)}, {"text", piece.text}});
  const Json document = {{"old", version_json(compared.older)},
                         {"new", version_json(compared.newer)},
                         {"words_removed", diff.words_removed},
                         {"words_added", diff.words_added},
                         {"share", diff.share()},
                         {"pieces", std::move(pieces)}};
  return json_text(document);
}

}  // namespace winnow::cli
