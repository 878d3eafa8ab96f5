// Ownership of libcurl's handles.
#pragma once

#include <memory>

#include <curl/curl.h>

#include "model/handle.hpp"

namespace winnow {

using CurlEasy = std::unique_ptr<CURL, FreeWith<curl_easy_cleanup>>;
using CurlList = std::unique_ptr<curl_slist, FreeWith<curl_slist_free_all>>;
using CurlMulti = std::unique_ptr<CURLM, FreeWith<curl_multi_cleanup>>;

}  // namespace winnow
