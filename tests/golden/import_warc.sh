# winnow import of WARC files: captures without fetching.
source "$SUPPORT/golden.sh"

"$WINNOW" -q import "$DATA/demo/demo.warc.gz" >import.out 2>import.err || fail "import exits with $?: $(cat import.err)"
[[ ! -s import.out ]] || fail "stdout is not empty: $(cat import.out)"
sqlite3 winnow.db "SELECT DISTINCT archive FROM v_captures" >archives.txt
[[ $(cat archives.txt) == file:demo.warc.gz ]] || fail "the archive is not the file: $(cat archives.txt)"
sqlite3 winnow.db "SELECT * FROM v_versions" >versions.txt
[[ -s versions.txt ]] || fail "no versions"

# What was imported and what a backfill fetches from the same file are the same captures.
start_replay "$DATA/demo/demo.warc.gz"
"$WINNOW" -q backfill lanternpost.example --from "$BASE" --cdx-rate 0 --replay-rate 0 --captures all --store fetched.db \
  >/dev/null || fail "backfill exits with $?"
query="SELECT timestamp, original, statuscode, sha1, size FROM v_captures WHERE state = 'held' ORDER BY 1, 2"
sqlite3 fetched.db "$query" >fetched.txt
sqlite3 winnow.db "$query" >imported.txt
[[ -s fetched.txt ]] || fail "nothing was fetched"
comm -23 <(sort fetched.txt) <(sort imported.txt) >missing.txt
[[ ! -s missing.txt ]] || fail "fetched, but not imported: $(cat missing.txt)"

# Again, and with the same captures in a cut file: nothing changes, and the cut is named.
sqlite3 winnow.db .dump | grep -v -e 'INTO runs' -e sqlite_sequence >before.sql
"$WINNOW" -q import "$DATA/demo/demo.warc.gz" || fail "the second import exits with $?"
sqlite3 winnow.db .dump | grep -v -e 'INTO runs' -e sqlite_sequence >after.sql
cmp before.sql after.sql || fail "importing again changes the store"
mkdir cut
head -c $(($(stat -c %s "$DATA/demo/demo.warc.gz") - 100)) "$DATA/demo/demo.warc.gz" >cut/demo.warc.gz
code=0
"$WINNOW" import cut/demo.warc.gz 2>cut.err || code=$?
[[ $code -eq 3 ]] || fail "a cut file: exit code $code, wanted 3"
grep -q 'left out' cut.err || fail "the cut is not named: $(cat cut.err)"
expect_error 3 'left out' import cut/demo.warc.gz --store cut.db

finish
