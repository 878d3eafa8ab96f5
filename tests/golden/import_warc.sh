# winnow import of WARC files: captures without fetching.
source "$SUPPORT/golden.sh"

"$WINNOW" -q import "$DATA/demo/demo.warc.gz" >import.out 2>import.err || fail "import exits with $?: $(cat import.err)"
[[ ! -s import.out ]] || fail "stdout is not empty: $(cat import.out)"
sqlite3 winnow.db "SELECT DISTINCT archive FROM v_captures" >archives.txt
[[ $(cat archives.txt) == warc: ]] || fail "the archive is not that of WARC files: $(cat archives.txt)"
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

# The record names the file and the place in it.
"$WINNOW" -q show lanternpost.example --provenance >provenance.json || fail "show --provenance exits with $?"
grep -Eq '"source_warc": "demo\.warc\.gz:[0-9]+"' provenance.json || fail "the record lacks the file: $(cat provenance.json)"

# Again, under another name, unpacked, and from a cut file: the same captures, so nothing changes.
mkdir copy
cp "$DATA/demo/demo.warc.gz" copy/renamed.warc.gz
gzip -dc "$DATA/demo/demo.warc.gz" >copy/unpacked.warc
dump() { sqlite3 winnow.db .dump | grep -v -e 'INTO runs' -e "INTO seals VALUES('runs'" -e sqlite_sequence; }
dump >before.sql
for file in "$DATA/demo/demo.warc.gz" copy/renamed.warc.gz copy/unpacked.warc; do
  "$WINNOW" -q import "$file" || fail "importing $file as well exits with $?"
  dump >after.sql
  cmp before.sql after.sql || fail "importing $file as well changes the store"
done
"$WINNOW" import copy/*.warc* "$DATA/demo/demo.warc.gz" --store together.db 2>together.err || fail "import of copies exits with $?"
sqlite3 together.db "$query" | cmp - imported.txt || fail "three copies of a file in one import are not one"

# What was to be seen on a day: not every capture is a page.
page=http://lanternpost.example/privacy.html
"$WINNOW" show "$page@2014" >shown.md 2>shown.err || fail "show exits with $?"
grep -q 'archived on 2011-02-04' shown.md || fail "another version is shown: $(head -1 shown.md)"
grep -q 'the last capture up to 2014-12-31, of 2014-09-12, has status 301' shown.err || fail "the redirect is not told of: $(cat shown.err)"
"$WINNOW" show "$page@2012" 2>shown.err >shown.md || fail "show exits with $?"
[[ ! -s shown.err ]] || fail "there is nothing to tell of: $(cat shown.err)"

# One file that is none, or can't be read, is left out; the others come, and the run has an end.
mkdir mixed
cp "$DATA/demo/demo.warc.gz" mixed/good.warc.gz
echo 'a log' | gzip >mixed/a.log.gz
printf '\x1f\x8b' >mixed/bad.warc.gz
code=0
"$WINNOW" import mixed --store mixed.db 2>mixed.err || code=$?
[[ $code -eq 3 ]] || fail "a folder with a bad file: exit code $code, wanted 3: $(cat mixed.err)"
grep -q 'bad.warc.gz' mixed.err || fail "the bad file is not named: $(cat mixed.err)"
grep -q '1 other file passed over' mixed.err || fail "another file is not passed over: $(cat mixed.err)"
sqlite3 mixed.db "$query" | cmp - imported.txt || fail "a bad file keeps the others from being imported"
[[ $(sqlite3 mixed.db 'SELECT count(*) FROM runs WHERE ended IS NULL') -eq 0 ]] || fail "the run has no end"

mkdir cut
head -c $(($(stat -c %s "$DATA/demo/demo.warc.gz") - 100)) "$DATA/demo/demo.warc.gz" >cut/demo.warc.gz
code=0
"$WINNOW" import cut/demo.warc.gz 2>cut.err || code=$?
[[ $code -eq 3 ]] || fail "a cut file: exit code $code, wanted 3"
grep -q 'left out' cut.err || fail "the cut is not named: $(cat cut.err)"
expect_error 3 'left out' import cut/demo.warc.gz --store cut.db

finish
