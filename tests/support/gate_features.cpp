// The gate's view of texts, for scripts/learn-gate: what it measures, or what it says.
//
//   winnow_gate_features features|verdicts <TEXTS.jsonl
//
// Reads one JSON object a line (`text`, optionally `title`, `language`, `url`) and prints one line of
// tab-separated values for each, after a line of column names.
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "extract/gate/features.hpp"
#include "extract/gate/gate.hpp"
#include "extract/gate/page_rules.hpp"

using namespace winnow;

namespace {

struct Input {
  std::string title, text, language, url;
};

void print_features(const Input& input) {
  const GateCounts counts = count_gate(input.title, input.text);
  const std::optional<PageKind> plain = plain_kind(counts);
  fmt::print("{}\t{}", counts.words, plain ? name(*plain) : "-");
  for (const double value : gate_features(counts))
    fmt::print("\t{:.6g}", value);
  fmt::print("\n");
}

void print_verdict(const Input& input) {
  const Verdict verdict = judge({input.title, input.text, input.language, input.url});
  fmt::print("{}\t{:.4f}\t{}\t", name(verdict.band), verdict.score, name(verdict.kind));
  for (const GateReason& reason : verdict.reasons)
    fmt::print("{} {:+.1f}; ", reason.feature, reason.weight);
  fmt::print("\n");
}

void run(bool features) {
  if (features) {
    fmt::print("words\trule");
    for (std::size_t feature = 0; feature < k_gate_features; ++feature)
      fmt::print("\t{}", gate_feature_name(feature));
    fmt::print("\n");
  } else {
    fmt::print("band\tscore\tkind\treasons\n");
  }
  for (std::string line; std::getline(std::cin, line);) {
    const auto object = nlohmann::json::parse(line);
    const Input input = {object.value("title", ""), object.at("text"), object.value("language", ""),
                         object.value("url", "")};
    if (features)
      print_features(input);
    else
      print_verdict(input);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc == 2 ? argv[1] : "";
  if (mode != "features" && mode != "verdicts") {
    fmt::print(stderr, "usage: winnow_gate_features features|verdicts <TEXTS.jsonl\n");
    return 2;
  }
  try {
    run(mode == "features");
  } catch (const std::exception& exception) {
    fmt::print(stderr, "{}\n", exception.what());
    return 1;
  }
  return 0;
}
