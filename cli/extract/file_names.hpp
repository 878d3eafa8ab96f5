// The files that a command line names, those in lists as well.
#pragma once

#include <cstddef>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace winnow::cli {

/// Goes through arguments one name at a time: an argument `@LIST` stands for the names in that file, one a
/// line, and `@-` for those on standard input, which are read as they come. Empty lines are passed over.
class FileNames {
public:
  /// Throws UsageError when standard input is named twice.
  explicit FileNames(std::vector<std::string> arguments);

  /// Nothing at the end. Throws Error when a list can't be read. A name that begins like an option, a list or
  /// standard input in a list is the file of that name.
  [[nodiscard]] std::optional<std::string> next();

private:
  [[nodiscard]] std::optional<std::string> next_in_list();
  void open_list(const std::string& path);

  std::vector<std::string> m_arguments;
  std::size_t m_next = 0;
  std::string m_list_name;  ///< empty when no list is being read
  std::ifstream m_file;
  std::istream* m_list = nullptr;
};

}  // namespace winnow::cli
