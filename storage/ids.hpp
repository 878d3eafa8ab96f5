// Row numbers of the store, one type each so that they can't be mixed up.
#pragma once

#include <cstdint>

namespace winnow {

enum class ArchiveId : std::int64_t {};
enum class PageId : std::int64_t {};
enum class SeriesId : std::int64_t {};
enum class CaptureId : std::int64_t {};
enum class TextId : std::int64_t {};
enum class RunId : std::int64_t {};

}  // namespace winnow
