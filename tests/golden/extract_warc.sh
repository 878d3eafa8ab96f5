# winnow extract of WARC files: a line of JSON for each page.
source "$SUPPORT/golden.sh"

# field FILE NAME: that field of each line.
field() {
  { printf '['; paste -sd, "$1"; printf ']'; } >"$1.array"
  sqlite3 :memory: "SELECT json_extract(value, '\$.$2') FROM json_each(CAST(readfile('$1.array') AS TEXT))"
}

warc=$DATA/demo/demo.warc.gz
"$WINNOW" extract "$warc" >pages.jsonl 2>pages.err || fail "extract of a WARC exits with $?"
[[ ! -s pages.err ]] || fail "stderr is not empty: $(head -3 pages.err)"

# Every page of the file in its order, revisits too; no script.
grep -v -e '^#' -e javascript "$DATA/demo/captures.tsv" >captures.tsv
field pages.jsonl timestamp | cmp - <(cut -f1 captures.tsv) || fail "the captures are $(field pages.jsonl timestamp)"
field pages.jsonl url | cmp - <(cut -f2 captures.tsv) || fail "their URLs are $(field pages.jsonl url)"
field pages.jsonl statuscode | cmp - <(cut -f3 captures.tsv) || fail "their statuses are $(field pages.jsonl statuscode)"
[[ $(field pages.jsonl offset | sort -n | uniq | wc -l) -eq $(wc -l <pages.jsonl) ]] || fail "two records at one place"
[[ $(field pages.jsonl mimetype | grep -c warc/revisit) -eq 3 ]] || fail "the revisits: $(field pages.jsonl mimetype)"
[[ $(field pages.jsonl digest | sed -n 3p) == $(field pages.jsonl digest | sed -n 1p) ]] || fail "a revisit has another digest"
[[ $(field pages.jsonl words_sha256 | sed -n 3p) == $(field pages.jsonl words_sha256 | sed -n 1p) ]] || fail "a revisit has other words"

# What an import extracts of the same file is the same.
"$WINNOW" -q import "$warc" || fail "import exits with $?"
"$WINNOW" -q export jsonl all.jsonl || fail "export exits with $?"
grep -v '"mimetype":"application/javascript"' all.jsonl >versions.jsonl
comm -23 <(field versions.jsonl words_sha256 | sort -u) <(field pages.jsonl words_sha256 | sort -u) >other.txt
[[ ! -s other.txt ]] || fail "an import has other words: $(cat other.txt)"

# Unpacked, through a pipe, beside other files.
gzip -dc "$warc" >plain.warc
"$WINNOW" -q extract --format json plain.warc >plain.jsonl || fail "extract of a plain WARC exits with $?"
field plain.jsonl words_sha256 | cmp - <(field pages.jsonl words_sha256) || fail "unpacked it has other pages"
"$WINNOW" -q extract --content-type application/warc <"$warc" >stdin.jsonl || fail "extract of a WARC on stdin exits with $?"
cmp <(sed 's/"file":"[^"]*"/"file":"-"/' pages.jsonl) stdin.jsonl || fail "on standard input it has other pages"
cat "$warc" | "$WINNOW" -q extract --content-type application/warc - >piped.jsonl || fail "extract of a piped WARC exits with $?"
cmp stdin.jsonl piped.jsonl || fail "through a pipe it has other pages"

# Known by its first bytes, whatever its name.
"$WINNOW" -q extract - <"$warc" >known.jsonl || fail "extract of a WARC on stdin without its type exits with $?"
cmp stdin.jsonl known.jsonl || fail "without its type it has other pages"
cat plain.warc | "$WINNOW" -q extract >known.jsonl || fail "extract of a piped WARC without its type exits with $?"
field known.jsonl words_sha256 | cmp - <(field pages.jsonl words_sha256) || fail "through a pipe, without its type, it has other pages"
for file in "$warc" plain.warc; do
  cp "$file" crawl
  "$WINNOW" -q extract crawl >known.jsonl || fail "extract of a WARC without an ending exits with $?"
  field known.jsonl words_sha256 | cmp - <(field pages.jsonl words_sha256) || fail "without an ending $file has other pages"
done
expect_error 1 'holds a WARC file' extract --format json <(cat plain.warc)

echo '<p>A page.</p>' >page.html
"$WINNOW" -q extract --format json page.html plain.warc page.html >both.jsonl || fail "a WARC between pages: exit code $?"
[[ $(field both.jsonl file | uniq | xargs) == 'page.html plain.warc page.html' ]] || fail "in the order $(field both.jsonl file | uniq | xargs)"

# A damaged record is told of, and the others are written.
head -c $(($(stat -c %s "$warc") - 100)) "$warc" >cut.warc.gz
got=0
"$WINNOW" -q extract cut.warc.gz >cut.jsonl 2>cut.err || got=$?
[[ $got -eq 3 ]] || fail "a cut file: exit code $got, wanted 3"
[[ $(wc -l <cut.err) -eq 1 ]] && grep -q 'cut.warc.gz: record at [0-9]* left out' cut.err || fail "a cut file: $(cat cut.err)"
head -n -1 pages.jsonl | sed 's/"file":"[^"]*"/"file":"cut.warc.gz"/' | cmp - cut.jsonl || fail "a cut file's pages are $(field cut.jsonl offset)"

# A revisit of what lies in another file.
printf 'WARC/1.0\r\nWARC-Type: revisit\r\nWARC-Target-URI: http://a.example/\r\nWARC-Date: 2010-01-01T00:00:00Z\r\nWARC-Payload-Digest: sha1:EWPKILP7JUQA424HNRUQOWRRNLW5MTI3\r\nWARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest\r\nContent-Length: 0\r\n\r\n\r\n\r\n' >alone.warc
expect_error 3 'the response that this revisit repeats is not in this file' extract alone.warc

expect_error 1 'cannot open missing.warc' extract missing.warc
cp page.html page.warc
expect_error 1 'page.warc is no WARC file' extract page.warc
expect_error 2 'come out as lines of JSON' extract --format md "$warc"
expect_error 2 'go to standard output' extract --output-dir out "$warc"
"$WINNOW" -q extract page.warc plain.warc >after.jsonl 2>after.err && fail "a file that is no WARC is no error"
cmp after.jsonl plain.jsonl || fail "a file that is no WARC keeps the next one back"

finish
