# What a backfill does when the archive or the disk fails: one clear line, the right exit code, and nothing lost, so that
# the same command completes the job later, with the store that an undisturbed run makes.
source "$SUPPORT/golden.sh"

start_replay "$DATA/demo/demo.warc.gz"
start_faults
options=(--from "$BASE" --dialect wayback --captures all --cdx-rate 0)
backfill=(backfill 'lanternpost.example/*' "${options[@]}" --replay-rate 0)
pages=(lanternpost.example/privacy.html lanternpost.example/legal/privacy lanternpost.example/de/datenschutz
  lanternpost.example/)
backfill_pages=(backfill "${pages[@]}" "${options[@]}" --replay-rate 0)

dump() {
  sqlite3 "$1" "SELECT archive, timestamp, original, statuscode, mimetype, state, sha1, size, version FROM v_captures ORDER BY 2, 3;
    SELECT urlkey, version, first_seen, last_seen, captures, words FROM v_versions ORDER BY 1, 2;"
}
# run WANTED-CODE ARGS...: stderr in run.err
run() {
  local wanted=$1 got=0
  shift
  "$WINNOW" -q "$@" >/dev/null 2>run.err || got=$?
  [[ $got -eq $wanted ]] || fail "winnow $*: exit code $got, wanted $wanted: $(cat run.err)"
}
# completes STORE STORY: the job's next run, before a good archive, makes the store that an undisturbed run makes.
completes() {
  run 0 "${backfill[@]}" --store "$1"
  dump "$1" >completed.txt
  diff -u once.txt completed.txt >&2 || fail "$2: the completed store differs from that of an undisturbed run"
}
# How many captures the archive was asked for so far.
archive_out=$server_out
fetched() {
  grep -c '^/web/' "$archive_out" || true
}
# The budget remembers what the archive said (budget.sh): an hour later, in a moment.
forget() {
  rm -rf state
}
expect_rows() {
  local rows
  rows=$(sqlite3 "$1" "$2")
  [[ $rows == "$3" ]] || fail "$1: $2: got '$rows', wanted '$3'"
}

run 0 "${backfill[@]}" --store once.db
dump once.db >once.txt
run 0 "${backfill_pages[@]}" --store once-pages.db
dump once-pages.db >once-pages.txt
total=$(sqlite3 once.db 'SELECT count(*) FROM v_captures')
[[ $total -gt 10 ]] || fail "only $total captures"

# 429 to everything, to the end of our patience.
echo '/ 429 1' >rules
expect_error 4 'the archive refuses us' "${backfill[@]}" --store limited.db
expect_rows limited.db "SELECT target, reason, retry FROM ledger" 'lanternpost.example/|rate-limited|next-run'
: >rules
completes limited.db '429 to everything'
expect_rows limited.db 'SELECT count(*) FROM ledger' 0

# The index answers, captures are limited for days: that says nothing of the captures, which stay in the frontier.
echo 'id_/ 429 172800' >rules
expect_error 4 'Retry-After: 172800' "${backfill[@]}" --store closed.db
expect_rows closed.db "SELECT DISTINCT state FROM v_captures" pending
expect_rows closed.db 'SELECT count(*) FROM ledger' 0
: >rules
forget
completes closed.db '429 to captures'

# An index that is no index, none, half of one; captures whose bytes end too early or never come.
cat >rules <<'RULES'
url=lanternpost.example%2Flegal%2Fprivacy& html
url=lanternpost.example%2Fde%2Fdatenschutz& cut
url=lanternpost.example%2F& empty
web/20080602101112id_/ cut
web/20090115093000id_/ hang-up
RULES
run 3 "${backfill_pages[@]}" --store faults.db
expect_rows faults.db "SELECT coalesce(target, timestamp), reason, retry FROM ledger LEFT JOIN captures ON captures.id = capture_id ORDER BY 1" \
  '20080602101112|truncated|next-run
20090115093000|transport-error|next-run
lanternpost.example/|not-archived|later
lanternpost.example/de/datenschutz|truncated|next-run
lanternpost.example/legal/privacy|bad-index|next-run'
: >rules
run 0 "${backfill_pages[@]}" --store faults.db
dump faults.db >faults.txt
diff -u once-pages.txt faults.txt >&2 || fail 'faults of the wire: the completed store differs from that of an undisturbed run'
expect_rows faults.db 'SELECT count(*) FROM ledger' 0

# A homepage that can't be read: what only it links to may be missing, so the site is looked through again.
echo 'web/20040312081502id_/ hang-up' >rules
site=(backfill lanternpost.example "${options[@]}" --replay-rate 0 --store looked.db)
code=0
"$WINNOW" "${site[@]}" >/dev/null 2>run.err || code=$?
[[ $code -eq 3 ]] || fail "a site that could not be looked through: exit code $code, wanted 3: $(cat run.err)"
grep -q 'no capture of the homepage could be read' run.err || fail "it is not said that the homepage was not read: $(cat run.err)"
expect_rows looked.db 'SELECT count(*) FROM discoveries' 0
: >rules
run 0 "${site[@]}"
expect_rows looked.db 'SELECT count(*) FROM discoveries' 1

