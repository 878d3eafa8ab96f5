# winnow extract --format: text, JSON and clean HTML, of one file or of many, of pages or of Markdown.
source "$SUPPORT/golden.sh"

# Reads lines of JSON in SQL: query FILE EXPRESSION, with `line` being each line.
query() {
  { printf '['; paste -sd, "$1"; printf ']'; } >"$1.array"
  sqlite3 :memory: "SELECT $2 FROM (SELECT value AS line FROM json_each(CAST(readfile('$1.array') AS TEXT)))"
}

# extract_to FILE ARGS...: stdout into the file; no complaint.
extract_to() {
  local into=$1
  shift
  "$WINNOW" -q extract "$@" >"$into" 2>actual.err </dev/null || fail "extract $* exits with $?"
  [[ ! -s actual.err ]] || fail "extract $*: stderr is not empty: $(head -3 actual.err)"
}

page=$DATA/extract/layout-tables-2001.html

expect 0 extract --format text "$page" <<'OUT'
Privacy at Example Books
Example Books doesn’t sell, rent or lend its customers’ addresses. We have sold books by mail since 1974 and mean to go on doing so.
What we keep: the name and address that a parcel needs, and a list of the books that you bought, for the warranty.
Your name
Your address
Questions? Write to books@example.org.
OUT

# Numbers stand in a text and in HTML as the page shows them, and notes are links.
cat >numbers.html <<'IN'
<title>T</title><h1>Notice</h1><ol start=5><li>five<li value=9>nine<li>ten</ol>
<p>We keep your data<sup><a href="#fn1">1</a></sup>.</p><p id=fn1>1 For ten years.</p>
IN
expect 0 extract --format text numbers.html <<'OUT'
Notice
5. five
9. nine
10. ten
We keep your data[^1].
[^1]: For ten years.
OUT
extract_to numbers.out --format html numbers.html
sed -n '/<ol/,/<.ol>/p' numbers.out | cmp - <(cat <<'OUT'
<ol start="5">
<li>five</li>
<li value="9">nine</li>
<li>ten</li>
</ol>
<ol>
<li id="winnow-note-1">
<p>For ten years. <a href="#winnow-reference-1">↩</a></p>
</li>
</ol>
OUT
) || fail "numbers as HTML: $(cat numbers.out)"
grep -qF 'data<sup><a href="#winnow-note-1" id="winnow-reference-1">1</a></sup>.' numbers.out || fail "a note's reference: $(cat numbers.out)"

cat >hostile.html <<'IN'
<title>A &lt;/title&gt;&lt;script&gt; title</title><h1>Notice</h1>
<p>We &lt;b&gt;never&lt;/b&gt; sell <a href="javascript:alert(1)">data</a>, see <a href="/terms?a=1&amp;b=2">the terms</a>.</p>
<table><tr><th>What<th>Why</tr><tr><td>E-mail<td>Login</tr><tr><td>Name<td>Orders</tr></table>
<ol start=3><li>third<li>fourth</ol>
IN
expect 0 extract --format html --url https://example.org/privacy hostile.html <<'OUT'
<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>A &lt;/title&gt;&lt;script&gt; title</title>
</head>
<body>
<h1>Notice</h1>
<p>We &lt;b&gt;never&lt;/b&gt; sell data, see <a href="https://example.org/terms?a=1&amp;b=2">the terms</a>.</p>
<table>
<thead>
<tr><th>What</th><th>Why</th></tr>
</thead>
<tbody>
<tr><td>E-mail</td><td>Login</td></tr>
<tr><td>Name</td><td>Orders</td></tr>
</tbody>
</table>
<ol start="3">
<li>third</li>
<li>fourth</li>
</ol>
</body>
</html>
OUT

