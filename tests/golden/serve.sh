# winnow serve: a harvest from it makes the same store again; pages and errors as a user meets them.
source "$SUPPORT/golden.sh"

"$WINNOW" -q import --store store.db "$DATA/demo/demo.warc.gz" >/dev/null || fail "import exits with $?"
start_server "$WINNOW" -q serve --store store.db --listen 127.0.0.1:0

# The other direction: backfill takes the store for an archive.
urls=$(sqlite3 store.db "SELECT DISTINCT p.url FROM pages p JOIN captures c ON c.page_id = p.id WHERE c.body_id IS NOT NULL")
# shellcheck disable=SC2086
"$WINNOW" -q backfill $urls --from "$BASE" --dialect wayback --captures all --cdx-rate 0 --replay-rate 0 --store copy.db >/dev/null ||
  fail "backfill from serve exits with $?"
dump() {
  sqlite3 "$1" "SELECT urlkey, timestamp, original, statuscode, sha1 FROM v_captures WHERE sha1 IS NOT NULL ORDER BY 1, 2, 3;
    SELECT urlkey, version, first_seen, last_seen, captures, words_sha256 FROM v_versions ORDER BY 1, 2;"
}
dump store.db >store.txt
dump copy.db >copy.txt
[[ -s store.txt ]] || fail "the store is empty"
diff -u store.txt copy.txt >&2 || fail "backfill from serve makes another store"
[[ $(sqlite3 copy.db "SELECT count(*) FROM ledger") -eq 0 ]] || fail "something could not be had from serve"

# A page for people, while the store is written to.
curl -s "$BASE/site/lanternpost.example" >page.html
grep -q '<svg class="timeline"' page.html || fail "a site's page has no time line"
"$WINNOW" -q import --store store.db "$DATA/demo/demo.warc.gz" >/dev/null || fail "import beside serve exits with $?"
[[ $(curl -s "$BASE/healthz") == ok ]] || fail "serve is not well"
[[ $(curl -s -o /dev/null -w '%{http_code}' -H 'Host: evil.example' "$BASE/") == 421 ]] || fail "any name is answered to"
[[ $(curl -s -o /dev/null -w '%{http_code}' -X POST -d x "$BASE/") == 405 ]] || fail "POST is answered"
stop_server

expect_error 2 '--listen nowhere:x: write an address and a port' serve --store store.db --listen nowhere:x
expect_error 2 '--public-url ftp://x: write the address' serve --store store.db --public-url ftp://x
echo short >token
expect_error 1 'shorter than 16 characters' serve --store store.db --token-file token
expect_error 1 'missing.db' serve --store missing.db

finish
