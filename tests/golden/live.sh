# winnow backfill and harvest --from live: the sites themselves, as they are now.
source "$SUPPORT/golden.sh"

mkdir -p site/legal
page() { printf '<html><title>Privacy</title><body><main><h1>Privacy policy</h1><p>%s</p></main></body></html>' "$1"; }
page 'We keep your name and your address for as long as you are our customer.' >site/privacy
printf '200 OK\nETag: "one"\nLast-Modified: Sun, 01 Nov 2026 10:00:00 GMT\n' >site/privacy.head
printf 'User-agent: *\nDisallow: /admin\n\nUser-agent: winnow\nDisallow: /secret\n' >site/robots.txt
start_server "$SITE_SERVER" site
site=$BASE
log=$server_out
requests() { tail -n +2 "$log"; }
live=(--from live --replay-rate 0 --contact you@example.org)
captures() { sqlite3 winnow.db "SELECT count(*) FROM v_captures WHERE archive = 'live:' $1"; }
today=$(date -u +%Y-%m-%d)

# The first fetch: robots.txt, then the page.
"$WINNOW" backfill "$site/privacy" "${live[@]}" >first.out 2>first.err || fail "first: exit code $?: $(cat first.err)"
[[ ! -s first.err ]] || fail "first: stderr: $(cat first.err)"
grep -q "^$site/privacy: 1 page$" first.out || fail "first: $(cat first.out)"
grep -q '^stored      1 new version, 1 new body, 1 new text$' first.out || fail "first: $(cat first.out)"
[[ $(requests) == $'/robots.txt\n/privacy' ]] || fail "first: requests: $(requests)"
[[ $(captures "AND state = 'held' AND statuscode = 200 AND mimetype = 'text/html' AND original = '$site/privacy'") == 1 ]] ||
  fail "the capture: $(sqlite3 winnow.db 'SELECT * FROM v_captures')"
[[ $(sqlite3 winnow.db "SELECT url || dialect FROM archives") == live:live ]] || fail "another archive is named"

# Its header names the site, the day and no archive, and is read back the same.
"$WINNOW" -q show "$site/privacy" >show.out
line="> *The following text is extracted and transformed from the 127.0.0.1 privacy policy that was fetched from [$site/privacy]($site/privacy) on $today, at "
head -n 1 show.out | grep -qF "$line" || fail "header: $(head -n 1 show.out)"
head -n 1 show.out | grep -q ' UTC. The page may have changed since.\*$' || fail "header: $(head -n 1 show.out)"
"$WINNOW" -q export corpus corpus --html 2>/dev/null
! grep -rqi 'wayback\|web.archive.org\|snapshot' corpus || fail "an export claims an archive"
(cd corpus && find . -type f | sort) >files
[[ $(wc -l <files) == 2 ]] || fail "export: $(cat files)"
"$WINNOW" -q import --store again.db $(find corpus -type f) || fail "import: $?"
"$WINNOW" -q export corpus again --html --store again.db
diff -r corpus again || fail "what is imported is exported otherwise"
[[ $(sqlite3 again.db "SELECT DISTINCT archive FROM v_captures") == live: ]] || fail "the import names another archive"
"$WINNOW" -q show "$site/privacy" --provenance >provenance.json
grep -q '"archive": "live:"' provenance.json || fail "provenance: $(cat provenance.json)"
grep -q '"remote_address": "127.0.0.1"' provenance.json || fail "provenance: no address"
! grep -q 'web.archive.org\|memento_url' provenance.json || fail "provenance names an archive"

# Not changed since: no body comes, and the day is known all the same.
sleep 1
expect 0 harvest --from live --replay-rate 0 </dev/null
[[ $(requests | tail -1) == '/privacy "one"' ]] || fail "harvest asks without its ETag: $(requests)"
[[ $(captures "") == 2 ]] || fail "an unchanged page is no capture"
[[ $(sqlite3 winnow.db "SELECT count(*) FROM provenance WHERE record LIKE '%not_modified_since%'") == 1 ]] || fail "no word of 304"
"$WINNOW" -q log "$site/privacy" >log.out
grep -q '2 captures, 1 version$' log.out || fail "log: $(cat log.out)"

