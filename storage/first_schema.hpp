// The store's tables and views as they were at first; schema.cpp has what came after.
#pragma once

#include <string>

namespace winnow::storage {

/// The statements that make version 1 of an empty file.
[[nodiscard]] std::string first_schema();

}  // namespace winnow::storage
