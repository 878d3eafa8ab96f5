// An index answer in each dialect, whole and in pieces.
#include <memory>
#include <vector>

#include "crawler/dialect.hpp"
#include "fuzz.hpp"

using namespace winnow;

namespace {

struct Listing {
  std::vector<Capture> rows;
  std::uint64_t counted = 0;
  std::vector<std::string> further;
  CdxOddities oddities;
  bool cut = false;
};

Listing list(Dialect dialect, std::string_view answer, std::size_t piece) {
  Listing listing;
  const Archive archive{.name = "a", .base_url = "http://a.example", .dialect = dialect};
  const auto parser = make_index_parser(archive, {.url = "http://b.example/"},
                                        std::make_shared<MementoPlaces>(), [&](std::vector<Capture>&& rows) {
                                          for (Capture& row : rows)
                                            listing.rows.push_back(std::move(row));
                                        });
  for (std::size_t at = 0; at < answer.size(); at += piece)
    parser->feed(answer.substr(at, piece));
  parser->finish();
  fuzz::demand(parser->stray_text().size() <= 2049, "little is kept of what is no row");
  listing.counted = parser->rows();
  listing.further = parser->further();
  listing.oddities = parser->oddities();
  listing.cut = parser->cut();
  return listing;
}

void compare(Dialect dialect, std::string_view answer) {
  const Listing whole = list(dialect, answer, answer.size() + 1);
  fuzz::demand(whole.counted == whole.rows.size(), "rows are counted");
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
    const Listing pieces = list(dialect, answer, piece);
    fuzz::demand(pieces.oddities == whole.oddities && pieces.cut == whole.cut,
                 "pieces are as odd as the whole");
    fuzz::demand(pieces.further == whole.further, "pieces lead where the whole leads");
    fuzz::demand(pieces.rows.size() == whole.rows.size(), "pieces have the whole's rows");
    for (std::size_t i = 0; i < whole.rows.size(); ++i) {
      fuzz::demand_equal(pieces.rows[i].original, whole.rows[i].original, "pieces have the whole's URLs");
      fuzz::demand_equal(pieces.rows[i].urlkey, whole.rows[i].urlkey, "pieces have the whole's keys");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view answer = fuzz::as_text(data, size);
  for (const Dialect dialect : {Dialect::wayback, Dialect::pywb, Dialect::memento})
    compare(dialect, answer);
  return 0;
}
