# Versions as records: JSON lines and CSV, what is chosen, and the cursor from which an analyzer goes on.
source "$SUPPORT/golden.sh"

start_replay "$DATA/demo/demo.warc.gz"
fast=(--from "$BASE" --dialect wayback --cdx-rate 0 --replay-rate 0)
page=lanternpost.example/privacy.html
backfill() { "$WINNOW" -q backfill "$@" "${fast[@]}" >/dev/null || fail "backfill $* exits with $?"; }
records() { "$WINNOW" -q export jsonl - "$@"; }
ids() { sed -E 's/^\{"id":"([0-9a-f]{32})".*/\1/'; }
backfill lanternpost.example

# The same store gives the same bytes, on standard output and in a file.
records >once.jsonl
expect 0 export jsonl again.jsonl </dev/null
cmp once.jsonl again.jsonl || fail "two exports of one store differ"
[[ $(sqlite3 winnow.db 'SELECT count(*) FROM v_versions') -eq $(wc -l <once.jsonl) ]] || fail "not one line a version"
[[ $(ids <once.jsonl | sort -u | wc -l) -eq $(wc -l <once.jsonl) ]] || fail "ids are not each its own"

# CSV as sqlite3 reads it, says what the store's view says.
expect 0 export csv versions.csv --text </dev/null
sqlite3 check.db '.import --csv versions.csv csv'
columns='site, series, urlkey, version, first_seen, last_seen, captures, words, text_sha256, original'
sqlite3 check.db "SELECT $columns FROM csv ORDER BY 1, 2, 4 + 0" >csv.txt
sqlite3 winnow.db "SELECT $columns FROM v_versions ORDER BY 1, 2, 4" >view.txt
diff -u view.txt csv.txt >&2 || fail "CSV is not what the store has"
[[ $(sqlite3 check.db "SELECT count(*) FROM csv WHERE text = ''") -eq 0 ]] || fail "texts are missing"
records --captures >captures.jsonl
[[ $(sqlite3 winnow.db 'SELECT count(*) FROM v_captures WHERE version IS NOT NULL') -eq $(wc -l <captures.jsonl) ]] ||
  fail "not one line a capture"

# Each record is what the schema says, and every key of the schema is there.
schema="$DATA/../../docs/records.schema.json"
if /usr/bin/python3 -c 'import jsonschema' 2>/dev/null; then
  /usr/bin/python3 - "$schema" once.jsonl captures.jsonl <<'PYTHON' || fail "records are not what their schema says"
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for name in sys.argv[2:]:
    for line in open(name, encoding="utf-8"):
        record = json.loads(line)
        validator.validate(record)
        assert list(record) == list(schema["properties"]), set(record) ^ set(schema["properties"])
for spoilt in ({}, dict(record, words="3"), dict(record, id="x")):
    assert not validator.is_valid(spoilt), spoilt
PYTHON
else
  sqlite3 :memory: "SELECT count(*) FROM json_each(readfile('$schema'), '$.required')" >wanted.txt
  while IFS= read -r line; do
    printf '%s' "$line" >line.json
    sqlite3 :memory: "SELECT count(*) FROM json_each(readfile('line.json'))" | cmp -s - wanted.txt || fail "a record lacks keys"
  done <once.jsonl
fi

# What is chosen.
count() { records "$@" | wc -l; }
[[ $(count --site lanternpost.example --site LANTERNPOST.example) -eq $(wc -l <once.jsonl) ]] || fail "--site"
records --site lanternpost.exmple >out 2>err && fail "--site of a site that is not there is taken"
[[ ! -s out && $(wc -l <err) -eq 1 ]] || fail "--site of a site that is not there is not told in one line"
[[ $(count --until 2000) -eq 0 && $(count --since 2030) -gt 0 ]] || fail "--since, --until"
[[ $(count --language de) -gt 0 && $(count --language de) -lt $(count) && $(count --language xx) -eq 0 ]] || fail "--language"
[[ $(count --minor no) -le $(count) ]] || fail "--minor"
records --since 2016 --until 2016 | grep '"first_seen":"2014' >/dev/null || fail "the version in force is left out"
expect_error 2 '--until 2010 lies before --since 2011' export jsonl - --since 2011 --until 2010
expect_error 2 '--minor' export jsonl - --minor maybe

