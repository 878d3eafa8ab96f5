// The URLs of a pywb collection: its index and its replay.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crawler/cdx_query.hpp"
#include "model/capture.hpp"

namespace winnow {

/// Rows asked for in one answer. Without a limit pywb stops at 100,000 and says nothing; there is no resume
/// key, so an answer of this many rows is not known to be whole.
inline constexpr std::uint64_t k_most_pywb_rows = 1'000'000;

/// The query at the collection of `base_url` (`https://arquivo.pt/wayback`), by pywb's CDX server API:
/// https://pywb.readthedocs.io/en/latest/manual/cdxserver_api.html
///  - its filters are `[!]~field:regex`, matched at the field's beginning only, and name fields otherwise;
///  - matchType is always said: without it a `*` in the URL is taken for one;
///  - allowFuzzy=false: a query without a match is otherwise answered with what other rules find;
///  - fl leaves out the WARC's name and offset, half of each row.
[[nodiscard]] std::string pywb_index_url(std::string_view base_url, const CdxQuery& query);

/// The capture's bytes as archived. \pre capture.original is not empty
[[nodiscard]] std::string pywb_replay_url(std::string_view base_url, const Capture& capture);

}  // namespace winnow
