// Standard input as a file that can be read at any place.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "model/handle.hpp"

namespace winnow::cli {

/// A WARC file is mapped into memory; a pipe can't be. A file given as standard input is taken as it is, what
/// comes through a pipe is first copied to a temporary file (in $TMPDIR), which is gone with this.
class SpooledInput {
public:
  /// `begin` is what was read of it already. Throws Error when standard input can't be read or the copy not
  /// be written.
  explicit SpooledInput(std::string_view begin);

  /// To be opened while this lives.
  [[nodiscard]] const std::string& path() const { return m_path; }

private:
  std::string m_path;
  std::unique_ptr<std::FILE, FreeWith<std::fclose>> m_copy;
};

}  // namespace winnow::cli
