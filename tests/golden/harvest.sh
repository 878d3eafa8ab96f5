# Made for cron: what is new and nothing else, in small portions, silent when nothing changed.
source "$SUPPORT/golden.sh"

start_replay "$DATA/demo/demo.warc.gz"
fast=(--from "$BASE" --dialect wayback --cdx-rate 0 --replay-rate 0)
figure() { sqlite3 :memory: "SELECT CAST(readfile('$1') AS TEXT) ->> '$2'"; }
dump() {
  sqlite3 "$1" "SELECT timestamp, original, state, sha1, version FROM v_captures ORDER BY 1, 2;
    SELECT series, version, first_seen, last_seen, captures FROM v_versions ORDER BY 1, 2;"
}

expect_error 1 "there is no store winnow.db to continue" harvest "${fast[@]}"
expect_error 2 "--max-time 2x: write a number" harvest "${fast[@]}" --max-time 2x

# The past, as a backfill of years ago left it, is continued to this day.
"$WINNOW" -q backfill lanternpost.example "${fast[@]}" >/dev/null || fail "backfill exits with $?"
dump winnow.db >whole.txt
"$WINNOW" -q backfill lanternpost.example "${fast[@]}" --until 2014 --store old.db >/dev/null || fail "backfill --until exits with $?"
cp old.db small.db
cp old.db twice.db
cp old.db killed.db
"$WINNOW" -q harvest "${fast[@]}" --store old.db >news.txt 2>news.err || fail "harvest exits with $?: $(cat news.err)"
[[ ! -s news.err ]] || fail "a harvest talks: $(cat news.err)"
grep -q 'new version' news.txt || fail "a harvest does not tell what is new: $(cat news.txt)"
grep -q 'changed between 20' news.txt || fail "a harvest does not tell when it changed: $(cat news.txt)"

# When nothing is new: one request of the index a page, none for replay, and not a word.
expect 0 harvest "${fast[@]}" --store old.db </dev/null
"$WINNOW" -q harvest "${fast[@]}" --store old.db --json >again.json || fail "harvest --json exits with $?"
pages=$(sqlite3 old.db "SELECT count(DISTINCT page_id) FROM looks")
[[ $(figure again.json '$.requests.cdx') -le $pages ]] || fail "more than one index request a page: $(cat again.json)"
[[ $(figure again.json '$.requests.replay') -eq 0 ]] || fail "something is fetched again: $(cat again.json)"
[[ $(figure again.json '$.news') == "[]" ]] || fail "there is news of nothing: $(cat again.json)"
"$WINNOW" -q harvest "${fast[@]}" --store old.db --report >report.txt || fail "harvest --report exits with $?"
[[ -s report.txt ]] || fail "--report prints nothing"

# In portions of three requests it comes to the same end.
for _ in $(seq 60); do
  "$WINNOW" -q harvest "${fast[@]}" --store small.db --max-requests 3 --json >part.json || fail "a portion exits with $?"
  [[ $(($(figure part.json '$.requests.cdx') + $(figure part.json '$.requests.replay'))) -le 3 ]] ||
    fail "more than three requests: $(cat part.json)"
  [[ $(figure part.json '$.end') == spent ]] || break
done
"$WINNOW" -q harvest "${fast[@]}" --store small.db >rest.txt || fail "the last portion exits with $?"
[[ ! -s rest.txt ]] || fail "the portions left something: $(cat rest.txt)"
dump old.db >old.txt
dump small.db >small.txt
diff -u old.txt small.txt >&2 || fail "portions and a whole differ"

# Killed, it has told nobody what it found: the next one does.
"$WINNOW" -q harvest --from "$BASE" --dialect wayback --cdx-rate 0 --replay-rate 240 --store killed.db >/dev/null 2>&1 &
victim=$!
for _ in $(seq 200); do
  [[ $(sqlite3 killed.db "SELECT count(*) > (SELECT count(*) FROM arrivals WHERE told) FROM v_versions" 2>/dev/null) == 1 ]] && break
  sleep 0.05
done
kill -KILL $victim || fail "the harvest to be killed had ended already: the test proves nothing"
wait $victim 2>/dev/null || true
"$WINNOW" -q harvest "${fast[@]}" --store killed.db >killed.txt || fail "a harvest after a killed one exits with $?"
diff -u news.txt killed.txt >&2 || fail "what a killed harvest found is never told"
expect 0 harvest "${fast[@]}" --store killed.db </dev/null

# Started twice: the second one leaves the work to the first.
"$WINNOW" -q harvest --from "$BASE" --dialect wayback --cdx-rate 0 --replay-rate 6 --store twice.db >/dev/null 2>&1 &
first=$!
for _ in $(seq 100); do
  [[ $(sqlite3 twice.db "SELECT count(*) FROM runs WHERE ended IS NULL") -gt 0 ]] && break
  sleep 0.05
done
expect 0 harvest --from "$BASE" --dialect wayback --cdx-rate 0 --replay-rate 6 --store twice.db </dev/null
kill -0 $first 2>/dev/null || fail "the first harvest had ended already: the test proves nothing"
kill -INT $first
wait $first || true

# A site that is new to the store gets its whole history; the others of the store are left alone.
printf '# two\nlanternpost.example\n' >seeds.txt
"$WINNOW" -q harvest @seeds.txt "${fast[@]}" --store fresh.db >fresh.out || fail "harvest of a new site exits with $?"
dump fresh.db >fresh.txt
diff -u whole.txt fresh.txt >&2 || fail "a new site's harvest is not its backfill"

finish
