// What `winnow extract` was asked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::cli {

enum class OutputFormat { md, text, json, html };

struct ExtractOptions {
  std::vector<std::string> files;  ///< paths, `-` for standard input, `@list` for a list of paths
  std::string url;
  std::string content_type;
  std::string section;  ///< title of the part that is wanted; empty: the whole
  bool header = false;
  std::string output_dir;              ///< empty: standard output
  std::optional<OutputFormat> format;  ///< nothing: Markdown, or JSON of a WARC
};

inline constexpr std::string_view k_standard_input = "-";

}  // namespace winnow::cli