# Cursors: of this store, and no other; none is lost when no file is there yet.
expect_error 2 'no cursor of an export' export jsonl - --after soon
expect_error 1 "is another store's" export jsonl - --after 0123456789abcdef-1
id=$(sqlite3 winnow.db 'SELECT id FROM identity')
expect_error 1 'is ahead of the store' export jsonl - --after "$id-9999999"
echo x >broken.cursor
expect_error 2 'no cursor of an export' export jsonl - --cursor-file broken.cursor
"$WINNOW" export jsonl all.jsonl --cursor-file cursor 2>cursor.err || fail "export with a cursor file exits with $?"
cmp all.jsonl once.jsonl || fail "without a cursor not all is exported"
grep -qF "cursor $(cat cursor)" cursor.err || fail "the cursor is not said: $(cat cursor.err)"
[[ $(cat cursor) == "$id"-* ]] || fail "the cursor is not this store's: $(cat cursor)"
[[ $(count --after "$(cat cursor)") -eq 0 ]] || fail "there is something after the end"

# Harvest and export in turn: together all, none of them twice.
for store in loop.db; do
  : >loop.jsonl
  for until in 2011 2014 2018 2100; do
    backfill $page lanternpost.example/legal/privacy --until $until --captures all --store $store
    "$WINNOW" -q export jsonl part.jsonl --cursor-file loop.cursor --store $store || fail "export until $until exits with $?"
    cat part.jsonl >>loop.jsonl
  done
  records --store $store | ids | sort >all.ids
  ids <loop.jsonl | sort >loop.ids
  cmp all.ids loop.ids || fail "what was exported in parts is not what is there"
  [[ $(wc -l <loop.ids) -ge 4 ]] || fail "the loop has exported nothing to speak of"
done

# Killed at whatever moment: every version at least once, and no half file under its name.
rm -f loop.cursor
: >killed.jsonl
for delay in 0 0.002 0.004 0.006 0.008 0.01 0.015 0.02 0.03; do
  rm -f part.jsonl
  "$WINNOW" -q export jsonl part.jsonl --cursor-file loop.cursor --store loop.db &
  victim=$!
  sleep $delay
  kill -KILL $victim 2>/dev/null || true
  wait $victim 2>/dev/null || true
  [[ ! -f part.jsonl ]] || cat part.jsonl >>killed.jsonl
  # A cursor that is written is of an export that is complete.
  [[ ! -f loop.cursor || -f part.jsonl ]] || fail "a cursor without its records"
  if [[ -f part.jsonl ]]; then
    ids <part.jsonl | sort | cmp - all.ids || fail "half an export"
  fi
  [[ ! -f loop.cursor ]] || break
done
"$WINNOW" -q export jsonl part.jsonl --cursor-file loop.cursor --store loop.db || fail "the last export exits with $?"
cat part.jsonl >>killed.jsonl
ids <killed.jsonl | sort -u | cmp - all.ids || fail "after kills versions are missing"

# A file keeps its name's old content until the new one is complete.
cp once.jsonl kept.jsonl
expect_error 1 'is another store' export jsonl kept.jsonl --after 0123456789abcdef-1
cmp once.jsonl kept.jsonl || fail "a failed export has touched its file"

# No name makes an export replace the store, another database, or what is no file.
cp winnow.db other.db
sha256sum winnow.db other.db >databases.sums
ln -s winnow.db linked.db
mkdir taken
mkfifo pipe
for file in winnow.db ./winnow.db "$PWD/winnow.db" linked.db winnow.db-wal winnow.db-shm winnow.db-runs; do
  expect_error 2 'belongs to the store' export csv "$file"
  expect_error 2 'belongs to the store' export warc "$file"
  expect_error 2 'belongs to the store' export wacz "$file"
  expect_error 2 'belongs to the store' export jsonl kept.jsonl --cursor-file "$file"
done
expect_error 2 'is a database' export jsonl other.db
expect_error 2 'is a database' export jsonl kept.jsonl --cursor-file other.db
expect_error 2 'is a folder' export jsonl taken
expect_error 2 'is no regular file' export jsonl pipe
[[ ! -w /dev/null ]] || expect_error 2 'is no regular file' export warc /dev/null
expect_error 2 'at once' export jsonl kept.jsonl --cursor-file ./kept.jsonl
expect_error 2 'not to standard output' export wacz -
sha256sum --quiet -c databases.sums || fail "an export has touched a database"
[[ -p pipe && -L linked.db && ! -e - ]] || fail "an export has replaced what is no file"