# A record has every key, in one order, whether it is known or not.
extract_to page.json --format json --url http://example.org/privacy.html "$page"
[[ $(wc -l <page.json) -eq 1 ]] || fail "a record is not one line"
keys=file,offset,url,timestamp,statuscode,mimetype,digest,title,text,words,words_sha256,simhash,charset,marks,extractor,language,gate,facts
got=$(sqlite3 :memory: "SELECT group_concat(key) FROM json_each(CAST(readfile('page.json') AS TEXT))")
[[ $got == "$keys" ]] || fail "the record's keys are $got"
[[ $(query page.json "json_extract(line, '$.url', '$.title', '$.charset', '$.language.code')") == \
  '["http://example.org/privacy.html","Example Books - Privacy","windows-1252","en"]' ]] ||
  fail "the record says $(cat page.json)"
query page.json "json_extract(line, '$.text')" >text.md
expect 0 extract --url http://example.org/privacy.html "$page" <text.md
[[ $(query page.json "json_extract(line, '$.facts.emails[0]')") == books@example.org ]] || fail "no address in $(cat page.json)"
[[ $(query page.json "json_type(line, '$.gate.score') || json_type(line, '$.offset')") == realnull ]] || fail "types: $(cat page.json)"

# The capture is known from a replay URL, or from the comment above a corpus page.
extract_to replay.json --format json --url https://web.archive.org/web/20010610135942id_/http://example.org/privacy.html "$page"
[[ $(query replay.json "json_extract(line, '$.url', '$.timestamp')") == '["http://example.org/privacy.html","20010610135942"]' ]] ||
  fail "the replay URL's capture is $(cut -c1-200 replay.json)"

# Many files: a line each, in their order however long each takes, from arguments and lists, on standard input as well.
for n in $(seq 40); do
  { echo "<title>Page $n</title><p>The policy of page $n.</p>"; for _ in $(seq $((400 / n))); do echo '<p>More words here.</p>'; done; } >"p$n.html"
  echo "p$n.html"
done >list.txt
mapfile -t files <list.txt
extract_to many.jsonl --format json "${files[@]}"
query many.jsonl "json_extract(line, '$.file')" | cmp - list.txt || fail "the records are not in the files' order"
[[ $(query many.jsonl "count(*)") -eq 40 ]] || fail "not a record for each of 40 files"
extract_to listed.jsonl --format json @list.txt
cmp many.jsonl listed.jsonl || fail "a list gives other records than the names in it"
sed 's/$/\r/; 3s/^/\n/' list.txt | "$WINNOW" -q extract --format json @- >piped.jsonl || fail "extract @- exits with $?"
cmp many.jsonl piped.jsonl || fail "a list on standard input gives other records than the names in it"
"$WINNOW" -q extract --format json p1.html - p2.html <p3.html >mixed.jsonl || fail "extract of - among files exits with $?"
[[ $(query mixed.jsonl "group_concat(json_extract(line, '$.file', '$.title'))") == \
  '["p1.html","Page 1"],["-","Page 3"],["p2.html","Page 2"]' ]] || fail "standard input among files: $(cut -c1-80 mixed.jsonl)"
expect_error 2 'standard input is named twice' extract --format json - @-
expect_error 1 'cannot read the list missing.txt' extract --format json @missing.txt
expect_error 2 '--format json a line' extract --format text p1.html p2.html
expect_error 2 '--format json a line' extract @list.txt
expect_error 2 '--format' extract --format pdf p1.html
expect_error 2 '--header is a line of Markdown' extract --header --format json "$page"

# A file that can't be read is told of, and the others are written.
got=0
"$WINNOW" -q extract --format json p1.html missing.html p2.html >some.jsonl 2>some.err || got=$?
[[ $got -eq 1 ]] || fail "a missing file among others: exit code $got"
[[ $(query some.jsonl "group_concat(json_extract(line, '$.file'))") == p1.html,p2.html ]] || fail "a missing file keeps others back"
[[ $(cat some.err) == 'winnow: missing.html: cannot be read (No such file or directory)' ]] || fail "the missing file: $(cat some.err)"

