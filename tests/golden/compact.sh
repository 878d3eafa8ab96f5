# winnow compact: the same store in less room.
source "$SUPPORT/golden.sh"

"$WINNOW" -q import "$DATA/demo/demo.warc.gz" || fail "import exits with $?"
bodies() { sqlite3 winnow.db "SELECT DISTINCT sha256 FROM v_captures WHERE sha256 IS NOT NULL"; }
views() { sqlite3 winnow.db "SELECT * FROM v_captures; SELECT * FROM v_versions; SELECT * FROM v_ledger"; }
"$WINNOW" -q export jsonl before.jsonl || fail "export exits with $?"
views >before.txt

# Killed at any moment, everything is there, and the next goes on.
for delay in 0.005 0.02 0.05 0.1; do
  "$WINNOW" -q compact >/dev/null 2>&1 &
  sleep "$delay"
  kill -9 $! 2>/dev/null || true
  wait $! 2>/dev/null || true
  "$WINNOW" -q export jsonl killed.jsonl || fail "export after a kill exits with $?"
  cmp before.jsonl killed.jsonl || fail "a kill after $delay s has changed what is exported"
done

"$WINNOW" compact >compact.out 2>compact.err || fail "compact exits with $?: $(cat compact.err)"
grep -Eq '^bodies +[0-9]+ .* packed .* times smaller$' compact.out || fail "bodies are not told of: $(cat compact.out)"
grep -Eq '^texts +[0-9]+ .* packed .* times smaller$' compact.out || fail "texts are not told of: $(cat compact.out)"
grep -Eq '^store .* MB -> ' compact.out || fail "the file is not told of: $(cat compact.out)"
[[ $(sqlite3 winnow.db "SELECT count(*) FROM bodies WHERE compacted IS NULL") == 0 ]] || fail "not all bodies are packed anew"
"$WINNOW" -q export jsonl after.jsonl || fail "export exits with $?"
cmp before.jsonl after.jsonl || fail "compact has changed what is exported"
views | cmp - before.txt || fail "compact has changed what views show"
"$WINNOW" -q verify >verify.out || fail "the store is not sound: $(cat verify.out)"

"$WINNOW" -q compact --json >compact.json 2>compact.err || fail "compact --json exits with $?"
[[ ! -s compact.err ]] || fail "stderr is not empty: $(cat compact.err)"
python=$(command -v python3 || true)
[[ -z $python ]] || "$python" -c 'import json; r = json.load(open("compact.json")); assert r["left"] == 0 and r["damaged"] == 0 and r["bodies"]["packed"] == r["bodies"]["packed_before"], r' ||
  fail "the report: $(cat compact.json)"

# The disk fills up: a clear line, and the store as it was.
rm -f winnow.db*
"$WINNOW" -q import "$DATA/demo/demo.warc.gz" || fail "import exits with $?"
got=0
said=$(ulimit -f 16 && "$WINNOW" -q compact 2>&1 >/dev/null) || got=$?
[[ $got -eq 1 ]] || fail "on a full disk compact exits with $got: $said"
grep -Eq 'disk' <<<"$said" || fail "a full disk is not named: $said"
views | cmp - before.txt || fail "a full disk has changed what views show"
"$WINNOW" -q verify >verify.out || fail "the store is not sound after a full disk: $(cat verify.out)"

expect_error 1 'there is no store at' verify --store none.db
finish
