# winnow backup: a copy of the store in use.
source "$SUPPORT/golden.sh"

"$WINNOW" -q import "$DATA/demo/demo.warc.gz" || fail "import exits with $?"
expect 0 backup copy.db <<'OUT'
OUT
"$WINNOW" -q verify --store copy.db >verify.out || fail "the copy is not sound: $(cat verify.out)"
"$WINNOW" -q export jsonl store.jsonl && "$WINNOW" -q export jsonl copy.jsonl --store copy.db || fail "export exits with $?"
cmp store.jsonl copy.jsonl || fail "the copy is another store"

# Never over what is there.
expect_error 1 'is there already, and a backup never overwrites' backup copy.db
mkdir folder
expect_error 1 'is a folder' backup folder
expect_error 2 "name the backup's file" backup ''
expect_error 1 'there is no folder' backup none/copy.db
expect_error 1 'there is no store at' backup other.db --store none.db

# Killed at any moment: a whole file, or none of that name.
for delay in 0.002 0.005 0.01 0.02 0.04; do
  "$WINNOW" -q backup killed.db 2>/dev/null &
  sleep "$delay"
  kill -9 $! 2>/dev/null || true
  wait $! 2>/dev/null || true
  [[ ! -e killed.db ]] || "$WINNOW" -q verify --store killed.db >verify.out || fail "killed after $delay s: $(cat verify.out)"
  rm -f killed.db
done
expect 0 backup killed.db <<'OUT'
OUT
[[ ! -e killed.db.partial ]] || fail "something is left of a backup that was killed"

# No room: one clear line, and nothing left.
got=0
said=$(ulimit -f 40 && "$WINNOW" -q backup full.db 2>&1) || got=$?
[[ $got -eq 1 ]] || fail "without room: exit code $got: $said"
grep -q 'no room for the backup' <<<"$said" || fail "without room: $said"
[[ ! -e full.db && ! -e full.db.partial ]] || fail "without room something is left"
finish
