# winnow verify: what is damaged, and what it touches.
source "$SUPPORT/golden.sh"

start_replay "$DATA/demo/demo.warc.gz"
harvest() { "$WINNOW" -q backfill lanternpost.example --from "$BASE" --cdx-rate 0 --replay-rate 0 --captures all >/dev/null; }
harvest || fail "backfill exits with $?"
"$WINNOW" -q verify >sound.out 2>sound.err || fail "verify exits with $?: $(cat sound.out sound.err)"
grep -Eqx '[0-9]+ bodies, [0-9]+ texts, [0-9]+ captures, [0-9]+ versions?: sound' sound.out || fail "sound: $(cat sound.out)"
[[ ! -s sound.err ]] || fail "stderr is not empty: $(cat sound.err)"
sqlite3 winnow.db "SELECT * FROM v_versions" >versions.txt
cp winnow.db whole.db

# One body's bytes are others.
sqlite3 winnow.db "UPDATE bodies SET content = zeroblob(40) WHERE id = (SELECT min(body_id) FROM captures WHERE state = 2)"
sha256=$(sqlite3 winnow.db "SELECT lower(hex(sha256)) FROM bodies WHERE length(content) = 40 AND content = zeroblob(40)")
code=0
"$WINNOW" -q verify >damaged.out 2>damaged.err || code=$?
[[ $code -eq 1 ]] || fail "damaged: exit code $code"
grep -q "^body $sha256: " damaged.out || fail "the body is not named: $(cat damaged.out)"
grep -Eq '^  touches https?://[^ ]+ [0-9]{14}' damaged.out || fail "what it touches is not named: $(cat damaged.out)"
grep -Eq ': [0-9]+ damages?$' damaged.out || fail "no sum: $(cat damaged.out)"
"$WINNOW" -q verify --json >damaged.json || true
grep -q '"sound": false' damaged.json || fail "--json: $(head -3 damaged.json)"

# It is given up aloud, and fetched again by the next run.
code=0
"$WINNOW" -q verify --repair >repair.out 2>repair.err || code=$?
[[ $code -eq 3 ]] || fail "repair: exit code $code, wanted 3: $(cat repair.out repair.err)"
grep -q 'given up ' repair.out || fail "repair does not tell: $(cat repair.out)"
grep -Eq ': sound$' repair.out || fail "it is not sound after the repair: $(cat repair.out)"
"$WINNOW" -q ledger --reason damaged >ledger.out || fail "ledger exits with $?"
grep -q damaged ledger.out || fail "the ledger lacks it: $(cat ledger.out)"
harvest || fail "backfill after the repair exits with $?"
"$WINNOW" -q verify >again.out || fail "after the next run: $(cat again.out)"
[[ $(sqlite3 winnow.db "SELECT count(*) FROM v_ledger WHERE reason = 'damaged'") == 0 ]] || fail "the body was not fetched again"
sqlite3 winnow.db "SELECT * FROM v_versions" | cmp - versions.txt || fail "the versions are others than before"

# A byte of a record, somewhere in the file; a file that was cut; no store at all.
at=$(grep -abo 'fetched_at' whole.db | sed -n 1p | cut -d: -f1)
cp whole.db flipped.db
printf 'F' | dd of=flipped.db bs=1 seek="$at" conv=notrunc status=none
code=0
"$WINNOW" -q verify --store flipped.db >flipped.out || code=$?
[[ $code -eq 1 ]] || fail "a flipped byte: exit code $code: $(cat flipped.out)"
grep -q '^rows provenance: one of the rows ' flipped.out || fail "a flipped byte is not named: $(cat flipped.out)"
head -c 60000 whole.db >cut.db
code=0
"$WINNOW" -q verify --store cut.db >cut.out 2>cut.err || code=$?
[[ $code -eq 1 ]] || fail "a cut file: exit code $code: $(cat cut.out cut.err)"
expect_error 1 'is no winnow store' verify --store "$DATA/demo/demo.warc.gz"
# A pipe is not waited for.
mkfifo pipe.db
expect_error 1 'pipe.db is no file, but a pipe' verify --store pipe.db
expect_error 1 'pipe.db is no file, but a pipe' harvest --store pipe.db
finish
