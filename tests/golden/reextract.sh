# winnow reextract: the same bodies read anew; and a harvest by a winnow that reads otherwise.
source "$SUPPORT/golden.sh"

"$WINNOW" -q import "$DATA/demo/demo.warc.gz" || fail "import exits with $?"
views() { sqlite3 "${1:-winnow.db}" "SELECT * FROM v_captures; SELECT * FROM v_versions"; }
views >before.txt

"$WINNOW" -q reextract >same.out 2>same.err || fail "reextract exits with $?: $(cat same.err)"
[[ ! -s same.err ]] || fail "stderr is not empty: $(cat same.err)"
grep -Eq '^[0-9]+ pages read; 0 captures read otherwise than before; \+0 versions$' same.out || fail "it says: $(cat same.out)"
views | cmp - before.txt || fail "reading the same again has changed something"

# As another extractor has left it: other words in each text.
outdate() {
  sqlite3 "$1" "UPDATE texts SET extractor = 99, sha256 = randomblob(32), words_sha256 = randomblob(32)"
}
outdate winnow.db
for delay in 0.02 0.05 0.1; do
  "$WINNOW" -q reextract >/dev/null 2>&1 &
  sleep "$delay"
  kill -9 $! 2>/dev/null || true
  wait $! 2>/dev/null || true
done
"$WINNOW" -q reextract >anew.out || fail "reextract after kills exits with $?"
views | cmp - before.txt || fail "read anew, the store says something else: $(cat anew.out)"

# A run that brings nothing new does it by itself, before it asks anything.
outdate winnow.db
"$WINNOW" import "$DATA/demo/demo.warc.gz" >/dev/null 2>import.err || fail "import exits with $?"
grep -q 'all are read anew first' import.err || fail "nothing is said of it: $(cat import.err)"
views | cmp - before.txt || fail "an import has left texts of another extractor"
[[ $(sqlite3 winnow.db "SELECT DISTINCT extractor FROM texts") == 1 ]] || fail "texts of another extractor are left"

expect_error 1 'there is no store at' reextract --store none.db
finish
