# Nothing lost, everything said: what could not be had, the gaps it leaves, and what a run and a plan report.
source "$SUPPORT/golden.sh"

start_replay "$DATA/demo/demo.warc.gz"
start_faults
pages=(lanternpost.example/privacy.html lanternpost.example/legal/privacy lanternpost.example/de/datenschutz)
options=(--from "$BASE" --captures all --cdx-rate 0 --replay-rate 0)

# expect_json FILE SQL WANTED: of the document j in the file.
expect_json() {
  local got
  got=$(sqlite3 :memory: "SELECT $2 FROM (SELECT CAST(readfile('$1') AS TEXT) AS j)")
  [[ $got == "$3" ]] || fail "$1: $2: got '$got', wanted '$3'"
}
json_value() {
  sqlite3 :memory: "SELECT CAST(readfile('$1') AS TEXT) ->> '$2'"
}
# as_list FILE: its JSON lines become one list.
as_list() {
  echo "[$(paste -sd, "$1")]" >"$1.list"
  mv "$1.list" "$1"
}
run() {
  local wanted=$1 got=0
  shift
  "$WINNOW" -q "$@" 2>run.err || got=$?
  [[ $got -eq $wanted ]] || fail "winnow $*: exit code $got, wanted $wanted: $(cat run.err)"
}

# A capture that ends too early, and an index that is none.
cat >rules <<'RULES'
url=lanternpost.example%2Fde%2Fdatenschutz& html
web/20190707070707id_/ cut
RULES
run 3 backfill "${pages[@]}" "${options[@]}" --json >report.json
expect_json report.json "j->>'end'" done
expect_json report.json "j->>'$.captures.asked', j->>'$.captures.held', j->>'$.captures.missing'" '14|13|1'
expect_json report.json "j->'ledger'" '{"bad-index":1,"truncated":1}'
versions=$(sqlite3 winnow.db 'SELECT count(*) FROM v_versions')
expect_json report.json "j->>'versions'" "$versions"
expect_json report.json "j->>'$.requests.bytes' > 1000 AND j->>'$.requests.cdx' >= 3 AND j->>'$.requests.waited_seconds' > 0" 1
[[ $(sqlite3 winnow.db "SELECT json_extract(report, '\$.versions') FROM runs") == "$versions" ]] || fail 'the store keeps another report'

