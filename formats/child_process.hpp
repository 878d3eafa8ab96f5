// Another program, spoken to through its standard input and output, without a shell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace winnow {

/// Runs from its construction; what it says on standard error goes where ours does. Left before finish(), it
/// finds its input ended, what it still says is thrown away, and it is waited for.
class ChildProcess {
public:
  enum class Speaks {
    no,   ///< its output is thrown away
    yes,  ///< read_line() has it; its input is empty
  };
  /// `words` are the program, looked for in $PATH, and its arguments. Throws Error when it can't be started.
  ChildProcess(const std::vector<std::string>& words, Speaks speaks);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Throws Error when the program is gone.
  void write(std::string_view bytes);
  /// Without its line end; nothing at the end of the output.
  [[nodiscard]] std::optional<std::string> read_line();
  /// Ends its input and waits; once. Its exit code; 128 and the signal's number when it was killed.
  int finish();

private:
  void flush();
  int wait();

  std::string m_program;
  Speaks m_speaks;
  pid_t m_pid = -1;
  int m_socket = -1;
  std::string m_buffer;
};

}  // namespace winnow
