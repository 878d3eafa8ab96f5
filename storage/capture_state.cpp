#include "storage/capture_state.hpp"

namespace winnow {

std::string_view name(CaptureState state) {
  switch (state) {
    case CaptureState::listed:
      return "listed";
    case CaptureState::pending:
      return "pending";
    case CaptureState::held:
      return "held";
    case CaptureState::inferred:
      return "inferred";
    case CaptureState::missing:
      return "missing";
  }
  return "?";
}

std::string_view name(Found found) {
  switch (found) {
    case Found::cdx:
      return "cdx";
    case Found::redirect:
      return "redirect";
    case Found::replayed:
      return "replayed";
    case Found::warc:
      return "warc";
    case Found::import:
      return "import";
    case Found::live:
      return "live";
  }
  return "?";
}

}  // namespace winnow
