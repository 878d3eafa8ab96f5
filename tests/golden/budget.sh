# The request budget of an archive: one for all processes and runs, kept in $XDG_STATE_HOME/winnow/budgets.
source "$SUPPORT/golden.sh"

start_replay "$DATA/demo/demo.warc.gz"
replay_pid=$server_pid
budget=state/winnow/budgets/127.0.0.1:$PORT.json
page=lanternpost.example/legal/privacy
backfill=(backfill "$page" --from "$BASE" --captures all)
# run WANTED-CODE ARGS...: stderr in run.err
run() {
  local wanted=$1 got=0
  shift
  "$WINNOW" "$@" >run.out 2>run.err || got=$?
  [[ $got -eq $wanted ]] || fail "winnow $*: exit code $got, wanted $wanted: $(cat run.err)"
}

# Without a limit nothing is kept; with one, it is.
run 0 "${backfill[@]}" --cdx-rate 0 --replay-rate 0
[[ ! -e state ]] || fail "a run without limits left something in the state folder"
run 0 "${backfill[@]}" --cdx-rate 600 --replay-rate 600 --store limited.db
[[ $(wc -l <"$budget") -eq 1 ]] || fail "no budget was kept: $(ls -R state)"
captures=$(sqlite3 limited.db "SELECT count(*) FROM v_captures")

# Three processes at once are as slow as one that does all.
started=$(date +%s%N)
for i in 1 2 3; do
  "$WINNOW" -q "${backfill[@]}" --cdx-rate 0 --replay-rate 300 --store "three$i.db" >/dev/null &
  pids[i]=$!
done
for i in 1 2 3; do wait "${pids[i]}" || fail "process $i of three exits with $?"; done
took=$((($(date +%s%N) - started) / 1000000))
least=$(((3 * captures - 1) * 204))
[[ $took -ge $least ]] || fail "three processes at once needed $took ms for 3 times $captures captures, at least $least is their budget"

# A damaged state is begun anew, with one line.
echo garbage >"$budget"
run 0 "${backfill[@]}" --cdx-rate 6000 --replay-rate 6000 --store damaged.db
[[ $(grep -c 'begun anew' run.err) -eq 1 ]] || fail "a damaged budget: $(cat run.err)"
[[ $(head -c 2 "$budget") == '{"' ]] || fail "a damaged budget was not written anew"

# One that can't be kept is an error before anything is sent.
: >file
XDG_STATE_HOME=$PWD/file expect_error 1 'set XDG_STATE_HOME to a folder' "${backfill[@]}" --store unkept.db
XDG_STATE_HOME='' HOME='' expect_error 1 'set XDG_STATE_HOME' "${backfill[@]}" --store unkept.db

# A 429 without end, for another process too: the second asks for nothing.
start_faults
backfill=(backfill "$page" --from "$BASE" --captures all --cdx-rate 0 --replay-rate 0)
budget=state/winnow/budgets/127.0.0.1:$PORT.json
echo '/ 429 6900' >rules
expect_error 4 'Retry-After: 6900. Wait until 20' "${backfill[@]}" --store long.db
asked=$(wc -l <"$server_out")
expect_error 4 '(1 h 5' "${backfill[@]}" --store other.db
expect_error 4 'Wait until 20' "${backfill[@]}" --dry-run
[[ $(wc -l <"$server_out") -eq $asked ]] || fail "a second process asked within another's Retry-After"
"$WINNOW" archives | grep "127.0.0.1:$PORT .* asked us to wait until 20" >/dev/null || fail "archives: $("$WINNOW" archives)"
rm "$budget"

# A 429, then refused: the firewall. Every process stops, until an hour has passed.
echo '/ quit' >rules
expect_error 4 'firewall. Wait until 20' "${backfill[@]}" --store refused.db
expect_error 4 'its firewall refused a connection, after 429s. Wait until 20' "${backfill[@]}" --store refused.db
grep -q '(59 min)\|(1 h 00 min)' actual.err || fail "a first refusal is not for an hour: $(cat actual.err)"
"$WINNOW" archives --json | grep -A 3 "\"127.0.0.1:$PORT\"" | tr -d ' \n' | grep -q '"state":"refused","until":"20[0-9]*","refusals":1' ||
  fail "archives --json: $("$WINNOW" archives --json)"

# After it one request tries. Refused again, it is two hours; answered, all is well.
an_hour_later() { sed -i -E 's/"refused_until":[0-9]+/"refused_until":1/; s/"paused_until":[0-9]+/"paused_until":1/' "$budget"; }
an_hour_later
expect_error 4 'Wait until 20' "${backfill[@]}" --store refused.db
grep -q '(1 h 59 min)\|(2 h 00 min)' actual.err || fail "a second refusal is not for two hours: $(cat actual.err)"
an_hour_later
"$WINNOW" archives | grep "127.0.0.1:$PORT .* the next request is a trial" >/dev/null || fail "archives: $("$WINNOW" archives)"
stop_server
kill "$replay_pid"
wait "$replay_pid" 2>/dev/null || true
start_replay --port "$PORT" "$DATA/demo/demo.warc.gz"
run 0 "${backfill[@]}" --store refused.db
grep -q '"refusing":false' "$budget" || fail "an answer did not close the circuit: $(cat "$budget")"
run 0 "${backfill[@]}" --store next.db

finish