# Held, or on the ledger: nothing in between.
[[ -z $(sqlite3 winnow.db "SELECT timestamp FROM v_captures WHERE (state = 'missing') <> (timestamp IN
  (SELECT timestamp FROM v_ledger WHERE timestamp IS NOT NULL)) OR state = 'pending'") ]] || fail 'captures are lost'

# The entries, with what was answered.
run 0 ledger >entries.txt
grep -q '^truncated  *next-run  *1  *0 ' entries.txt || fail "no count of truncated: $(cat entries.txt)"
grep -q '^20190707070707 https://lanternpost.example/legal/privacy$' entries.txt || fail "no entry: $(cat entries.txt)"
grep -q '^index of lanternpost.example/de/datenschutz$' entries.txt || fail "no target: $(cat entries.txt)"
run 0 ledger --json >entries.json
as_list entries.json
expect_json entries.json "json_array_length(j), j->>'\$[0].reason', j->>'\$[0].site', j->>'\$[1].reason', j->>'\$[1].site'" \
  '2|bad-index|lanternpost.example|truncated|lanternpost.example'
expect_json entries.json "j->>'\$[0].body_start', j->>'\$[0].status', j->>'\$[0].timestamp' IS NULL" '<html><title>Hello</title><p>A page.</html>\n|200|1'
expect_json entries.json "substr(j->>'\$[1].body_start', 1, 9), instr(j->>'\$[1].headers', '[\"Memento-Datetime\",\"Sun, 07 Jul 2019 07:07:07 GMT\"]') > 0" '<!doctype|1'
run 0 ledger lanternpost.example/legal/privacy --json >page.json
expect_json page.json "j->>'reason'" truncated
run 0 ledger lanternpost.example --reason bad-index --json >target.json
expect_json target.json "j->>'target'" lanternpost.example/de/datenschutz
run 0 ledger --retry later >later.txt
diff <(echo 'nothing on the ledger') later.txt >&2 || fail 'entries of another retry rule are shown'
run 0 ledger --counts --json >counts.json
expect_json counts.json "j->>'entries', j->'$.counts[1]'" '2|{"reason":"truncated","retry":"next-run","captures":1,"targets":0}'
run 0 ledger --limit 1 >one.txt
grep -q '^\.\.\. and 1 more entry; --limit 0 shows all$' one.txt || fail "the list is not bounded: $(cat one.txt)"
expect_error 1 'nothing of nosuch.example' ledger nosuch.example
expect_error 2 'foo not in {' ledger --reason foo
expect_error 2 'not in range 0 to 1000000000' ledger --limit -1
expect_error 2 'write 90d, 6mo or 1y' ledger --gaps --longer-than soon

# Gaps: "no data" is told from "no change", and never archived from not to be had.
run 0 ledger lanternpost.example/legal/privacy --gaps --longer-than 1y --json >gaps.json
as_list gaps.json
expect_json gaps.json "(SELECT group_concat(value->>'gap') FROM json_each(j))" before-first,between,between,between,between,after-last
expect_json gaps.json "(SELECT group_concat(value->'why') FROM json_each(j) WHERE value->>'captures' > 0)" '[{"why":"ledger","captures":1,"reason":"truncated"}]'
expect_json gaps.json "(SELECT min(value->>'index_read') FROM json_each(j)), j->>'\$[0].from' IS NULL, j->>'\$[0].to'" '1|1|20140912111214'
run 0 ledger --gaps --longer-than 900d >gaps.txt
grep -q '^  between       2018-05-25 to 2021-03-02, 1012 days   1 on the ledger (truncated)$' gaps.txt || fail "gaps: $(cat gaps.txt)"
grep -q '^  after-last .* 1 with status 301, 1 with status 404$' gaps.txt || fail "gaps: $(cat gaps.txt)"

# A plan says what is there already, asks for no capture and changes nothing.
: >rules
sum=$(sha256sum winnow.db | cut -c1-64)
run 0 backfill "${pages[@]}" "${options[@]}" --dry-run --json >plan.json
[[ $(sha256sum winnow.db | cut -c1-64) == "$sum" ]] || fail 'a dry run changed the store'
expect_json plan.json "(SELECT group_concat(concat) FROM (SELECT (value->>'captures') || ' ' || (value->>'held') || ' ' || (value->>'wanted') AS concat FROM json_each(j, '$.targets') LIMIT 2))" '8 8 0,6 5 1'
expect_json plan.json "j->>'$.requests.replay' = (SELECT sum(value->>'wanted') FROM json_each(j, '$.targets')) AND j->>'bytes' > 0" 1
run 0 backfill "${pages[@]}" --from "$BASE" --captures all --cdx-rate 0 --replay-rate 1 --store none.db --dry-run --json >slow.json
expect_json slow.json "j->>'$.targets[0].held', round((j->>'$.minutes.replay') / ((j->>'$.requests.replay') - 1), 1)" '0|1.0'
[[ ! -e none.db ]] || fail 'a dry run made a store'

# The next run mends the ledger and counts what is new; the one after has nothing to do.
run 0 backfill "${pages[@]}" "${options[@]}" --json >second.json
expect_json second.json "j->'ledger', j->>'$.captures.missing', j->>'versions'" "{}|0|$(($(sqlite3 winnow.db 'SELECT count(*) FROM v_versions') - versions))"
run 0 ledger >empty.txt
diff <(echo 'nothing on the ledger') empty.txt >&2 || fail 'an entry stays although its capture is held'
run 0 backfill "${pages[@]}" "${options[@]}" --json >third.json
expect_json third.json "j->>'versions', j->>'$.requests.replay', j->>'$.captures.asked'" '0|0|0'

# Stopped by SIGTERM it ends in order: its report says so, and the next run goes on.
"$WINNOW" -q backfill "${pages[@]}" --from "$BASE" --captures all --cdx-rate 0 --replay-rate 120 --store stopped.db --json \
  >stopped.json 2>stopped.err &
victim=$!
for _ in $(seq 100); do
  [[ -f stopped.db && $(sqlite3 stopped.db "SELECT count(*) FROM v_captures WHERE state = 'held'" 2>/dev/null) -gt 0 ]] && break
  sleep 0.1
done
kill -TERM $victim
code=0
wait $victim || code=$?
[[ $code -eq 1 ]] || fail "a stopped run exits with $code, wanted 1"
expect_json stopped.json "j->>'end', (j->>'$.captures.asked') + (j->>'$.captures.left') >= 14, j->'ledger'" 'interrupted|1|{}'
run 0 backfill "${pages[@]}" "${options[@]}" --store stopped.db --json >resumed.json
expect_json resumed.json "(j->>'$.captures.already_held') = $(json_value stopped.json '$.captures.held'), j->>'$.captures.left'" '1|0'
[[ $(sqlite3 stopped.db 'SELECT count(*) FROM v_versions') -eq $(sqlite3 winnow.db 'SELECT count(*) FROM v_versions') ]] ||
  fail 'a stopped and resumed run found other versions'

# The digest check is part of the record.
run 0 show lanternpost.example/legal/privacy --provenance >record.json
expect_json record.json "j->>'$.provenance.digest_check' IN ('match-as-stored', 'match-decoded')" 1

finish
