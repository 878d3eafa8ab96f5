// An index answer, whole and in pieces.
#include <vector>

#include "crawler/cdx_parser.hpp"
#include "fuzz.hpp"

using namespace winnow;

namespace {

struct Listing {
  std::vector<Capture> rows;
  std::uint64_t counted = 0;
  std::string resume_key;
  CdxOddities oddities;
  bool cut = false;
};

Listing list(std::string_view answer, std::size_t piece) {
  Listing listing;
  CdxParser parser([&](std::vector<Capture>&& rows) {
    for (Capture& row : rows)
      listing.rows.push_back(std::move(row));
  });
  for (std::size_t at = 0; at < answer.size(); at += piece)
    parser.feed(answer.substr(at, piece));
  parser.finish();
  fuzz::demand(parser.stray_text().size() <= 2048, "little is kept of what is no row");
  listing.counted = parser.rows();
  if (!parser.further().empty()) listing.resume_key = parser.further().front();
  listing.oddities = parser.oddities();
  listing.cut = parser.cut();
  return listing;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view answer = fuzz::as_text(data, size);
  const Listing whole = list(answer, size + 1);
  fuzz::demand(whole.counted == whole.rows.size(), "rows are counted");
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
    const Listing pieces = list(answer, piece);
    fuzz::demand(pieces.oddities == whole.oddities && pieces.cut == whole.cut,
                 "pieces are as odd as the whole");
    fuzz::demand_equal(pieces.resume_key, whole.resume_key, "pieces have the whole's resume key");
    fuzz::demand(pieces.rows.size() == whole.rows.size(), "pieces have the whole's rows");
    for (std::size_t i = 0; i < whole.rows.size(); ++i) {
      fuzz::demand_equal(pieces.rows[i].original, whole.rows[i].original, "pieces have the whole's URLs");
      fuzz::demand_equal(pieces.rows[i].urlkey, whole.rows[i].urlkey, "pieces have the whole's keys");
    }
  }
  return 0;
}
