// Where elements end that hold other elements and are cut whole.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "extract/tag_scanner.hpp"

namespace winnow {

/// For a scanner that stands behind `<svg ...>`: the offset behind the matching end tag, or that of the HTML
/// element that ends svg for every parser (13.2.6.5), or the document's end.
[[nodiscard]] std::size_t svg_end(std::string_view html, TagScanner scanner);

/// For a scanner that stands behind `<template ...>`: the offset behind the matching end tag; nothing when
/// there is none.
[[nodiscard]] std::optional<std::size_t> template_end(std::string_view html, TagScanner scanner);

}  // namespace winnow