# Captures that the index calls pages and that are redirects to themselves: the loop that they are, with its hop, and no
# soft 404. The site's other pages are as on any day.
cat >rules <<'RULES'
id_/http://www.lanternpost.example/privacy.html loop
id_/http://lanternpost.example/privacy.html loop
RULES
run 3 backfill lanternpost.example "${options[@]}" --replay-rate 0 --store loops.db
expect_rows loops.db "SELECT DISTINCT urlkey, reason, status, retry FROM v_ledger" 'example,lanternpost)/privacy.html|redirect-loop|302|later'
[[ $(sqlite3 loops.db "SELECT count(*) FROM v_ledger WHERE detail LIKE 'archived is a redirect to itself, http%/privacy.html'") -ge 3 ]] ||
  fail "loops: $(sqlite3 loops.db 'SELECT * FROM v_ledger')"
expect_rows loops.db "SELECT DISTINCT json_array_length(hops), hops ->> '\$[0].kind' FROM ledger" '1|archived'
[[ $(sqlite3 loops.db "SELECT count(*) FROM v_versions WHERE urlkey = 'example,lanternpost)/legal/privacy'") -ge 2 ]] ||
  fail "loops: the other pages: $(sqlite3 loops.db 'SELECT urlkey, version FROM v_versions')"
: >rules

# The disk fills up, sooner or later: `ulimit -f` lets no file grow past so many KiB.
slow=(backfill 'lanternpost.example/*' "${options[@]}" --replay-rate 1200) # several transactions
stopped=0 midway=0
for limit in 0 4 200 400 450 500 550 600 650 700 800; do
  rm -f full.db*
  got=0
  said=$(ulimit -f $limit && "$WINNOW" -q "${slow[@]}" --store full.db 2>&1 >/dev/null) || got=$?
  [[ $got -ne 0 ]] || break
  stopped=$((stopped + 1))
  story="files of $limit KiB at most"
  [[ $got -eq 1 ]] || fail "$story: exit code $got: $said"
  [[ $(wc -l <<<"$said") -eq 1 && $said == *"full.db"*"disk"* ]] || fail "$story: $said"
  # The file may still be empty.
  held=$(sqlite3 full.db "SELECT count(*) FROM v_captures WHERE state = 'held'" 2>/dev/null) || held=0
  [[ $held -eq 0 || $held -eq $total ]] || midway=$((midway + 1))
  before=$(fetched)
  completes full.db "$story"
  [[ $(($(fetched) - before)) -eq $((total - held)) ]] || fail "$story: with $held of $total held, $(($(fetched) - before)) were fetched"
done
[[ $stopped -ge 3 && $midway -ge 1 ]] || fail "the disk was full $stopped times, $midway of them after some captures"

# What can't be a store.
mkdir folder.db
expect_error 1 'folder.db is a folder' "${backfill[@]}" --store folder.db
expect_error 1 'folder.db is a folder' log lanternpost.example --store folder.db
echo 'This is no database, but a text that is longer than the header of one.' >text.db
expect_error 1 'text.db is no winnow store' "${backfill[@]}" --store text.db
sqlite3 other.db 'CREATE TABLE t(x)'
expect_error 1 'other.db is a SQLite database, but no winnow store' "${backfill[@]}" --store other.db
expect_rows other.db 'SELECT count(*) FROM sqlite_schema' 1

# A store that may not be written. Root may write everywhere unless it is denied that.
as_user=()
[[ $(id -u) -ne 0 ]] || as_user=(setpriv --bounding-set=-dac_override --inh-caps=-all --)
cp once.db readonly.db
chmod 444 readonly.db
got=0
"${as_user[@]}" "$WINNOW" -q "${backfill[@]}" --store readonly.db >readonly.out 2>readonly.err || got=$?
[[ $got -eq 1 ]] || fail "a read-only store: exit code $got: $(cat readonly.err)"
[[ $(wc -l <readonly.err) -eq 1 ]] && grep -q 'readonly.db can.t be written' readonly.err ||
  fail "a read-only store: $(cat readonly.err)"

# Limited, then refused: the firewall.
echo '/ quit' >rules
expect_error 4 'the archive refuses us' "${backfill[@]}" --store refused.db
forget
# Nobody there at all.
expect_error 1 'the archive cannot be reached' "${backfill[@]}" --store nobody.db
stop_server
start_replay --port "$PORT" "$DATA/demo/demo.warc.gz"
completes refused.db 'refused after a 429'
completes nobody.db 'nobody there'

finish
