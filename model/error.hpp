// The exceptions winnow throws. The web's failures are not among them: those are values (model/reason.hpp).
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace winnow {

/// Something of ours failed: a file, the store, the machine. what() is one clear sentence for the user.
/// Ends the program with exit code 1.
class Error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// The command line or an input list was wrong. Ends the program with exit code 2.
class UsageError : public Error {
public:
  using Error::Error;
};

template <class... Args>
[[nodiscard]] Error error(fmt::format_string<Args...> format, Args&&... args) {
  return Error(fmt::format(format, std::forward<Args>(args)...));
}

template <class... Args>
[[nodiscard]] UsageError usage_error(fmt::format_string<Args...> format, Args&&... args) {
  return UsageError(fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace winnow
