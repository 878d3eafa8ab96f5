#include "formats/bag_writer.hpp"

#include <utility>

#include <fmt/format.h>

#include "model/error.hpp"

namespace winnow {

namespace {

namespace fs = std::filesystem;

fs::path not_there(fs::path folder) {
  std::error_code problem;
  if (fs::exists(folder, problem))
    throw error("{} is there already, and evidence is not written over", folder.string());
  if (problem) throw error("can't make {}: {}", folder.string(), problem.message());
  return folder;
}

}  // namespace

BagWriter::BagWriter(fs::path folder) : m_folder(not_there(std::move(folder)), PartialPath::Kind::folder) {
  make_folder(m_folder.path() / "data");
}

void BagWriter::begin(std::string_view path) {
  const std::string name = fmt::format("data/{}", path);
  make_folder((m_folder.path() / name).parent_path());
  m_open.emplace(m_folder.path() / name, name);
}

void BagWriter::write(std::string_view bytes) {
  m_open->file.write(bytes);
  m_open->hasher.update(bytes);
  m_bytes += bytes.size();
}

void BagWriter::end() {
  m_open->file.commit();
  m_manifest += fmt::format("{}  {}\n", m_open->hasher.finish().hex(), m_open->path);
  ++m_files;
  m_open.reset();
}

void BagWriter::add(std::string_view path, std::string_view bytes) {
  begin(path);
  write(bytes);
  end();
}

void BagWriter::put_tag(const std::string& name, const std::string& bytes) {
  write_atomically(m_folder.path() / name, bytes);
  m_tags += fmt::format("{}  {}\n", sha256(bytes).hex(), name);
}

void BagWriter::commit(const std::vector<std::pair<std::string, std::string>>& info) {
  std::string labels;
  for (const auto& [label, value] : info)
    labels += fmt::format("{}: {}\n", label, value);
  labels += fmt::format("Payload-Oxum: {}.{}\n", m_bytes, m_files);
  put_tag("bag-info.txt", labels);
  put_tag("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  put_tag("manifest-sha256.txt", m_manifest);
  write_atomically(m_folder.path() / "tagmanifest-sha256.txt", m_tags);
  m_folder.commit();
}

}  // namespace winnow
