#include "cli/read_input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>

#include "cli/extract/extract_options.hpp"
#include "model/body_limit.hpp"
#include "model/error.hpp"
#include "model/printable.hpp"

namespace winnow::cli {
namespace {

namespace fs = std::filesystem;

/// No more than extraction looks at: a pipe may have no end.
std::string read_all(std::istream& in) {
  constexpr std::size_t k_most = k_largest_body + 1;
  std::string bytes;
  std::size_t size = 0;
  while (in && size < k_most) {
    bytes.resize(std::min(std::max<std::size_t>(2 * size, std::size_t{1} << 17U), k_most));
    in.read(bytes.data() + size, static_cast<std::streamsize>(bytes.size() - size));
    size += static_cast<std::size_t>(in.gcount());
  }
  bytes.resize(size);
  bytes.shrink_to_fit();  // held while the page is read, which takes a multiple
  return bytes;
}

}  // namespace

std::string read_input(const std::string& file) {
  if (file == k_standard_input) return read_all(std::cin);
  std::error_code failure;
  if (fs::is_directory(file, failure))
    throw error("{}: is a directory; name the files in it", printable(file));
  std::ifstream in(file, std::ios::binary);
  if (!in) throw error("{}: cannot be read ({})", printable(file), std::generic_category().message(errno));
  std::string bytes = read_all(in);
  if (in.bad())
    throw error("{}: cannot be read ({})", printable(file), std::generic_category().message(errno));
  return bytes;
}

}  // namespace winnow::cli