# Two at once into one file: each is whole, and nothing is left beside.
for _ in 1 2 3 4 5; do
  "$WINNOW" -q export jsonl both.jsonl &
  "$WINNOW" -q export jsonl both.jsonl || fail "one of two exports at once exits with $?"
  wait $! || fail "the other of two exports at once fails"
  cmp both.jsonl once.jsonl || fail "two exports at once have spoilt one another"
done
[[ -z $(find . -maxdepth 1 -name '.both*') ]] || fail "something is left: $(ls -A)"

# What JSON lines hold comes back: captures, versions, texts.
backfill $page --captures all --store one.db
"$WINNOW" -q export jsonl one.jsonl --captures --store one.db || fail "export of captures exits with $?"
"$WINNOW" -q import one.jsonl --store back.db || fail "import of JSON lines exits with $?"
same="SELECT site, urlkey, version, first_seen, last_seen, captures, words, text_sha256, words_sha256, language, minor,
  archive FROM v_versions ORDER BY 1, 2, 3"
sqlite3 one.db "$same" >was.txt
sqlite3 back.db "$same" | diff -u was.txt - >&2 || fail "JSON lines make another store"
# Also that a capture was not fetched but inferred, and what is known of each; bodies do not.
backfill $page --store unique.db
"$WINNOW" -q export jsonl unique.jsonl --captures --store unique.db || fail "export of inferred captures exits with $?"
"$WINNOW" -q import unique.jsonl --store unique-back.db || fail "import of inferred captures exits with $?"
for store in unique unique-back; do
  sqlite3 $store.db "SELECT archive, site, urlkey, timestamp, original, statuscode, mimetype, digest, state, version FROM v_captures
      WHERE version IS NOT NULL ORDER BY 3, 4, 5; SELECT p.record FROM provenance p JOIN captures c ON c.id = p.capture_id
      JOIN v_captures v ON v.timestamp = c.timestamp AND v.original = c.original WHERE v.version IS NOT NULL ORDER BY 1" >$store.txt
done
grep -q '|inferred|' unique.txt || fail "nothing is inferred"
diff -u unique.txt unique-back.txt >&2 || fail "JSON lines make other captures"
"$WINNOW" -q export jsonl unique-again.jsonl --captures --store unique-back.db || fail "the second export of them exits with $?"
without_bodies() { sed -E 's/^\{"id":"[0-9a-f]*"//; s/,"(body_sha1|body_sha256|body_size)":[^,]*//g' "$1"; }
without_bodies unique.jsonl >unique.txt
without_bodies unique-again.jsonl | cmp - unique.txt || fail "records of inferred captures do not come back as they were"
tar -czf one.tar.gz one.jsonl
"$WINNOW" -q import one.tar.gz --store tar.db || fail "import of JSON lines in a tar exits with $?"
sqlite3 tar.db "$same" | diff -u was.txt - >&2 || fail "JSON lines in a tar make another store"
sed -n '1s/"length":[0-9]*/"length":-1/p' captures.jsonl >forged.jsonl
expect_error 3 'its length is no number' import forged.jsonl --store forged.db
head -1 captures.jsonl | sed 's/"title":"/"title":"x/' >forged.jsonl
expect_error 3 'does not have the text_sha256' import forged.jsonl --store forged.db
head -1 captures.jsonl | sed 's|"site":"|"site":"../|' >forged.jsonl
expect_error 3 'its site is none' import forged.jsonl --store forged.db

# A corpus of what is new replaces nothing.
"$WINNOW" -q export corpus corpus || fail "export corpus exits with $?"
"$WINNOW" -q export corpus corpus --after "$id-0" || fail "export corpus after a cursor exits with $?"
[[ $(find corpus -name '*.md' | wc -l) -eq $((2 * $(wc -l <once.jsonl))) ]] || fail "files were replaced"
"$WINNOW" -q import corpus --store corpus.db || fail "import of a folder exits with $?"
[[ $(sqlite3 corpus.db 'SELECT count(*) FROM v_versions') -gt 0 ]] || fail "the folder was not imported"

finish
