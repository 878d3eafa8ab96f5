#include "formats/bag_writer.hpp"

#include <system_error>

#include <fmt/format.h>

#include "model/error.hpp"

namespace winnow {

namespace {

namespace fs = std::filesystem;

void make_folder(const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem) throw error("can't make the folder {}: {}", folder.string(), problem.message());
}

}  // namespace

BagWriter::BagWriter(fs::path folder) : m_folder(std::move(folder)) {
  if (m_folder.filename().empty()) m_folder = m_folder.parent_path();
  m_partial = m_folder.parent_path() / ("." + m_folder.filename().string() + ".partial");
  if (fs::exists(m_folder))
    throw error("{} is there already, and evidence is not written over", m_folder.string());
  fs::remove_all(m_partial);
  make_folder(m_partial / "data");
}

BagWriter::~BagWriter() {
  m_open.reset();
  std::error_code ignored;
  if (!m_is_committed) fs::remove_all(m_partial, ignored);
}

void BagWriter::begin(std::string_view path) {
  const std::string name = fmt::format("data/{}", path);
  make_folder((m_partial / name).parent_path());
  m_open.emplace(m_partial / name, name);
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
  write_atomically(m_partial / name, bytes);
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
  write_atomically(m_partial / "tagmanifest-sha256.txt", m_tags);
  std::error_code problem;
  fs::rename(m_partial, m_folder, problem);
  if (problem) throw error("can't make {}: {}", m_folder.string(), problem.message());
  m_is_committed = true;
}

}  // namespace winnow
