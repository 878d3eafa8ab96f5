# Golden tests: run the binary, demand stdout, exit code and stderr. Sourced by tests/golden/*.sh, which ctest
# runs with WINNOW (the binary) and DATA (tests/data) set, in an empty folder of their own.
#
#   expect 0 log soompi.com <<'OUT'      the command's exit code and arguments; stdout follows
#   ...
#   OUT
#   expect_error 2 'one line' ARGS...    nothing on stdout; stderr is one line that holds the text
set -euo pipefail

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

# Starts `winnow replay` on a free port and sets BASE; it ends with the test.
start_replay() {
  "$WINNOW" -q replay --port 0 "$@" >replay.out 2>replay.err &
  replay_pid=$!
  trap 'kill "$replay_pid" 2>/dev/null || true' EXIT
  for _ in $(seq 200); do
    BASE=$(head -n 1 replay.out)
    [[ -n $BASE ]] && return
    kill -0 "$replay_pid" 2>/dev/null || break
    sleep 0.05
  done
  fail "winnow replay did not start: $(cat replay.err)"
  finish
}

finish() {
  [[ $failures -eq 0 ]] || exit 1
  exit 0
}