# Changed.
sleep 1
page 'We keep your name and your address for ten years.' >site/privacy
printf '200 OK\nETag: "two"\n' >site/privacy.head
"$WINNOW" -q harvest --from live --replay-rate 0 >news.out 2>news.err || fail "news: exit code $?"
grep -q "^$site/privacy  1 new version$" news.out || fail "news: $(cat news.out)"
[[ ! -s news.err ]] || fail "news: stderr: $(cat news.err)"

# What can't be had is on the ledger, under the page's URL.
reason() { sqlite3 winnow.db "SELECT reason || ' ' || coalesce(status, '-') || ' ' || retry FROM v_ledger WHERE target = '$site$1'"; }
miss() {
  local code=0
  "$WINNOW" -q backfill "$site$1" "${live[@]}" >miss.out 2>miss.err || code=$?
  [[ $code -eq 3 && ! -s miss.err ]] || fail "$1: exit code $code: $(cat miss.err)"
  [[ $(reason "$1") == "$2" ]] || fail "$1: $(reason "$1")"
}
miss /secret/privacy 'robots-disallowed - later'
! requests | grep -q secret || fail "a page was asked for that robots.txt disallows"
# Nor is it until the ledger's date, and nobody is told again.
asked=$(requests | wc -l)
expect 0 harvest "$site/secret/privacy" --from live --replay-rate 0 </dev/null
[[ $(requests | wc -l) == "$asked" ]] || fail "what rests on the ledger was asked for"
miss /gone 'http-error 404 next-run'
printf '302 Found\nLocation: /b\n' >site/a.head
printf '302 Found\nLocation: /a\n' >site/b.head
miss /a 'redirect-loop 302 later'
printf '302 Found\nLocation: file:///etc/passwd\n' >site/file.head
miss /file 'redirect-loop 302 later'
printf '302 Found\nLocation: /secret/x\n' >site/inside.head
miss /inside 'robots-disallowed - later'
printf '503 Busy\nRetry-After: 1\n' >site/busy.head
miss /busy 'rate-limited 503 next-run'
# What a site means for good is asked for again after a month; an error of the moment by the next run.
printf '410 Gone\n' >site/withdrawn.head
miss /withdrawn 'http-error 410 later'
printf '451 Unavailable\n' >site/barred.head
miss /barred 'http-error 451 later'
asked=$(requests | wc -l)
expect 0 harvest "$site/withdrawn" "$site/barred" --from live --replay-rate 0 </dev/null
[[ $(requests | wc -l) == "$asked" ]] || fail "what is gone for good was asked for by the next run"
# Bytes that are not what their coding says are no text.
printf '200 OK\nContent-Encoding: gzip\n' >site/coded.head
{ printf '\x1f\x9d\x90'; head -c 3000 "$DATA/demo/demo.warc.gz" | tail -c 2000; } >site/coded
miss /coded 'bad-encoding 200 later'
page 'We keep nothing.' >site/gone
sleep 2
"$WINNOW" -q backfill "$site/gone" "${live[@]}" >/dev/null || fail "a page that came back: exit code $?"
[[ -z $(reason /gone) ]] || fail "a page that came back is still on the ledger"

# Redirects are followed, and told.
printf '301 Moved\nLocation: legal/new\n' >site/old.head
page 'We sell no data.' >site/legal/new
"$WINNOW" -q backfill "$site/old" "${live[@]}" >/dev/null || fail "redirect: exit code $?"
[[ $(captures "AND original = '$site/legal/new'") == 1 ]] || fail "redirect: not held under its own URL"
"$WINNOW" -q show "$site/legal/new" --provenance | grep -q "\"url\": \"$site/old\"" || fail "redirect: no hop is told"

