// The request budget of one archive as a process uses it: its own limits, and the state that all processes
// share.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>

#include "crawler/archive.hpp"
#include "crawler/budget_file.hpp"
#include "crawler/budget_state.hpp"

namespace winnow {

class Budget {
public:
  /// Without a file the budget is this object's alone. With one, and a limit, it is made at once, so that a
  /// folder that can't be written is told before anything is sent: throws Error. Without a limit the file is
  /// only made when the archive limits us all the same.
  explicit Budget(Rates limits, std::optional<BudgetFile> file = {},
                  std::uint64_t seed = std::random_device{}());

  /// When a request of this kind may be sent. Others may be faster: only take() decides.
  [[nodiscard]] Moment ready_at(RequestKind kind) const;

  /// Takes the token of a request that is sent now; false when there is none.
  [[nodiscard]] bool take(RequestKind kind, Moment now);

  void limited(RequestKind kind, int status, std::optional<std::chrono::seconds> retry_after, Moment sent,
               Moment now);
  void answered(Moment sent, Moment now);
  void failed(Moment sent, Moment now);
  void refused(Moment sent, Moment now);

  /// Looks what other processes have learnt, ten times a second at most.
  void refresh(Moment now);

  [[nodiscard]] const BudgetState& state() const { return m_state; }  ///< as last seen

private:
  [[nodiscard]] double per_minute(RequestKind kind) const;
  void change(const BudgetEvent& event, Moment now);

  Rates m_limits;
  std::optional<BudgetFile> m_file;
  BudgetState m_state;
  std::optional<Moment> m_seen;  // when m_state was last read
  std::minstd_rand m_random;
};

}  // namespace winnow
