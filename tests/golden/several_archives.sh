# One harvest from several archives, whose dialects are found out by asking.
source "$SUPPORT/golden.sh"

start_replay "$DATA/demo/demo.warc.gz"
first=$BASE
start_replay "$DATA/demo/demo.warc.gz"
second=$BASE
fast=(--cdx-rate 60000 --replay-rate 60000)
page=https://lanternpost.example/legal/privacy

# Both list the page; what the first has brought is not fetched again from the second, whose captures are held by digest.
"$WINNOW" -q backfill $page --from "$first" --from "$second" "${fast[@]}" --json >report.json 2>report.err ||
  fail "backfill exits with $?: $(cat report.err)"
[[ ! -s report.err ]] || fail "stderr is not empty: $(cat report.err)"
captures() { sqlite3 winnow.db "SELECT count(*) FROM v_captures WHERE archive = '$1' AND urlkey LIKE '%)/legal/privacy' $2"; }
[[ $(captures "$first" "") -gt 0 ]] || fail "the first archive's captures are missing"
[[ $(captures "$first" "") == "$(captures "$second" "")" ]] || fail "the archives' captures differ in number"
[[ $(captures "$second" "AND state = 'held' AND digest IS NOT NULL") == 0 ]] ||
  fail "what the first archive brought was asked of the second"
grep -q '"archive": "127.0.0.1:' report.json || fail "the report does not tell the archives apart"

# Captures of both stand in time order.
"$WINNOW" log $page >log.out 2>&1 || fail "log exits with $?"
grep -q '3 versions' log.out || fail "log: $(cat log.out)"

# What was found out is remembered: the next run asks one question less of each.
grep -q '"cdx": 4' report.json || fail "the first run did not ask for both dialects"
"$WINNOW" -q backfill $page --from "$first" --from "$second" "${fast[@]}" --json >again.json || fail "again: $?"
grep -q '"cdx": 2' again.json || fail "the second run asked for the dialects again"
grep -q '"replay": 0' again.json || fail "the second run fetched captures"

# The plan tells each archive's part.
"$WINNOW" -q backfill $page --from "$first" --from "$second" "${fast[@]}" --dry-run >plan.out || fail "plan: $?"
[[ $(grep -c "^$page from 127.0.0.1:" plan.out) == 2 ]] || fail "plan: $(cat plan.out)"

# The same archive by TimeMap and TimeGate: single pages only.
"$WINNOW" -q backfill $page --from "$first/web" --dialect memento "${fast[@]}" --store memento.db >/dev/null ||
  fail "memento: $?"
sqlite3 winnow.db "SELECT timestamp, sha1 FROM v_captures WHERE archive = '$first' AND state = 'held' AND original LIKE '%/legal/privacy'" |
  sort >by-cdx.txt
sqlite3 memento.db "SELECT timestamp, sha1 FROM v_captures WHERE state = 'held' AND original LIKE '%/legal/privacy'" | sort >by-timemap.txt
[[ -s by-timemap.txt ]] || fail "memento: nothing is held"
expect_error 2 'give URLs' backfill lanternpost.example --from "$first/web" --dialect memento "${fast[@]}"

# One archive that is away does not keep the other from being asked.
code=0
"$WINNOW" -q backfill $page --from http://127.0.0.1:9 --from "$second" "${fast[@]}" --store away.db --json >away.json 2>away.err || code=$?
[[ $code -eq 1 ]] || fail "an archive away: exit code $code"
grep -q '127.0.0.1:9: cannot connect' away.err || fail "the archive that is away is not named: $(cat away.err)"
[[ $(sqlite3 away.db "SELECT count(*) FROM v_captures WHERE state = 'held'") -gt 0 ]] || fail "the other archive was not asked"

# A server that is no archive.
expect_error 2 'tell with --dialect' backfill $page --from "$first/nothing/here" "${fast[@]}"

finish