# A policy that has moved goes on as one series; a page that is gone, and leads home, ends there.
policy() {
  printf '<html><title>Privacy</title><body><main><h1>Privacy Policy</h1><p>Last updated: %s</p>' "$1"
  for part in 'We collect your name, your email address and the pages that you visit.' \
    'We use this personal information to provide our services, and share it with no third parties.' \
    'We use cookies. You can delete them in your browser at any time.' \
    'You have the right to access, correct and delete your personal data.' \
    'If you have questions about this privacy policy, contact us at privacy@example.org.'; do printf '<p>%s</p>' "$part"; done
  printf '</main></body></html>'
}
policy '1 May 2025' >site/policy
policy '2 May 2025' >site/terms
moved=(harvest "$site/policy" "$site/terms" --from live --replay-rate 0 --store moved.db)
"$WINNOW" -q "${moved[@]}" >/dev/null || fail "moved: exit code $?"
printf '301 Moved\nLocation: /legal/policy\n' >site/policy.head
printf '302 Found\nLocation: /\n' >site/terms.head
policy '3 May 2026' >site/legal/policy
printf '<html><body><h1>Welcome</h1><p>We sell lamps, shades and wicks of all kinds.</p></body></html>' >site/index
sleep 1
"$WINNOW" -q "${moved[@]}" >moved.out || fail "moved: exit code $?"
grep -q "^$site/legal/policy  1 new version$" moved.out || fail "moved: $(cat moved.out)"
[[ $(sqlite3 moved.db "SELECT urlkey || ' ' || coalesce(evidence, '-') FROM v_series WHERE series LIKE '%)/policy' ORDER BY since" |
  sed 's/^[^)]*)//') == $'/policy -\n/legal/policy redirect' ]] || fail "moved: no series: $(sqlite3 moved.db 'SELECT * FROM v_series')"
[[ $(sqlite3 moved.db "SELECT count(*) FROM takeovers") == 1 ]] || fail "moved: $(sqlite3 moved.db 'SELECT * FROM takeovers')"
"$WINNOW" -q log "$site/legal/policy" --store moved.db >moved.log
grep -q '2 captures, 2 versions$' moved.log || fail "moved: $(cat moved.log)"
# It is asked for where it is now, and not told again.
sleep 1
"$WINNOW" -q backfill "$site/policy" --from live --replay-rate 0 --store moved.db >/dev/null || fail "moved again: exit code $?"
[[ $(sqlite3 moved.db "SELECT count(*) FROM takeovers") == 1 ]] || fail "moved again: $(sqlite3 moved.db 'SELECT * FROM takeovers')"

