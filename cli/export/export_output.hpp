// Where an export goes: a file that is there whole or not at all, or standard output.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/output.hpp"
#include "formats/atomic_file.hpp"

namespace winnow::cli {

class ExportOutput {
public:
  /// `-` is standard output.
  explicit ExportOutput(const std::string& name) {
    if (name != "-") m_file.emplace(name);
  }

  void write(std::string_view bytes) {
    if (m_file) {
      m_file->write(bytes);
    } else {
      write_stdout(bytes);
    }
  }

  /// Once, after the last write().
  void commit() {
    if (m_file) {
      m_file->commit();
    } else {
      flush_stdout();
    }
  }

private:
  std::optional<AtomicFile> m_file;
};

}  // namespace winnow::cli
