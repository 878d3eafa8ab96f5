# Evidence: a bag with all that proves a series' history.
source "$SUPPORT/golden.sh"

start_replay "$DATA/demo/demo.warc.gz"
"$WINNOW" -q backfill lanternpost.example/legal/privacy --from "$BASE" --dialect wayback --cdx-rate 0 --replay-rate 0 --captures all >/dev/null ||
  fail "backfill exits with $?"
expect 0 export evidence lanternpost.example/legal/privacy bag </dev/null

# RFC 8493: the declaration, and every file under its digest.
printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | cmp - bag/bagit.txt || fail "bagit.txt"
(cd bag && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt) || fail "digests are wrong"
(cd bag && find data -type f | sort) >files.txt
cut -d' ' -f3 bag/manifest-sha256.txt | sort | cmp - files.txt || fail "the manifest is not all of the payload"
oxum="$(cat bag/data/* bag/data/*/* 2>/dev/null | wc -c).$(wc -l <files.txt)"
grep -qx "Payload-Oxum: $oxum" bag/bag-info.txt || fail "Payload-Oxum is not $oxum: $(cat bag/bag-info.txt)"

# Each version's text, what changed between them by patch(1), the captures, and a report that names all.
versions=$(sqlite3 winnow.db 'SELECT count(*) FROM v_versions')
[[ $(ls bag/data/versions | wc -l) -eq $versions && $(ls bag/data/changes | wc -l) -eq $((versions - 1)) ]] || fail "files: $(cat files.txt)"
"$WINNOW" -q show lanternpost.example/legal/privacy#2 | tail -n +2 >second.txt
tail -n +2 bag/data/versions/0002-*.md | cmp - second.txt || fail "the text of version 2"
head -1 bag/data/versions/0002-*.md | grep -qF "[original snapshot]($BASE/web/" || fail "its source: $(head -1 bag/data/versions/0002-*.md)"
before=$(ls bag/data/versions | head -1)
for change in bag/data/changes/*.diff; do
  after=$(basename "$change" .diff)
  after=${after#*--}.md
  if command -v patch >/dev/null; then
    patch -s -o patched.md "bag/data/versions/$before" "$change" || fail "patch"
    cmp patched.md "bag/data/versions/$after" || fail "$change is not what changed"
  fi
  grep -q "versions/$after" bag/data/report.html && grep -q "$(basename "$change")" bag/data/report.html || fail "the report lacks $after"
  before=$after
done
"$WINNOW" -q import bag/data/captures.warc.gz --store back.db || fail "import of the captures exits with $?"
same='SELECT urlkey, version, first_seen, last_seen, captures, text_sha256 FROM v_versions ORDER BY 1, 2'
sqlite3 winnow.db "$same" >was.txt
sqlite3 back.db "$same" | diff -u was.txt - >&2 || fail "the captures make another history"
"$WINNOW" -q import bag --store bag.db || fail "import of the bag exits with $?"
sqlite3 bag.db "$same" | diff -u was.txt - >&2 || fail "the bag makes another history"
# In a tar, in whatever order its files stand, and beside the folder's name that tar gives.
tar -czf bag.tar.gz bag
tar -cf reversed.tar --no-recursion $(find ./bag -depth | sort -r)
(cd bag && tar -cf ../inner.tar .)
for file in bag.tar.gz reversed.tar inner.tar; do
  rm -f tar.db*
  "$WINNOW" import $file --store tar.db 2>tar.err || fail "import of $file exits with $?: $(cat tar.err)"
  sqlite3 tar.db "$same" | diff -u was.txt - >&2 || fail "$file makes another history"
  ! grep -q 'passed over' tar.err || fail "$file is not known to be a bag: $(cat tar.err)"
done
! grep -rq 'Wayback' bag/data || fail "the bag claims to be the Wayback Machine's"
! grep -qi '<script' bag/data/report.html || fail "the report has a script"

# The same bag each time; never over another; none when it fails.
expect 0 export evidence lanternpost.example/legal/privacy again </dev/null
diff -r bag again >&2 || fail "two bags of one store differ"
expect_error 1 'is there already' export evidence lanternpost.example/legal/privacy bag
expect_error 1 'the store has nothing of other.example' export evidence other.example none
expect_error 2 'all versions of a series' export evidence 'lanternpost.example/legal/privacy#2' none
[[ ! -e none ]] || fail "a failed export leaves a folder"
for delay in 0.003 0.006 0.01 0.02; do
  rm -rf killed
  "$WINNOW" -q export evidence lanternpost.example/legal/privacy killed &
  victim=$!
  sleep $delay
  kill -KILL $victim 2>/dev/null || true
  wait $victim 2>/dev/null || true
  [[ ! -d killed ]] || diff -r bag killed >&2 || fail "half a bag"
done

# What the web has sent is no HTML of the report.
printf '> *The following text is extracted and transformed from the x.example privacy policy that was archived on 2011-05-21. Please check the [original snapshot on the Wayback Machine](https://web.archive.org/web/20110521195625id_/http%%3A//x.example/%%3Cb%%3E) for the most accurate reproduction.*\n\n# <script>alert(1)</script>\n\nText.\n' >evil.md
"$WINNOW" -q import evil.md --store evil.db || fail "import exits with $?"
"$WINNOW" -q export evidence x.example evil --store evil.db || fail "export of it exits with $?"
! grep -q '<script' evil/data/report.html || fail "a title is a script"
grep -q '&lt;script&gt;' evil/data/report.html || fail "the title is not there"

finish
