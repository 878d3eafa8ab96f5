// Ownership of C libraries' handles: one alias each, beside the code that uses the library.
#pragma once

namespace winnow {

/// Deleter for std::unique_ptr that calls a C library's free function, whatever it returns:
///   using CurlEasy = std::unique_ptr<CURL, FreeWith<curl_easy_cleanup>>;
template <auto Free>
struct FreeWith {
  template <class T>
  void operator()(T* pointer) const noexcept {
    Free(pointer);
  }
};

}  // namespace winnow
