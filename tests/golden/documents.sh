# Princeton-Leuven documents in and out again: import, log, show, export.
source "$SUPPORT/golden.sh"

# document NAME DATE TIMESTAMP TITLE TEXT: a headed Markdown document.
document() {
  printf '> *The following text is extracted and transformed from the example.org privacy policy that was archived on %s. Please check the [original snapshot on the Wayback Machine](https://web.archive.org/web/%sid_/http%%3A//www.example.org/privacy%%3Fa%%3D1) for the most accurate reproduction.*\n\n# %s\n\n%b' \
    "$2" "$3" "$4" "$5" >"$1"
}
mkdir documents
document one.md 2011-05-21 20110521195625 'Privacy' 'We keep *nothing*. \n\n\n'
document two.md 2012-06-01 20120601000000 'Privacy' 'We keep everything.\n'
document three.md 2013-06-01 20130601000000 '' 'We keep everything.'
printf 'Privacy\n\nNobody knows where this is from.\n' >four.md
printf '%s\n %s\n\n%s' \
  '<!--The following is the downloaded HTML source of the example.org privacy policy that was archived on 2012-06-01.' \
  'Please check the original snapshot on the Wayback Machine (https://web.archive.org/web/20120601000000id_/http%3A//www.example.org/privacy%3Fa%3D1) for the most accurate reproduction.-->' \
  '<html><title>Privacy</title><body><p>We keep everything, and more.</p></body></html>' >two.html

# The one without a header is reported and given no origin; the others are taken.
code=0
"$WINNOW" import one.md two.md three.md two.html four.md >import.out 2>import.err || code=$?
[[ $code -eq 3 ]] || fail "import exits with $code, wanted 3"
[[ ! -s import.out ]] || fail "stdout is not empty: $(cat import.out)"
grep -q 'four.md not imported: it has no provenance header' import.err || fail "four.md is not reported: $(cat import.err)"
expect_error 3 'four.md not imported' import one.md four.md --store quiet.db
expect 0 import one.md two.md three.md two.html </dev/null

# Bytes that are no UTF-8 are mended when they come, so that they survive every way out and back.
document latin.md 2014-05-21 20140521195625 $'Priv\xe9' $'Donn\xe9es.\n'
"$WINNOW" -q import latin.md --store latin.db || fail "import of other bytes exits with $?"
"$WINNOW" -q export jsonl latin.jsonl --captures --store latin.db || fail "export of it exits with $?"
"$WINNOW" -q import latin.jsonl --store latin-back.db || fail "import of its record exits with $?"
[[ $(sqlite3 latin-back.db 'SELECT count(*) FROM v_versions') -eq 1 ]] || fail "it does not come back"

# What archives and other people's files are called reaches no terminal as an escape sequence.
printf 'no header' >$'\e]0;x\a.md'
expect_error 3 '?]0;x?.md not imported' import $'\e]0;x\a.md' --store quiet.db
sed -e 's|www.example.org/privacy%3Fa%3D1|esc.example/privacy%1B%5B2J|' -e 's/example.org privacy/esc.example privacy/' one.md >esc.md
expect 0 import esc.md --store quiet.db </dev/null
"$WINNOW" -q log esc.example --store quiet.db >esc.log || fail "log of an odd URL exits with $?"
grep -qF 'http://esc.example/privacy?[2J  1 capture' esc.log || fail "log of an odd URL: $(cat -v esc.log)"
expect 0 import documents --store quiet.db </dev/null

expect 0 log example.org <<'OUT'
http://www.example.org/privacy?a=1  3 captures, 2 versions
  no  first seen  last seen   changed between           claims       words  change             captures
   1  2011-05-21  2011-05-21  -                         -                3  (not-found)               1
   2  2012-06-01  2013-06-01  2011-05-21, 2012-06-01    -                3  -1 +1 (not-found)         2
OUT
"$WINNOW" -q log example.org --json >log.json || fail "log --json exits with $?"
grep -q '"changed_after": "20110521195625"' log.json || fail "log --json does not say when it changed"

expect 0 show example.org <two.md
expect 0 show example.org#1 <one.md
expect 0 show example.org@2011 <one.md
expect 0 show 'http://example.org/privacy?a=1' --version 2 <two.md
expect 0 show example.org --at 2012-07 <two.md
tail -n +4 two.html >body.html
expect 0 show example.org#2 --raw <body.html
"$WINNOW" -q show example.org#2 --provenance >provenance.json || fail "show --provenance exits with $?"
grep -q '"memento_url": "https://web.archive.org/web/20120601000000id_/http%3A//www.example.org/privacy%3Fa%3D1"' \
  provenance.json || fail "the record lacks the snapshot"

expect_error 1 'there is no version 3' show example.org#3
expect_error 2 "'xyz' is no version's number" show 'example.org#xyz'
expect_error 2 "'2012-13' is no date" show example.org@2012-13
expect_error 1 'the store has nothing of https://example.net/@user/privacy' show https://example.net/@user/privacy
expect_error 1 'no version is known from 2010-12-31 or before' show example.org@2010
expect_error 1 'imported as Markdown' show example.org#1 --raw
expect_error 1 'the store has nothing of example.net' show example.net
expect_error 2 'not a date' show example.org --at yesterday
expect_error 1 'there is no store at none.db' log example.org --store none.db
expect_error 1 'nothing.md' import nothing.md

# What comes out is what went in, byte for byte, and the same each time.
expect 0 export corpus corpus --html </dev/null
cmp corpus/example.org/20110521195625.md one.md || fail "the exported text differs"
cmp corpus/example.org/20120601000000.md two.md || fail "the exported text differs"
cmp corpus/example.org/20120601000000.html two.html || fail "the exported source differs"
[[ $(find corpus -type f | wc -l) -eq 3 ]] || fail "the corpus has other files: $(find corpus -type f)"
"$WINNOW" -q export jsonl - >once.jsonl || fail "export jsonl exits with $?"
expect 0 export jsonl again.jsonl </dev/null
cmp once.jsonl again.jsonl || fail "two exports of one store differ"
[[ $(wc -l <once.jsonl) -eq 2 ]] || fail "not one line a version"

# A store made of an export is the same in all that is exported.
"$WINNOW" -q import --store second.db corpus/example.org/* || fail "import of an export exits with $?"
"$WINNOW" -q export corpus second --html --store second.db || fail "export of the second store exits with $?"
diff -r corpus second >&2 || fail "the second generation differs"

finish
