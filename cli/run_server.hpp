// A server until the user ends it.
#pragma once

#include "serve/http_server.hpp"

namespace winnow::cli {

/// Answers until SIGINT or SIGTERM; catch_interrupts() before it. Throws Error when it ends by itself.
void run_server(serve::HttpServer& server);

}  // namespace winnow::cli
