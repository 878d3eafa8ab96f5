# --captures changes and every:PERIOD, told exactly: what is fetched, what is left unread, and what later runs add.
source "$SUPPORT/golden.sh"

# record TIMESTAMP URL STATUS WORDS: each body is another, by its comment.
number=0
record() {
  local body head block
  number=$((number + 1))
  body="<!-- $number --><title>Policy</title><h1>Policy</h1><p>$4</p>"
  head="HTTP/1.1 $3\r\nContent-Type: text/html\r\n"
  [[ $3 == 301* ]] && head+="Location: https://moved.example/policy\r\n"
  block=$(printf '%b\r\n%s' "$head" "$body")
  printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: %s-%s-%sT00:00:00Z\r\nWARC-Target-URI: %s\r\n' \
    "${1:0:4}" "${1:4:2}" "${1:6:2}" "$2"
  printf 'Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n' "${#block}" "$block"
}

# A page that changes twice in 96 months, one that changes and changes back, and one that moved.
for month in $(seq 0 95); do
  date=$((2010 + month / 12))$(printf %02d $((month % 12 + 1)))15
  words="We keep your data for a year."
  [[ $month -ge 31 ]] && words="We keep your data for two years."
  [[ $month -ge 70 ]] && words="We sell your data."
  record "$date" https://shop.example/privacy "200 OK" "$words"
done >shop.warc
for month in $(seq 1 12); do
  words="We keep nothing."
  [[ $month -ge 5 && $month -le 7 ]] && words="We keep everything."
  record "2012$(printf %02d "$month")15" https://back.example/privacy "200 OK" "$words"
done >>shop.warc
for day in $(seq 10 30); do
  record "201301$day" https://moved.example/privacy "$([[ $day -le 12 ]] && echo 200 OK || echo 301 Moved)" "We moved."
done >>shop.warc
for day in 13 30; do
  record "201301$day" https://moved.example/policy "200 OK" "We moved here."
done >>shop.warc

start_replay shop.warc
fast=(--from "$BASE" --cdx-rate 0 --replay-rate 0)
replays() { grep -o '"replay": [0-9]*' "$1" | grep -o '[0-9]*'; }
wants() {  # COUNT STORE TARGET ARGS...: a run that asks for so many captures
  local count=$1 store=$2 target=$3
  shift 3
  "$WINNOW" -q backfill "$target" "${fast[@]}" --store "$store" --json "$@" >report.json 2>report.err ||
    fail "$* exits with $?: $(cat report.err)"
  [[ $(replays report.json) -eq $count ]] || fail "$target $*: $(replays report.json) captures were asked for, wanted $count"
}

# Bisection: each change is dated by two neighbours, for a sixth of the requests.
wants 15 winnow.db shop.example/privacy --captures changes
grep -q '"unread_between_same": 81' report.json || fail "the report does not count what is unread: $(cat report.json)"
expect 0 log shop.example/privacy <<'OUT'
https://shop.example/privacy  96 captures, 3 versions
  no  first seen  last seen   changed between           claims       words  change             captures
   1  2010-01-15  2012-07-15  -                         -                8  (not-found)        3 (28 unread)
   2  2012-08-15  2015-10-15  2012-07-15, 2012-08-15    -                8  -2 +2 (not-found)  8 (31 unread)
   3  2015-11-15  2017-12-15  2015-10-15, 2015-11-15    -                5  -4 +1 (not-found)  4 (22 unread)
OUT
"$WINNOW" backfill shop.example/privacy "${fast[@]}" --captures changes >again.out 2>/dev/null || fail "again exits with $?"
grep -q '^ *81 unread between two that say the same' again.out || fail "the report does not say what may be missed: $(cat again.out)"
wants 0 winnow.db shop.example/privacy --captures changes

# Finer selections go on from there and fetch nothing again.
wants 81 winnow.db shop.example/privacy --captures all
expect 0 log shop.example/privacy <<'OUT'
https://shop.example/privacy  96 captures, 3 versions
  no  first seen  last seen   changed between           claims       words  change             captures
   1  2010-01-15  2012-07-15  -                         -                8  (not-found)              31
   2  2012-08-15  2015-10-15  2012-07-15, 2012-08-15    -                8  -2 +2 (not-found)        39
   3  2015-11-15  2017-12-15  2015-10-15, 2015-11-15    -                5  -4 +1 (not-found)        26
OUT
wants 0 winnow.db shop.example/privacy --captures changes

