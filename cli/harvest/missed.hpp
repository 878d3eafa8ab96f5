// The crawler's failures as the store's ledger takes them.
#pragma once

#include <utility>

#include "crawler/failure.hpp"
#include "storage/capture_result.hpp"

namespace winnow::cli {

[[nodiscard]] inline Missed missed_by(Failure failure) {
  Missed missed;
  missed.reason = failure.reason;
  if (failure.status != 0) missed.status = failure.status;
  missed.detail = std::move(failure.detail);
  missed.hops = std::move(failure.hops);
  missed.retry_at = failure.retry_after;
  missed.evidence = std::move(failure.evidence);
  return missed;
}

}  // namespace winnow::cli
