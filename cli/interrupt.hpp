// SIGINT and SIGTERM: the first asks a command to finish what it holds, the second ends the process.
#pragma once

namespace winnow::cli {

/// Installs the handlers. Commands that can be stopped call it and then look at interrupted().
void catch_interrupts();
[[nodiscard]] bool interrupted();

}  // namespace winnow::cli
