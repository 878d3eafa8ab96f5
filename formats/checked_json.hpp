// JSON of exports, as others may have written it: bounded, and each value looked at. For formats/*.cpp only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "model/error.hpp"
#include "model/provenance.hpp"
#include "model/timestamp.hpp"

namespace winnow::checked {

using Json = nlohmann::json;

inline constexpr std::int64_t k_least_status = 100;  // RFC 9110 §15
inline constexpr std::int64_t k_most_status = 999;   // servers have sent such
inline constexpr std::int64_t k_longest = std::numeric_limits<std::int64_t>::max();

/// All functions throw Error, in words that follow a record's name, or a Json::exception, for what is not as
/// they want it.

/// Nested less deep and of fewer values than a record could ever be: a value of two bytes takes eight times
/// as much in memory.
[[nodiscard]] Json parse(std::string_view text);

inline constexpr std::size_t k_longest_url = 65536;
inline constexpr std::size_t k_longest_type = 1024;
[[nodiscard]] std::string string_at(const Json& json, const char* key, std::size_t longest);

[[nodiscard]] Timestamp time_at(const Json& json, const char* key);

template <class Digest>
[[nodiscard]] Digest digest_at(const Json& json, const char* key) {
  const auto digest = Digest::from_hex(json.at(key).get_ref<const std::string&>());
  if (!digest) throw error("its {} is no digest", key);
  return *digest;
}

/// As an index writes it; null and `-` are none.
[[nodiscard]] std::optional<Sha1> cdx_digest_at(const Json& json, const char* key);

/// Not what nlohmann makes of a fraction, a truth value or a number that does not fit.
template <class Integer>
[[nodiscard]] Integer integer_of(const Json& value, const char* key, std::int64_t least, std::int64_t most) {
  // Above an int64_t's range a number is an unsigned one.
  const bool fits = value.is_number_unsigned()
                        ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most) &&
                              (least <= 0 || value.get<std::uint64_t>() >= static_cast<std::uint64_t>(least))
                        : value.is_number_integer() && value.get<std::int64_t>() >= least &&
                              value.get<std::int64_t>() <= most;
  if (!fits) throw error("its {} is no number from {} to {}", key, least, most);
  return value.get<Integer>();
}

template <class Integer>
[[nodiscard]] std::optional<Integer> known_integer(const Json& json, const char* key, std::int64_t least,
                                                   std::int64_t most) {
  const Json& value = json.at(key);
  if (value.is_null()) return std::nullopt;
  return integer_of<Integer>(value, key, least, most);
}

/// `warc:`, `live:` or a base URL.
[[nodiscard]] std::string archive_at(const Json& json, const char* key);
/// As the store writes them: a host's name, or `-` of what has none.
[[nodiscard]] std::string site_at(const Json& json, const char* key);
/// Of the URL, by whichever rules: an index may spell it in another way than we do, under the same host.
[[nodiscard]] std::string urlkey_at(const Json& json, const char* key, std::string_view original);
/// `held`, or `inferred`: true.
[[nodiscard]] bool is_inferred_at(const Json& json, const char* key);

[[nodiscard]] Provenance provenance_of(const Json& json);

}  // namespace winnow::checked
