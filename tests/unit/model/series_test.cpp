#include "model/series.hpp"

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("evidence of a takeover keeps its stored name") {
  using Evidence = Takeover::Evidence;
  const struct {
    Evidence evidence;
    std::string_view name;
  } k_rows[] = {{Evidence::redirect, "redirect"},
                {Evidence::canonical, "canonical"},
                {Evidence::same_text, "same-text"},
                {Evidence::near_text, "near-text"},
                {Evidence::link_replaced, "link-replaced"}};
  for (const auto& row : k_rows) {
    CHECK(name(row.evidence) == row.name);
    CHECK(parse_evidence(row.name) == row.evidence);
  }
  CHECK_FALSE(parse_evidence("Redirect"));
  CHECK_FALSE(parse_evidence(""));
}
