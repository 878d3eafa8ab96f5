# WARC and WACZ: what other archives' tools read, and what winnow takes back.
source "$SUPPORT/golden.sh"

start_replay "$DATA/demo/demo.warc.gz"
fast=(--from "$BASE" --dialect wayback --cdx-rate 0 --replay-rate 0)
"$WINNOW" -q backfill lanternpost.example "${fast[@]}" --captures all >/dev/null || fail "backfill exits with $?"

expect 0 export warc out.warc.gz --captures </dev/null
expect 0 export wacz out.wacz --captures </dev/null

# The same bytes each time, in any time zone, also on standard output.
"$WINNOW" -q export warc - --captures | cmp - out.warc.gz || fail "two WARC files of one store differ"
TZ=Asia/Tokyo "$WINNOW" -q export wacz again.wacz --captures || fail "export wacz exits with $?"
cmp out.wacz again.wacz || fail "two packages of one store differ"

# WARC 1.1: one member a record, the original heads, where they come from, and revisits of what repeats.
gzip -t out.warc.gz || fail "no gzip"
gzip -dc out.warc.gz >out.warc
[[ $(grep -ac '^WARC/1.1' out.warc) -eq $(grep -ac '^WARC-Block-Digest: sha1:[A-Z2-7]\{32\}' out.warc) ]] || fail "records without digest"
captures=$(sqlite3 winnow.db "SELECT count(*) FROM v_captures WHERE sha256 IS NOT NULL")
[[ $(grep -aEc '^WARC-Type: (response|revisit)' out.warc) -eq $captures ]] || fail "not one record a capture"
grep -aq '^WARC-Type: revisit' out.warc || fail "no revisit"
grep -aq "^WARC-Source-URI: $BASE/web/20110204[0-9]*id_/http://lanternpost.example/privacy.html" out.warc || fail "the source is not named"
grep -aqi '^content-type: text/html' out.warc || fail "no original head"

# What comes back is the same, wholly: captures, versions, provenance; from the file, the package, and a tar of the first.
captures() {
  sqlite3 "$1" "SELECT * FROM v_captures WHERE sha256 IS NOT NULL ORDER BY urlkey, timestamp, archive, original, digest;
    SELECT * FROM v_versions ORDER BY series, version;
    SELECT a.url, p.urlkey, c.timestamp, c.original, c.digest, c.length, c.statuscode, r.record FROM captures c
      JOIN archives a ON a.id = c.archive_id JOIN pages p ON p.id = c.page_id LEFT JOIN provenance r ON r.capture_id = c.id
      WHERE c.body_id IS NOT NULL ORDER BY 2, 3, 1, 4, 5"
}
captures winnow.db >was.txt
tar -cf out.tar out.warc.gz
mkdir folder folder/deep
cp out.warc.gz folder/deep/
ln -s ../folder folder/deep/loop
for file in out.warc.gz out.wacz out.tar folder; do
  rm -f back.db*
  "$WINNOW" -q import $file --store back.db || fail "import of $file exits with $?"
  captures back.db | diff -u was.txt - >&2 || fail "$file makes another store"
done
"$WINNOW" -q export warc twice.warc.gz --captures --store back.db || fail "the second export exits with $?"
# All but the first and last record, which tell of the export.
records() { gzip -dc "$1" | sed -n '/^WARC-Type: response/,$p' | tac | sed '1,/^WARC-Type: metadata/d'; }
records out.warc.gz >records.txt
records twice.warc.gz | cmp - records.txt || fail "the second generation differs"
[[ -s records.txt ]] || fail "nothing was compared"

# What winnow tells of a capture beside its record is believed of that capture only, and when it makes sense.
gzip -dc out.warc.gz >told.warc
sed -i 's|"site":"lanternpost.example"|"site":"../../../../../etc"|' told.warc
python=/usr/bin/python3
$python - told.warc <<'PYTHON' || fail "the forged file can't be made"
import re, sys
data = open(sys.argv[1], "rb").read()
# Lengths are made right again; digests of blocks are not looked at.
def mend(match):
    return match[1] + str(len(match[3])).encode() + match[2] + match[3]
data = re.sub(rb"(WARC-Type: metadata.*?Content-Length: )\d+(\r\n\r\n)(winnow-capture: .*?\r\n)", mend, data, flags=re.S)
open(sys.argv[1], "wb").write(data)
PYTHON
code=0
"$WINNOW" import told.warc --store told.db 2>told.err || code=$?
[[ $code -eq 3 ]] && grep -q "what winnow's own record tells of it: its site is none" told.err || fail "forged notes: $code, $(head -3 told.err)"
[[ $(sqlite3 told.db "SELECT DISTINCT site FROM v_captures") == lanternpost.example ]] || fail "a forged site is believed"
[[ $(sqlite3 told.db "SELECT count(*) FROM v_captures") -eq $captures ]] || fail "captures with forged notes are lost"

