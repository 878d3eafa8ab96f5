// libarchive's handles. Readers and writers share one C struct, so each has an alias of its own.
#pragma once

#include <memory>

#include <archive.h>

#include "model/handle.hpp"

namespace winnow {

using ArchiveReader = std::unique_ptr<archive, FreeWith<archive_read_free>>;

}  // namespace winnow
