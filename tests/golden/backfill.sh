# The main job on the demo's archive: a site's history, stopped and killed on the way, told exactly.
source "$SUPPORT/golden.sh"

start_replay "$DATA/demo/demo.warc.gz"
fast=(--from "$BASE" --cdx-rate 0 --replay-rate 0)

# The whole job; figures that depend on time are not golden.
"$WINNOW" -q backfill lanternpost.example "${fast[@]}" --captures all >report.out 2>report.err || fail "backfill exits with $?"
[[ ! -s report.err ]] || fail "stderr is not empty: $(cat report.err)"
dump() {
  sqlite3 "$1" "SELECT timestamp, original, statuscode, mimetype, state, sha1, size, version FROM v_captures ORDER BY 1, 2;
    SELECT urlkey, version, first_seen, last_seen, captures, words FROM v_versions ORDER BY 1, 2;"
}
dump winnow.db >once.txt

# Nothing is fetched twice.
"$WINNOW" -q backfill lanternpost.example "${fast[@]}" --captures all --json >again.json || fail "second run exits with $?"
grep -q '"replay": 0' again.json || fail "the second run of a finished job fetched captures"

# Killed at whatever moment, the next run completes the job.
"$WINNOW" -q backfill lanternpost.example "${fast[@]}" --store unique.db || fail "unique exits with $?"
dump unique.db >unique.txt
for captures in all unique; do
  for delay in 0.02 0.05 0.1 0.15 0.2 0.3; do
    "$WINNOW" -q backfill lanternpost.example --from "$BASE" --cdx-rate 0 --replay-rate 3000 --captures $captures \
      --store killed-$captures.db >/dev/null 2>&1 &
    victim=$!
    sleep $delay
    kill -KILL $victim 2>/dev/null || true
    wait $victim 2>/dev/null || true
  done
  "$WINNOW" -q backfill lanternpost.example "${fast[@]}" --captures $captures --store killed-$captures.db ||
    fail "$captures: the last run exits with $?"
  dump killed-$captures.db >killed.txt
  diff -u "$([[ $captures == all ]] && echo once.txt || echo unique.txt)" killed.txt >&2 ||
    fail "$captures: a killed and completed job differs from one that ran through"
done

# Its pages, when they are named and need not be found.
pages=(lanternpost.example/privacy.html lanternpost.example/legal/privacy lanternpost.example/de/datenschutz)
"$WINNOW" -q backfill "${pages[@]}" "${fast[@]}" --captures all --store pages.db || fail "backfill of pages exits with $?"
dump pages.db >pages.txt

# Stopped in order, it says how to go on and keeps what it has.
"$WINNOW" backfill "${pages[@]}" --from "$BASE" --cdx-rate 0 --replay-rate 60 --captures all --store stopped.db \
  >/dev/null 2>stopped.err &
victim=$!
for _ in $(seq 100); do
  [[ -f stopped.db ]] && [[ $(sqlite3 stopped.db "SELECT count(*) FROM v_captures WHERE state = 'held'" 2>/dev/null) -gt 0 ]] && break
  sleep 0.1
done
kill -INT $victim
code=0
wait $victim || code=$?
[[ $code -eq 1 ]] || fail "a stopped run exits with $code, wanted 1"
grep -q 'run the same command again' stopped.err || fail "a stopped run does not say how to go on: $(cat stopped.err)"

# A second process on the same job does not fetch what the first has claimed, and says who has.
"$WINNOW" -q backfill "${pages[@]}" --from "$BASE" --cdx-rate 0 --replay-rate 60 --captures all --store shared.db \
  >/dev/null 2>&1 &
first=$!
for _ in $(seq 100); do
  [[ -f shared.db ]] && [[ $(sqlite3 shared.db "SELECT count(*) FROM v_captures WHERE state = 'held'" 2>/dev/null) -gt 0 ]] && break
  sleep 0.1
done
code=0
"$WINNOW" backfill "${pages[@]}" "${fast[@]}" --captures all --store shared.db >/dev/null 2>second.err || code=$?
[[ $code -eq 3 ]] || fail "a second process on the same job exits with $code, wanted 3"
grep -q "are being fetched by pid $first" second.err || fail "a second process does not say who holds the captures: $(cat second.err)"
kill -KILL $first
wait $first 2>/dev/null || true
"$WINNOW" -q backfill "${pages[@]}" "${fast[@]}" --captures all --store shared.db || fail "after the first died: exit $?"
dump shared.db >shared.txt
diff -u pages.txt shared.txt >&2 || fail "two processes, one of them killed, made another store than one"

# A site or a page that was never archived is a ledger entry.
for target in nothing.example nothing.example/privacy; do
  code=0
  "$WINNOW" -q backfill $target "${fast[@]}" --store none2.db 2>none.err || code=$?
  [[ $code -eq 3 ]] || fail "$target, never archived, exits with $code, wanted 3"
done
diff -u - <(sqlite3 none2.db "SELECT target, reason, retry FROM ledger ORDER BY 1") >&2 <<'OUT' || fail "what was never archived is not on the ledger"
nothing.example|no-policy|later
nothing.example/privacy|not-archived|later
OUT

# One of each digest; the others are inferred.
[[ $(sqlite3 unique.db "SELECT count(*) FROM v_captures WHERE state = 'inferred'") -gt 0 ]] || fail "nothing was inferred"
diff <(sqlite3 winnow.db "SELECT timestamp, original, sha1 FROM v_captures ORDER BY 1, 2") \
     <(sqlite3 unique.db "SELECT timestamp, original, sha1 FROM v_captures ORDER BY 1, 2") >&2 || fail "unique and all differ in bodies"

# Pages that are clearly something else are left out.
[[ -z $(sqlite3 winnow.db "SELECT original FROM v_captures WHERE original LIKE '%privacy.js'") ]] || fail "privacy.js was fetched"

# Plans, and what goes wrong.
"$WINNOW" -q backfill lanternpost.example --from "$BASE" --cdx-rate 0 --dry-run --store none.db >plan.out || fail "dry run exits with $?"
[[ ! -e none.db ]] || fail "a dry run wrote a store"
grep -q 'its pages are looked for first' plan.out || fail "a plan does not tell of the search: $(cat plan.out)"
"$WINNOW" -q backfill lanternpost.example --from "$BASE" --cdx-rate 0 --dry-run >plan.out || fail "dry run exits with $?"
grep -q 'looked for' plan.out && fail "a plan tells of a search that was made: $(cat plan.out)"

# The same page by two names is one.
"$WINNOW" -q backfill lanternpost.example/privacy.html http://www.lanternpost.example:80/privacy.html "${fast[@]}" --store two.db --json >two.json ||
  fail "a page by two names exits with $?"
[[ $(sqlite3 :memory: "SELECT CAST(readfile('two.json') AS TEXT) ->> '$.requests.cdx'") -eq 1 ]] || fail "a page by two names is asked for twice"
expect_error 1 'cannot be reached' backfill lanternpost.example --from http://127.0.0.1:9 --store other.db
expect_error 1 'cannot be reached' backfill lanternpost.example --from http://127.0.0.1:9 --dry-run
expect_error 1 'no-such-folder' backfill lanternpost.example "${fast[@]}" --store no-such-folder/winnow.db

finish