# What changed and changed back between two that say the same is not seen, and said; a grid may see it.
wants 2 back.db back.example/privacy --captures changes
grep -q '"unread_between_same": 10' report.json || fail "a hidden change is not counted as unread"
expect 0 log back.example/privacy --store back.db <<'OUT'
https://back.example/privacy  12 captures, 1 version
  no  first seen  last seen   changed between           claims       words  change       captures
   1  2012-01-15  2012-12-15  -                         -                4  (not-found)  2 (10 unread)
OUT
wants 6 back.db back.example/privacy --captures changes,every:3mo
expect 0 log back.example/privacy --store back.db <<'OUT'
https://back.example/privacy  12 captures, 3 versions
  no  first seen  last seen   changed between           claims       words  change                   captures
   1  2012-01-15  2012-04-15  -                         -                4  (not-found)              3 (1 unread)
   2  2012-05-15  2012-07-15  2012-04-15, 2012-05-15    -                4  -1 +1 (not-found)        2 (1 unread)
   3  2012-08-15  2012-12-15  2012-07-15, 2012-08-15    -                4  -1 +1, as 1 (not-found)  3 (2 unread)
OUT

# Periods lie at fixed points of the calendar: the same captures whatever was fetched before.
wants 16 grid.db shop.example/privacy --captures every:6mo
wants 0 grid.db shop.example/privacy --captures every:6mo
[[ $(sqlite3 grid.db "SELECT group_concat(DISTINCT substr(timestamp, 5, 4)) FROM v_captures WHERE state = 'held'") == 0415,1015 ]] ||
  fail "a half-year's capture is not the one nearest to its middle"

# A page that moved: its first and last redirect tell where to, not each of them.
wants 6 moved.db moved.example/privacy --captures changes

# The plan is a range, since it depends on what the captures say.
"$WINNOW" -q backfill shop.example/privacy "${fast[@]}" --store none.db --captures changes --dry-run >plan.out || fail "a plan exits with $?"
grep -qF 'shop.example/privacy: 96 captures of 1 page, 2 to 96 to fetch' plan.out || fail "the plan is no range: $(cat plan.out)"
"$WINNOW" -q backfill shop.example/privacy "${fast[@]}" --store none.db --captures every:6mo --dry-run >plan.out || fail "a plan exits with $?"
grep -qF 'shop.example/privacy: 96 captures of 1 page, 16 to fetch' plan.out || fail "a grid's plan is not exact: $(cat plan.out)"

"$WINNOW" -q backfill back.example/privacy "${fast[@]}" --store back.db --captures changes --dry-run >plan.out || fail "a plan exits with $?"
grep -qF 'back.example/privacy: 12 captures of 1 page, 0 to 4 to fetch, 8 held' plan.out || fail "a plan counts what is held: $(cat plan.out)"

# Killed at whatever moment, the next run ends with the same captures.
dump() { sqlite3 "$1" "SELECT urlkey, timestamp, state, version FROM v_captures ORDER BY 1, 2"; }
printf '%s\n' shop.example/privacy back.example/privacy moved.example/privacy >targets
wants 23 whole.db @targets --captures changes
for delay in 0.02 0.05 0.1 0.15 0.2 0.3; do
  "$WINNOW" -q backfill @targets --from "$BASE" --cdx-rate 0 --replay-rate 600 --captures changes --store killed.db >/dev/null 2>&1 &
  victim=$!
  sleep $delay
  kill -KILL $victim 2>/dev/null || true
  wait $victim 2>/dev/null || true
done
"$WINNOW" -q backfill @targets "${fast[@]}" --captures changes --store killed.db || fail "the last run exits with $?"
diff -u <(dump whole.db) <(dump killed.db) >&2 || fail "a killed and completed bisection differs from one that ran through"

# Two processes on one store share the work.
"$WINNOW" -q backfill @targets "${fast[@]}" --captures changes --store shared.db >/dev/null 2>&1 &
other=$!
"$WINNOW" -q backfill @targets "${fast[@]}" --captures changes --store shared.db >/dev/null 2>&1 || true
wait $other || true
"$WINNOW" -q backfill @targets "${fast[@]}" --captures changes --store shared.db || fail "after two processes: exit $?"
diff -u <(dump whole.db) <(dump shared.db) >&2 || fail "two processes bisect otherwise than one"

for wrong in every:6m every:0d changes,unique some; do
  expect_error 2 "--captures $wrong: write unique, all, changes, every:PERIOD" backfill shop.example "${fast[@]}" --captures $wrong
done

finish
