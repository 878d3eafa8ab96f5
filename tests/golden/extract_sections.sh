# winnow extract --section and --url ...#fragment: one document of several on a page.
source "$SUPPORT/golden.sh"

prose() {
  for _ in $(seq 10); do
    echo "<p>About $1 we promise this, and that, and further things, so that whoever reads it knows what to expect.</p>"
  done
}
{
  echo '<meta charset=utf-8><title>Legal | Example</title><h1>Legal</h1><h2 id=terms>Terms of Use</h2>'
  prose terms
  echo '<h2 id=privacy>Politique de confidentialité</h2>'
  prose privacy
  echo '<h3 id=cookies>Cookies</h3><p>We bake them ourselves, every morning, and count them twice.</p>'
} >legal.html
"$WINNOW" -q extract legal.html >whole.md
sed -n '/^## Politique/,$p' whole.md >privacy.md
sed -n '/^### Cookies/,$p' whole.md >cookies.md
[[ -s privacy.md && -s cookies.md ]] || fail "the whole is $(cat whole.md)"

# By title: without case and accents, and also a chapter.
expect 0 extract --section 'politique DE confidentialite' legal.html <privacy.md
expect 0 extract --section cookies legal.html <cookies.md
# By fragment: a document, never a chapter, a script's route or what is not there.
expect 0 extract --url 'https://example.org/legal#privacy' legal.html <privacy.md
expect 0 extract --url 'https://web.archive.org/web/2020id_/https://example.org/legal#privacy' legal.html <privacy.md
for fragment in cookies /privacy nowhere; do
  expect 0 extract --url "https://example.org/legal#$fragment" legal.html <whole.md
done
# The title goes before the fragment.
expect 0 extract --section cookies --url 'https://example.org/legal#privacy' legal.html <cookies.md

# No such title: the whole, and a warning.
got=0
"$WINNOW" extract --section 'accessibility statement' legal.html >none.md 2>none.err || got=$?
[[ $got -eq 0 && $(cat none.err) == 'winnow: legal.html: no heading answers to --section; this is the whole text' ]] ||
  fail "a title without an answer exits with $got: $(cat none.err)"
cmp whole.md none.md || fail "a title without an answer leaves something out"

# Of many files; the record tells which have it.
echo '<title>Other</title><h2>Contact</h2><p>Write to us.' >other.html
"$WINNOW" -q extract --format json --section cookies legal.html other.html >many.jsonl
marks() {
  sqlite3 :memory: "SELECT json_extract('$(sed -n "$1p" many.jsonl | sed "s/'/''/g")', '\$.title', '\$.marks')"
}
[[ $(marks 1) == '["Cookies",["section"]]' ]] || fail "the record of a page with the part: $(marks 1)"
[[ $(marks 2) == '["Other",'*'no-section"]]' ]] || fail "the record of a page without: $(marks 2)"

# Markdown has headings as well.
printf '# Legal\n\nTerms of Use\n---\n\nUse it.\n\n## Privacy Policy\n\nWe keep it.\n\n### Data\n\nAll.\n' >legal.md
"$WINNOW" -q extract --content-type text/markdown --section 'privacy policy' legal.md >part.md
[[ $(cat part.md) == "$(sed -n '/^## Privacy/,$p' legal.md)" ]] || fail "a part of Markdown: $(cat part.md)"

# A WARC: each page by its title; what its record's URL has behind a # selects nothing.
{
  printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2020-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:x:1>\r\n'
  printf 'WARC-Target-URI: https://example.org/legal#privacy\r\nContent-Type: application/http; msgtype=response\r\n'
  { printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n'; cat legal.html; } >response
  printf 'Content-Length: %d\r\n\r\n' "$(wc -c <response)"
  cat response
  printf '\r\n\r\n'
} >legal.warc
"$WINNOW" -q extract legal.warc >many.jsonl
[[ $(marks 1) == '["Legal | Example",[]]' ]] || fail "a page of a WARC: $(marks 1)"
"$WINNOW" -q extract --section cookies legal.warc >many.jsonl
[[ $(marks 1) == '["Cookies",["section"]]' ]] || fail "a part of a WARC's page: $(marks 1)"

finish
