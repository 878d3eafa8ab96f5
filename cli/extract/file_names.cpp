#include "cli/extract/file_names.hpp"

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <system_error>
#include <utility>

#include "cli/extract/extract_options.hpp"
#include "model/error.hpp"
#include "model/printable.hpp"

namespace winnow::cli {

FileNames::FileNames(std::vector<std::string> arguments) : m_arguments(std::move(arguments)) {
  const auto reads_stdin = [](const std::string& argument) {
    return argument == k_standard_input || argument == "@-";
  };
  if (std::count_if(m_arguments.begin(), m_arguments.end(), reads_stdin) > 1)
    throw usage_error("standard input is named twice: it can be read only once");
}

std::optional<std::string> FileNames::next() {
  while (true) {
    if (m_list != nullptr) {
      if (auto name = next_in_list()) return name;
    }
    if (m_next == m_arguments.size()) return std::nullopt;
    std::string& argument = m_arguments[m_next++];
    if (!argument.starts_with('@')) return std::move(argument);
    open_list(argument.substr(1));
  }
}

std::optional<std::string> FileNames::next_in_list() {
  std::string line;
  while (std::getline(*m_list, line)) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty()) continue;
    return line.front() == '-' || line.front() == '@' ? "./" + line : line;
  }
  if (m_list->bad()) throw error("cannot read the list {}", printable(m_list_name));
  m_list = nullptr;
  return std::nullopt;
}

void FileNames::open_list(const std::string& path) {
  m_list_name = path;
  if (path == k_standard_input) {
    m_list = &std::cin;
    return;
  }
  m_file = std::ifstream(path, std::ios::binary);
  if (!m_file || m_file.peek() == std::ifstream::traits_type::eof()) {
    const int reason = m_file.bad() || !m_file.is_open() ? errno : 0;
    if (reason != 0)
      throw error("cannot read the list {}: {}", printable(path), std::generic_category().message(reason));
  }
  m_file.clear();
  m_list = &m_file;
}

}  // namespace winnow::cli