# Captures that were never fetched, known by their digest only, come back as such.
"$WINNOW" -q backfill lanternpost.example "${fast[@]}" --store unique.db >/dev/null || fail "backfill exits with $?"
[[ $(sqlite3 unique.db "SELECT count(*) FROM v_captures WHERE state = 'inferred'") -gt 0 ]] || fail "nothing is inferred"
"$WINNOW" -q export warc unique.warc.gz --captures --store unique.db || fail "export of it exits with $?"
"$WINNOW" -q import unique.warc.gz --store unique-back.db || fail "import of it exits with $?"
for store in unique.db unique-back.db; do
  captures $store >$store.txt
done
grep -q '|inferred|' unique-back.db.txt || fail "nothing comes back as inferred"
diff -u unique.db.txt unique-back.db.txt >&2 || fail "what was inferred comes back as something else"

# The package: a stored WARC, a sorted index whose places are right, and digests of all.
mkdir package
/usr/bin/python3 -m zipfile -e out.wacz package || fail "the package can't be unpacked"
cmp package/archive/data.warc.gz out.warc.gz || fail "another WARC file is in the package"
"$WINNOW" -q import package --store package.db || fail "import of the unpacked package exits with $?"
captures package.db | diff -u was.txt - >&2 || fail "the unpacked package makes another store"
LC_ALL=C sort -c package/indexes/index.cdx || fail "the index is not in order"
[[ $(wc -l <package/indexes/index.cdx) -eq $captures ]] || fail "the index has not one line a capture"
for path in archive/data.warc.gz indexes/index.cdx pages/pages.jsonl; do
  grep -q "\"sha256:$(sha256sum <package/$path | cut -c-64)\"" package/datapackage.json || fail "datapackage.json: $path"
done
grep -q "\"sha256:$(sha256sum <package/datapackage.json | cut -c-64)\"" package/datapackage-digest.json || fail "datapackage-digest.json"
grep -q '"wacz_version": "1.1.1"' package/datapackage.json || fail "the version is not named"
head -1 package/pages/pages.jsonl | grep -q '"format":"json-pages-1.0"' || fail "pages have no head"
while read -r _ timestamp fields; do
  printf '%s' "$fields" >fields.json
  offset=$(sqlite3 :memory: "SELECT readfile('fields.json') ->> 'offset'")
  length=$(sqlite3 :memory: "SELECT readfile('fields.json') ->> 'length'")
  dd if=out.warc.gz iflag=skip_bytes,count_bytes bs=64k skip="$offset" count="$length" status=none | gzip -dc | tr -d '\r' >record
  grep -aq "^WARC-Date: ${timestamp:0:4}-${timestamp:4:2}-${timestamp:6:2}T" record || fail "no record of $timestamp at $offset"
done <package/indexes/index.cdx

# One record a version, when captures are not asked for; a text alone has no body to be written.
"$WINNOW" -q export warc versions.warc.gz || fail "export of versions exits with $?"
[[ $(gzip -dc versions.warc.gz | grep -aEc '^WARC-Type: (response|revisit)') -ge $(sqlite3 winnow.db 'SELECT count(*) FROM v_versions') ]] ||
  fail "versions are missing"
"$WINNOW" -q export corpus texts || fail "export corpus exits with $?"
"$WINNOW" -q import texts --store texts.db || fail "import of texts exits with $?"
"$WINNOW" export warc texts.warc.gz --store texts.db 2>texts.err || fail "export of texts exits with $?"
grep -q 'left out: imported as Markdown' texts.err || fail "texts without a body are not told: $(cat texts.err)"

# Hostile containers: names that lead out, what is none, what is cut.
mkdir -p evil/a
cp out.warc.gz evil/a/x.warc.gz
(cd evil/a && tar -cPf ../../evil.tar ../../evil/a/x.warc.gz /dev/null 2>/dev/null) || true
mkdir inside
(cd inside && "$WINNOW" -q import ../evil.tar --store evil.db) || fail "a tar with odd names exits with $?"
[[ $(find inside -type f ! -name 'evil.db*' | wc -l) -eq 0 ]] || fail "something was unpacked: $(find inside)"
head -c $(($(stat -c %s out.wacz) / 2)) out.wacz >cut.wacz
code=0
"$WINNOW" -q import cut.wacz out.warc.gz --store cut.db 2>cut.err || code=$?
[[ $code -eq 3 ]] && grep -q 'cut.wacz' cut.err || fail "a cut package: $code, $(cat cut.err)"

# A package whose maker was stopped before it wrote the WARC file.
/usr/bin/python3 -c "import zipfile; zipfile.ZipFile('stump.wacz', 'w').writestr('datapackage.json', '{}')"
code=0
"$WINNOW" -q import stump.wacz --store stump.db 2>stump.err || code=$?
[[ $code -eq 3 ]] && grep -q 'stump.wacz.*without a WARC' stump.err || fail "a package without a WARC file: $code, $(cat stump.err)"
captures cut.db | diff -u was.txt - >&2 || fail "a cut package keeps what else is given from being imported"

# Killed at whatever moment, there is no half file under its name.
for delay in 0.005 0.01 0.02 0.03; do
  rm -f killed.wacz
  "$WINNOW" -q export wacz killed.wacz --captures &
  victim=$!
  sleep $delay
  kill -KILL $victim 2>/dev/null || true
  wait $victim 2>/dev/null || true
  [[ ! -f killed.wacz ]] || cmp killed.wacz out.wacz || fail "half a package"
done

finish
