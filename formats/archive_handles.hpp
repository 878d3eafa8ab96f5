// libarchive's handles. Readers and writers share one C struct, so each has an alias of its own.
#pragma once

#include <memory>

#include <archive.h>
#include <archive_entry.h>

#include "model/handle.hpp"

namespace winnow {

using ArchiveReader = std::unique_ptr<archive, FreeWith<archive_read_free>>;
using ArchiveWriter = std::unique_ptr<archive, FreeWith<archive_write_free>>;
using ArchiveEntry = std::unique_ptr<archive_entry, FreeWith<archive_entry_free>>;

}  // namespace winnow
