# Golden tests: run the binary, demand stdout, exit code and stderr. Sourced by tests/golden/*.sh, which ctest
# runs with WINNOW (the binary) and DATA (tests/data) set, in an empty folder of their own.
#
#   expect 0 log soompi.com <<'OUT'      the command's exit code and arguments; stdout follows
#   ...
#   OUT
#   expect_error 2 'one line' ARGS...    nothing on stdout; stderr is one line that holds the text
set -euo pipefail

# Nothing of the user's is read or written, and nothing of one test in another.
export HOME=$PWD/home XDG_STATE_HOME=$PWD/state XDG_CONFIG_HOME=$PWD/config
unset WINNOW_STORE

failures=0

fail() {
  echo "FAILED: $*" >&2
  failures=$((failures + 1))
}

expect() {
  local code=$1 got=0
  shift
  cat >expected.out
  "$WINNOW" -q "$@" >actual.out 2>actual.err </dev/null || got=$?
  [[ $got -eq $code ]] || fail "winnow $*: exit code $got, wanted $code: $(head -3 actual.err)"
  diff -u expected.out actual.out >&2 || fail "winnow $*: stdout differs"
  [[ ! -s actual.err ]] || fail "winnow $*: stderr is not empty: $(head -3 actual.err)"
}

expect_error() {
  local code=$1 text=$2 got=0
  shift 2
  "$WINNOW" -q "$@" >actual.out 2>actual.err </dev/null || got=$?
  [[ $got -eq $code ]] || fail "winnow $*: exit code $got, wanted $code"
  [[ ! -s actual.out ]] || fail "winnow $*: stdout is not empty: $(head -3 actual.out)"
  grep -qF -- "$text" actual.err || fail "winnow $*: stderr lacks '$text': $(cat actual.err)"
  [[ $(grep -vc "^Try 'winnow" actual.err) -eq 1 ]] || fail "winnow $*: stderr is not one line: $(cat actual.err)"
}

# Starts a server, sets BASE and PORT from its first line, and server_out to the file of all its lines. It ends with the
# test, or at stop_server when it is the last one started.
servers=()
start_server() {
  server_out=server-${#servers[@]}.out
  : >"$server_out"
  "$@" >>"$server_out" 2>server.err &
  server_pid=$!
  servers+=("$server_pid")
  trap 'kill "${servers[@]}" 2>/dev/null || true' EXIT
  for _ in $(seq 200); do
    BASE=$(head -n 1 "$server_out")
    PORT=${BASE##*:}
    [[ -n $BASE ]] && return
    kill -0 "$server_pid" 2>/dev/null || break
    sleep 0.05
  done
  fail "$* did not start: $(cat server.err)"
  finish
}

# `winnow replay` on a free port, or the one given first: --port N.
start_replay() {
  local port=0
  if [[ $1 == --port ]]; then
    port=$2
    shift 2
  fi
  start_server "$WINNOW" -q replay --port "$port" "$@"
}

# An archive with faults before the one at PORT; its rules lie in the file `rules` (fault_server.cpp says how).
start_faults() {
  touch rules
  start_server "$FAULT_SERVER" "$PORT" rules
}

stop_server() {
  kill "$server_pid" 2>/dev/null || true
  wait "$server_pid" 2>/dev/null || true
}

finish() {
  [[ $failures -eq 0 ]] || exit 1
  exit 0
}
