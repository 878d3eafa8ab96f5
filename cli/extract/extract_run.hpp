// `winnow extract`, once its command line is understood.
#pragma once

#include "cli/command.hpp"
#include "cli/extract/extract_options.hpp"

namespace winnow::cli {

/// One document to standard output; or, with JSON, a line for each of many files and of the pages in WARC
/// files, in the order in which they were named. A file that fails is logged and the others are read: `error`
/// at the end. `incomplete` when records of a WARC file were left out.
[[nodiscard]] ExitCode extract_to_stdout(const ExtractOptions& options);

/// A file in the output folder for each input.
[[nodiscard]] ExitCode extract_to_folder(const ExtractOptions& options);

}  // namespace winnow::cli