# A page without text is a warning, which -q leaves out; its record says so.
echo '<img src=policy.gif>' >image.html
got=0
"$WINNOW" extract --format json image.html >image.json 2>image.err || got=$?
[[ $got -eq 0 && $(cat image.err) == 'winnow: image.html: no-text' ]] || fail "a page without text exits with $got: $(cat image.err)"
query image.json "json_extract(line, '$.marks')" | grep -q no-text || fail "the record lacks the mark: $(cat image.json)"
# Where there is a cause, it is named alone.
printf 'GIF89a\1\0\1\0' >pixel.gif
"$WINNOW" extract pixel.gif >/dev/null 2>pixel.err
[[ $(cat pixel.err) == 'winnow: pixel.gif: not-html' ]] || fail "an image says: $(cat pixel.err)"

# A name for each format; no input is overwritten.
for format in md:md text:txt json:json html:html; do
  extract_to none.out --format "${format%:*}" --output-dir "out-$format" p1.html p2.html
  [[ $(ls -A "out-$format" | xargs) == "p1.${format#*:} p2.${format#*:}" ]] || fail "--output-dir, $format: $(ls -A "out-$format")"
done
cmp <("$WINNOW" extract --format html p1.html) out-html:html/p1.html || fail "a file differs from standard output"
expect_error 2 'would be overwritten by its own text' extract --format html --output-dir . p1.html

# Markdown in: as it is, or as what can be said of it.
cat >policy.md <<'IN'
# Privacy *Policy*

We collect your **personal data** when you register. Last updated: 25 May 2018. Your personal information is shared with
our service providers; you have the right to access, correct and delete it. We use cookies, and keep log files.

| a | b |
| --- | --- |
| c | <script> |
IN
expect 0 extract --content-type text/markdown policy.md <policy.md
extract_to policy.json --format json --content-type text/markdown policy.md
[[ $(query policy.json "json_extract(line, '$.title', '$.language.code', '$.gate.kind', '$.facts.claimed_date.date', '$.marks')") == \
  '["Privacy Policy","en","policy","2018-05-25",["imported"]]' ]] || fail "what is said of Markdown: $(cat policy.json)"
extract_to policy.html --format html --content-type 'text/markdown; charset=utf-8' policy.md
grep -qxF '<tr><td>c</td><td>&lt;script&gt;</td></tr>' policy.html || fail "Markdown as HTML: $(cat policy.html)"
[[ $(grep -c '<h1>' policy.html) -eq 1 ]] || fail "the title stands twice: $(cat policy.html)"
extract_to policy.txt --format text --content-type text/markdown policy.md
[[ $(head -1 policy.txt) == 'Privacy Policy' && $(wc -l <policy.txt) -eq 4 ]] || fail "Markdown as text: $(cat policy.txt)"
extract_to headed.md --header --url https://web.archive.org/web/20010610135942id_/http://example.org/privacy.html "$page"
expect 0 extract --content-type text/markdown headed.md <headed.md
extract_to headed.json --format json --content-type text/markdown headed.md
[[ $(query headed.json "json_extract(line, '$.url', '$.timestamp', '$.title')") == \
  '["http://example.org/privacy.html","20010610135942","Example Books - Privacy"]' ]] || fail "a headed document: $(cat headed.json)"

# UTF-8 whatever the locale.
printf '<title>caf\xe9</title><p>d\xe9j\xe0 vu</p>' >latin1.html
LC_ALL=C "$WINNOW" -q extract --content-type 'text/html; charset=iso-8859-1' --format text latin1.html >c.txt
LC_ALL=C.UTF-8 "$WINNOW" -q extract --content-type 'text/html; charset=iso-8859-1' --format text latin1.html >utf8.txt
printf 'café\ndéjà vu\n' | cmp - c.txt || fail "in locale C: $(cat c.txt)"
cmp c.txt utf8.txt || fail "the locale changes the text"

# Whoever reads may stop; a parent may have told us to ignore the signal.
for _ in $(seq 50); do cat list.txt; done >long.txt
for ignored in : "trap '' PIPE"; do
  (eval "$ignored"; "$WINNOW" extract --format json @long.txt 2>pipe.err) | head -c 100 >/dev/null || true
  [[ ! -s pipe.err ]] || fail "a closed pipe is complained of ($ignored): $(cat pipe.err)"
done

finish
