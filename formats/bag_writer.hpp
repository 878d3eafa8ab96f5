// BagIt 1.0 (RFC 8493): a folder of files that proves to be whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/atomic_file.hpp"
#include "formats/partial_path.hpp"
#include "model/digest.hpp"

namespace winnow {

/// The bag is there whole or not at all, as PartialPath has it. Throws Error when there is something at the
/// final name, or the system refuses.
class BagWriter {
public:
  explicit BagWriter(std::filesystem::path folder);

  /// One file of the payload at a time; `path` is below data/, of letters, digits, `.`, `-`, `_` and `/`.
  void begin(std::string_view path);
  void write(std::string_view bytes);
  void end();
  void add(std::string_view path, std::string_view bytes);

  /// `info` are the labels and values of bag-info.txt, to which Payload-Oxum is added.
  void commit(const std::vector<std::pair<std::string, std::string>>& info);

private:
  struct Open {
    Open(const std::filesystem::path& at, std::string name) : file(at), path(std::move(name)) {}
    AtomicFile file;
    std::string path;
    Sha256Hasher hasher;
  };

  void put_tag(const std::string& name, const std::string& bytes);

  PartialPath m_folder;
  std::optional<Open> m_open;
  std::string m_manifest;
  std::string m_tags;
  std::uint64_t m_bytes = 0;
  std::uint64_t m_files = 0;
};

}  // namespace winnow