# A site that the store has nothing of: by its homepage's link, which is asked for by https, then http. (It is not on this
# machine, so its requests go to ours as their proxy.)
as_proxy() { http_proxy=$site https_proxy=http://127.0.0.1:9 "$WINNOW" -q "$@"; }
printf '<html><body><p>Welcome.</p><footer><a href="/privacy">Privacy policy</a></footer></body></html>' >site/index
as_proxy backfill lanternpost.example --store fresh.db "${live[@]}" >/dev/null 2>site.err || fail "site: $?: $(cat site.err)"
[[ $(sqlite3 fresh.db "SELECT group_concat(original) FROM v_captures") == http://lanternpost.example/privacy ]] ||
  fail "site: not found by its link: $(sqlite3 fresh.db 'SELECT * FROM v_captures')"
printf '<html><body><p>Welcome.</p></body></html>' >site/index
# Where it is known, the homepage need not lead there.
as_proxy backfill lanternpost.example --store fresh.db "${live[@]}" --json >site.json || fail "known site: $?"
grep -q '"held": 1' site.json || fail "known site: $(cat site.json)"
code=0
as_proxy backfill lanternpost.example --store empty.db "${live[@]}" >/dev/null || code=$?
[[ $code -eq 3 && $(sqlite3 empty.db "SELECT target || ' ' || reason FROM v_ledger") == 'lanternpost.example no-policy' ]] ||
  fail "site without a link: exit code $code: $(sqlite3 empty.db 'SELECT * FROM v_ledger')"

# Killed while a page does not come: what was had is kept, and the next run has the rest.
printf 'stall\n' >site/slow.head
"$WINNOW" -q backfill "$site/privacy" "$site/slow" --store killed.db "${live[@]}" >/dev/null 2>&1 &
killed=$!
for _ in $(seq 100); do
  requests | grep -q '^/slow' && break
  sleep 0.1
done
# The first page is stored while the second one is asked for.
for _ in $(seq 100); do
  [[ $(sqlite3 killed.db "SELECT count(*) FROM v_captures WHERE state = 'held'" 2>/dev/null) == 1 ]] && break
  sleep 0.1
done
kill -9 $killed
wait $killed 2>/dev/null || true
rm site/slow.head
page 'We are slow.' >site/slow
[[ $(sqlite3 killed.db "SELECT count(*) FROM v_captures WHERE state = 'held'") == 1 ]] || fail "killed: the first page is lost"
"$WINNOW" -q backfill "$site/slow" --store killed.db "${live[@]}" >/dev/null || fail "after the kill: exit code $?"
[[ $(sqlite3 killed.db "SELECT count(*) FROM v_captures WHERE state = 'held'") == 2 ]] || fail "after the kill: not held"
[[ $(sqlite3 killed.db 'PRAGMA integrity_check') == ok ]] || fail "killed: the store is damaged"

# An archive and the live site in one history, each capture with its archive; dates are the archive's.
page 'Today we keep your name for a year.' >site/legal/privacy
start_replay "$DATA/demo/demo.warc.gz"
url=http://lanternpost.example/legal/privacy
as_proxy backfill $url --from "$BASE" --from live --dialect wayback --cdx-rate 0 --replay-rate 0 \
  --store both.db --since 2010 --json >both.json 2>both.err || fail "both: exit code $?: $(cat both.err)"
[[ ! -s both.err ]] || fail "both: stderr: $(cat both.err)"
grep -q '"archive": "live"' both.json || fail "both: $(cat both.json)"
both() { sqlite3 both.db "SELECT count(*) FROM v_captures WHERE state = 'held' AND urlkey = 'example,lanternpost)/legal/privacy' AND archive = '$1'"; }
[[ $(both "$BASE") -gt 1 && $(both live:) == 1 ]] || fail "both: $(both "$BASE") archived, $(both live:) live"
"$WINNOW" -q log $url --store both.db >both.log
[[ $(grep -c "^ *[0-9]" both.log) -gt 1 && $(tail -n 1 both.log) == *"$today"* ]] || fail "both: $(cat both.log)"
"$WINNOW" -q show $url --store both.db | sed -n 1p | grep -q "fetched from \[$url\]" || fail "both: the last version is not the live one"
"$WINNOW" -q show $url --store both.db --version 1 | sed -n 1p | grep -q 'archived on' || fail "both: the first version is not the archive's"

# A stranger's site can't send us to this machine, whatever way it writes the address.
for inside in "127.0.0.1:${site##*:}" "2130706433:${site##*:}" "localhost:${site##*:}" "[::1]:${site##*:}" "169.254.169.254"; do
  printf '302 Found\nLocation: http://%s/privacy\n' "$inside" >site/evil.head
  code=0
  as_proxy backfill http://lanternpost.example/evil "${live[@]}" --store evil.db >/dev/null 2>&1 || code=$?
  [[ $code -eq 3 && $(sqlite3 evil.db "SELECT reason FROM v_ledger") == redirect-loop ]] || fail "$inside: exit code $code"
  [[ $(sqlite3 evil.db "SELECT count(*) FROM v_captures") == 0 ]] || fail "$inside: was fetched"
done

# The plan, and what makes no sense.
expect 0 backfill "$site/privacy" --from live --dry-run <<OUT
$site/privacy: 1 capture of 1 page, 1 to fetch
requests    0 to the index, 1 for captures, 1 for robots.txt and homepages, about 0.0 MB compressed
time        about 10 s at the present budget
OUT
expect 0 backfill "$site/privacy" "$site/gone" lanternpost.example --from live --replay-rate 0 --dry-run --store none.db <<OUT
$site/privacy: 1 capture of 1 page, 1 to fetch
$site/gone: 1 capture of 1 page, 1 to fetch
lanternpost.example: 1 capture of 1 page, 1 to fetch
requests    0 to the index, 3 for captures, 3 for robots.txt and homepages, about 0.0 MB compressed
time        about 0 s at the present budget
OUT
expect_error 2 'a live page is fetched as it is now' backfill "$site/privacy" --from live --since 2010
expect_error 2 'a live page is fetched as it is now' backfill "$site/privacy" --from live --captures unique
expect_error 2 'the live sites have none' backfill "$site/privacy" --from live --dialect wayback
expect_error 2 'the live sites have none' harvest "$site/privacy" --from live --cdx-rate 3
expect_error 2 'this needs an archive, which has a past' discover soompi.com --from live

finish
