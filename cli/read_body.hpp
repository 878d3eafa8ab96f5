// What the store needs of a body: the bytes packed, the text extracted.
#pragma once

#include <chrono>
#include <string_view>

#include "storage/body_lookup.hpp"
#include "storage/body_packer.hpp"
#include "storage/capture_result.hpp"

namespace winnow::cli {

/// Fills in what is not `known`, and returns the CPU time that extraction took. `page` is the capture's urlkey.
std::chrono::nanoseconds read_body(BodyContent& content, std::string_view bytes,
                                   const BodyLookup::Known& known, BodyPacker& packer, std::string_view page);

}  // namespace winnow::cli
