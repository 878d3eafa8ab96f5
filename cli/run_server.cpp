#include "cli/run_server.hpp"

#include <atomic>
#include <chrono>
#include <thread>

#include "cli/interrupt.hpp"
#include "model/error.hpp"

namespace winnow::cli {

void run_server(serve::HttpServer& server) {
  std::atomic<bool> ended = false;
  std::thread serving([&] {
    server.run();
    ended = true;
  });
  while (!interrupted() && !ended)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  server.stop();
  serving.join();
  if (!interrupted()) throw error("the server can't accept connections any more");
}

}  // namespace winnow::cli
