// Everything that can be imported, told apart by what it holds: folders and containers are gone through.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/import/archive_ids.hpp"
#include "cli/import/import_batch.hpp"
#include "cli/import/scratch_folder.hpp"
#include "formats/container.hpp"
#include "formats/warc_archive.hpp"
#include "storage/store.hpp"

namespace winnow::cli {

/// Documents and records go into the batch as they are met; WARC files at the end, all together, since their
/// revisits may find their bodies in any of them. Of a WACZ or tar the WARC files lie in a scratch folder
/// meanwhile. What can't be taken is logged as an error and counted.
class Importer {
public:
  Importer(Store& store, ImportBatch& batch) : m_store(store), m_archives(store), m_batch(batch) {}

  /// A file or folder that the user named: one that is nothing else is read as a document.
  void take(const std::filesystem::path& path);
  /// After the last take(); once. What was taken is in the store then.
  void finish();

  [[nodiscard]] std::size_t left_out() const { return m_left_out; }
  /// Files of folders and containers that are none of what is imported.
  [[nodiscard]] std::size_t passed_over() const { return m_passed_over; }

private:
  /// Whether the user named the file, or it was met in a folder, where others lie beside.
  enum class Named { no, yes };

  [[nodiscard]] std::optional<FileKind> kind(const std::filesystem::path& path);
  /// Null, and left out, when it can't be opened.
  template <class Opened>
  [[nodiscard]] std::unique_ptr<Opened> open(const std::string& path);
  void take_file(const std::filesystem::path& path, FileKind kind, Named named);
  void take_document_file(const std::filesystem::path& path);
  void take_folder(const std::filesystem::path& folder);
  void take_container(const std::string& path);
  void take_entry(ContainerReader& container, const std::string& where, const std::string& name);
  void take_records(const std::string& path, Named named);
  void take_record_entry(ContainerReader& container, const std::string& name);
  void take_record(std::string_view line, std::string_view path, std::size_t number);
  void take_document(const std::string& name, std::string_view bytes);
  void leave_out(std::string_view what, std::string_view why);

  Store& m_store;
  ArchiveIds m_archives;
  ImportBatch& m_batch;
  std::vector<WarcArchive::Source> m_warcs;
  std::unique_ptr<ScratchFolder> m_scratch;  ///< made when it is needed
  std::size_t m_spooled = 0;                 ///< files in it
  std::vector<Takeover> m_takeovers;
  std::size_t m_left_out = 0;
  std::size_t m_passed_over = 0;
};

}  // namespace winnow::cli
