#include "cli/logging.hpp"

#include <memory>

#include <nlohmann/json.hpp>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace winnow::cli {
namespace {

/// `%*`: the message as a JSON string, quotes and all.
class JsonMessage : public spdlog::custom_flag_formatter {
public:
  void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& out) override {
    const nlohmann::json json = std::string_view(message.payload.data(), message.payload.size());
    const auto text = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    out.append(text.data(), text.data() + text.size());
  }
  [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<JsonMessage>();
  }
};

}  // namespace

void set_up_logging(const LogOptions& options) {
  auto logger = std::make_shared<spdlog::logger>("winnow", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  auto formatter = std::make_unique<spdlog::pattern_formatter>(
      options.format == "json" ? spdlog::pattern_time_type::utc : spdlog::pattern_time_type::local);
  if (options.format == "json") {
    formatter->add_flag<JsonMessage>('*').set_pattern(
        R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":%*})");
  } else {
    formatter->set_pattern("winnow: %v");
  }
  logger->set_formatter(std::move(formatter));
  logger->set_level(options.verbosity < 0   ? spdlog::level::err
                    : options.verbosity > 0 ? spdlog::level::debug
                                            : spdlog::level::info);
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace winnow::cli
