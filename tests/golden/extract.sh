# winnow extract: pages in, Markdown out.
source "$SUPPORT/golden.sh"

page=$DATA/extract/layout-tables-2001.html
cp "$DATA/extract/layout-tables-2001.md" wanted.md
sed 's#http://example.org/#/#' wanted.md >wanted-no-url.md

expect 0 extract --url http://example.org/privacy.html "$page" <wanted.md
expect 0 extract "$page" <wanted-no-url.md

# The page's title, where the text has none of its own.
printf '<title>Example Books</title><p>We keep your name.' >untitled.html
printf '# Example Books\n\nWe keep your name.\n' >untitled.md
expect 0 extract untitled.html <untitled.md

"$WINNOW" -q extract --url http://example.org/privacy.html - <"$page" >stdin.md || fail "extract - exits with $?"
cmp stdin.md wanted.md || fail "standard input gives another text than the file"

# The header: from a replay URL, or from the comment that begins a Princeton-Leuven source.
line='> *The following text is extracted and transformed from the example.org privacy policy that was archived on 2001-06-10. Please check the [original snapshot on the Wayback Machine](https://web.archive.org/web/20010610135942id_/http%3A//example.org/privacy.html) for the most accurate reproduction.*'
{ printf '%s\n\n# Example Books - Privacy\n\n' "$line"; cat wanted.md; } >headed.md
expect 0 extract --header --url https://web.archive.org/web/20010610135942id_/http://example.org/privacy.html \
  "$page" <headed.md
{
  printf '<!--The following is the downloaded HTML source of the example.org privacy policy that was archived on 2001-06-10.\n'
  printf ' Please check the original snapshot on the Wayback Machine (https://web.archive.org/web/20010610135942id_/http%%3A//example.org/privacy.html) for the most accurate reproduction.-->\n\n'
  cat "$page"
} >source.html
expect 0 extract --header source.html <headed.md
expect 0 extract source.html <wanted.md
expect_error 2 '--header needs to know the capture' extract --header "$page"

# Many files at once.
cp "$page" other.html
expect 0 extract --output-dir out/texts source.html other.html </dev/null
cmp out/texts/source.md wanted.md || fail "out/texts/source.md differs"
cmp out/texts/other.md wanted-no-url.md || fail "out/texts/other.md differs"
[[ $(ls -A out/texts | wc -l) -eq 2 ]] || fail "out/texts holds more than the two texts"
expect_error 2 'would both become' extract --output-dir out other.html sub/other.html
expect_error 2 'needs the names' extract --output-dir out
expect_error 2 '--output-dir DIR writes one for each' extract source.html other.html
"$WINNOW" -q extract --output-dir out/piped - <"$page" || fail "extract --output-dir of stdin exits with $?"
[[ $(ls -A out/piped) == stdin.md ]] || fail "standard input became $(ls -A out/piped)"
cmp out/piped/stdin.md wanted-no-url.md || fail "out/piped/stdin.md differs"
expect_error 1 'missing.html: cannot be read' extract --output-dir out missing.html other.html
[[ -f out/other.md ]] || fail "one file that cannot be read keeps another from being extracted"
expect_error 1 'missing.html: cannot be read' extract missing.html
expect_error 1 'is a directory' extract .

# A mark between names.
"$WINNOW" -q extract --format json source.html -- other.html >both.jsonl || fail "names on both sides of --: exit code $?"
[[ $(wc -l <both.jsonl) -eq 2 ]] || fail "names on both sides of --: $(wc -l <both.jsonl) lines"
cp other.html ./-dash.html
"$WINNOW" -q extract -- -dash.html >dash.md || fail "a name that begins like an option: exit code $?"
cmp dash.md wanted-no-url.md || fail "a name that begins like an option has another text"

# Text without a tag, and what is no text.
printf 'One paragraph\nof two lines.\n\nAnother.\n' | "$WINNOW" -q extract >plain.md || fail "plain text: exit code $?"
[[ $(cat plain.md) == $'One paragraph of two lines.\n\nAnother.' ]] || fail "plain text is $(cat plain.md)"
"$WINNOW" extract --format json "$WINNOW" >program.jsonl 2>program.err || fail "a program: exit code $?"
grep -q 'not-html' program.jsonl program.err || fail "a program is told as $(cat program.err)"

# The header's lack in one of many is the command line's fault still.
expect_error 2 '--header needs to know the capture' extract --header --output-dir out/headed source.html other.html

# A full disk below stdout, seen by the last flush or by a write before it.
head -c 100000 /dev/zero | tr '\0' x >large.html
for full in "$page" large.html; do
  got=0
  "$WINNOW" -q extract "$full" >/dev/full 2>full.err || got=$?
  [[ $got -eq 1 ]] || fail "extract $full on a full disk exits with $got"
  [[ $(wc -l <full.err) -eq 1 ]] || fail "extract $full on a full disk: stderr is not one line: $(cat full.err)"
  grep -qF 'standard output' full.err || fail "extract $full on a full disk says $(cat full.err)"
done

finish
