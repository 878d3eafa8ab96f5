# Where the policies of two made-up sites lived. The first moved twice: /privacy.html (left behind as an error page that
# says 200), /about/privacy, a subdomain. Beside them lie what is taken for a policy by others: Google's, linked from the
# homepage; news of a new policy; error pages and the homepage under /privacy; a tag's page; terms; a page never archived;
# the same page with a query. The second's policy is found by the homepage's link alone: /p/123.
source "$SUPPORT/golden.sh"

start_replay "$DATA/discover/discover.warc.gz"
fast=(--from "$BASE" --dialect wayback --cdx-rate 0 --replay-rate 0)

expect 0 discover maplegazette.example ahornblatt.example "${fast[@]}" --all <<'OUT'
maplegazette.example: 3 pages in 1 series; 10 refused
series  from        to          sure          URL                                           found by
     1  2006-03-01  2012-01-15  0.99 certain  http://www.maplegazette.example/privacy.html  index; link "Privacy Policy" (homepage of 2008-03-01); then an error page, or next to nothing
     1  2012-06-01  2017-06-01  0.99 certain  https://maplegazette.example/about/privacy    index; link "Privacy Policy" (homepage of 2013-03-01); took over 2012-06-01 (near-text)
     1  2018-05-26  2023-05-26  1.00 certain  https://legal.maplegazette.example/privacy    index; link "Privacy Policy" (homepage of 2019-03-01); redirect from /about/privacy (2018-05-27); took over 2018-05-26 (redirect)
refused         URL                                                            found by
other-document  https://maplegazette.example/data-privacy-and-terms            index
news            https://maplegazette.example/news/2018/our-new-privacy-policy  index
homepage        https://maplegazette.example/privacy                           index
soft-404        http://www.maplegazette.example/privacy-policy                 index
never-archived  http://www.maplegazette.example/privacy-statement.html         index
homepage        http://www.maplegazette.example/privacystatement               index
variant         http://www.maplegazette.example/privacy.html?ref=news          index
other-company   http://www.google.com/policies/privacy/                        link "Google Privacy Policy" (homepage of 2013-03-01)
control         https://maplegazette.example/privacy-settings                  link "Privacy settings" (homepage of 2019-03-01)
listing         http://www.maplegazette.example/tag/privacy                    link "Privacy" (homepage of 2013-03-01)

ahornblatt.example: 1 page in 1 series
series  from        to          sure          URL                               found by
     1  2019-05-01  2022-05-01  0.90 certain  https://ahornblatt.example/p/123  link "Datenschutzerklärung" (homepage of 2019-05-01)
OUT

# Only the years that were asked for.
expect 0 discover maplegazette.example "${fast[@]}" --until 2012-03 <<'OUT'
maplegazette.example: 1 page in 1 series; 2 refused (--all shows them)
series  from        to          sure          URL                                           found by
     1  2006-03-01  2012-01-15  0.99 certain  http://www.maplegazette.example/privacy.html  index; link "Privacy Policy" (homepage of 2008-03-01)
OUT

# For programs: the same, the refused pages always with them.
"$WINNOW" -q discover maplegazette.example "${fast[@]}" --json >found.json || fail "discover --json exits with $?"
sqlite3 :memory: "
  WITH series AS (SELECT value FROM json_each(readfile('found.json'), '\$[0].series'))
  SELECT value ->> 'url', value ->> 'from', value ->> 'to', value ->> 'then', value ->> 'sure'
    FROM (SELECT page.value FROM series, json_each(series.value, '\$.pages') AS page);
  WITH series AS (SELECT value FROM json_each(readfile('found.json'), '\$[0].series'))
  SELECT value ->> 'from', value ->> 'to', value ->> 'timestamp', value ->> 'evidence', value ->> 'confidence'
    FROM (SELECT takeover.value FROM series, json_each(series.value, '\$.takeovers') AS takeover);
  SELECT count(*) FROM json_each(readfile('found.json'), '\$[0].refused');" >found.txt
diff -u - found.txt >&2 <<'OUT' || fail "discover --json differs"
http://www.maplegazette.example/privacy.html|20060301120000|20120115120000|soft-404|certain
https://maplegazette.example/about/privacy|20120601120000|20170601120000||certain
https://legal.maplegazette.example/privacy|20180526120000|20230526120000||certain
example,maplegazette)/privacy.html|example,maplegazette)/about/privacy|20120601120000|near-text|0.86
example,maplegazette)/about/privacy|example,maplegazette,legal)/privacy|20180526120000|redirect|0.98
10
OUT

# A site without captures.
expect 0 discover nothing.example "${fast[@]}" <<'OUT'
nothing.example: no privacy policy found
OUT

# Several archives, told as one: each way of finding names its archive. One of them has nothing of these sites, one is away.
one=$BASE
start_replay "$DATA/demo/demo.warc.gz"
mkdir -p "$XDG_CONFIG_HOME/winnow"
cat >"$XDG_CONFIG_HOME/winnow/config.toml" <<CONFIG
[archive.one]
url = "$one"
[archive.again]
url = "${one/127.0.0.1/localhost}"
[archive.other]
url = "$BASE"
[archive.away]
url = "http://127.0.0.1:9"
CONFIG
several=(--dialect wayback --cdx-rate 0 --replay-rate 0)
expect 0 discover maplegazette.example ahornblatt.example --from other --from one "${several[@]}" <<'OUT'
maplegazette.example: 3 pages in 1 series; 10 refused (--all shows them)
series  from        to          sure          URL                                           found by
     1  2006-03-01  2012-01-15  0.99 certain  http://www.maplegazette.example/privacy.html  index in one; link "Privacy Policy" (homepage of 2008-03-01) in one; then an error page, or next to nothing
     1  2012-06-01  2017-06-01  0.99 certain  https://maplegazette.example/about/privacy    index in one; link "Privacy Policy" (homepage of 2013-03-01) in one; took over 2012-06-01 (near-text)
     1  2018-05-26  2023-05-26  1.00 certain  https://legal.maplegazette.example/privacy    index in one; link "Privacy Policy" (homepage of 2019-03-01) in one; redirect from /about/privacy (2018-05-27) in one; took over 2018-05-26 (redirect)

ahornblatt.example: 1 page in 1 series
series  from        to          sure          URL                               found by
     1  2019-05-01  2022-05-01  0.90 certain  https://ahornblatt.example/p/123  link "Datenschutzerklärung" (homepage of 2019-05-01) in one
OUT
expect 0 discover ahornblatt.example --from one --from again "${several[@]}" <<'OUT'
ahornblatt.example: 1 page in 1 series
series  from        to          sure          URL                               found by
     1  2019-05-01  2022-05-01  0.90 certain  https://ahornblatt.example/p/123  link "Datenschutzerklärung" (homepage of 2019-05-01) in one; link "Datenschutzerklärung" (homepage of 2019-05-01) in again
OUT
code=0
"$WINNOW" -q discover ahornblatt.example --from away --from one "${several[@]}" >away.out 2>away.err || code=$?
[[ $code -eq 1 ]] && grep -q 'away: ' away.err && grep -q '/p/123' away.out ||
  fail "one of two archives is away: exit code $code: $(cat away.out away.err)"
rm -r "$XDG_CONFIG_HOME"

# Told to a store: the versions of what is fetched run along the series.
"$WINNOW" -q discover maplegazette.example ahornblatt.example "${fast[@]}" --store found.db >/dev/null ||
  fail "discover --store exits with $?"
"$WINNOW" -q backfill maplegazette.example https://ahornblatt.example/p/123 "${fast[@]}" --store found.db ||
  fail "backfill of what was discovered exits with $?"
sqlite3 found.db "SELECT series, urlkey, since, evidence FROM v_series WHERE urlkey IN
    ('example,maplegazette)/privacy.html', 'example,maplegazette)/about/privacy', 'example,maplegazette,legal)/privacy')
    AND series NOT LIKE '%(aside)' ORDER BY since;
  SELECT urlkey, version, first_seen, captures FROM v_versions
    WHERE series = 'example,maplegazette)/privacy.html' OR site = 'ahornblatt.example' ORDER BY site, version" >series.txt
diff -u - series.txt >&2 <<'OUT' || fail "discover --store and backfill do not make the series"
example,maplegazette)/privacy.html|example,maplegazette)/privacy.html||
example,maplegazette)/privacy.html|example,maplegazette)/about/privacy|20120601120000|near-text
example,maplegazette)/privacy.html|example,maplegazette,legal)/privacy|20180526120000|redirect
example,ahornblatt)/p/123|1|20190501120000|2
example,maplegazette)/privacy.html|1|20060301120000|4
example,maplegazette)/about/privacy|2|20120601120000|3
example,maplegazette,legal)/privacy|3|20180526120000|3
OUT

# What is read to find the policy is held, and not fetched again, in one run and in two. Redirects are gone after by the harvest.
start_replay "$DATA/discover/discover.warc.gz"
start_faults
asked=$server_out
faulty=(--from "$BASE" --dialect wayback --cdx-rate 0 --replay-rate 0)
fetched_twice() { tail -n "+$1" "$asked" | grep '^/web/' | sort | uniq -d; }
"$WINNOW" -q backfill maplegazette.example ahornblatt.example "${faulty[@]}" --store once.db --json >once.json ||
  fail "backfill of two sites exits with $?"
[[ $(fetched_twice 1) == /web/20180526120000id_/http://maplegazette.example/about/privacy ]] ||
  fail "fetched twice is not just the redirect: $(fetched_twice 1)"
held=$(sqlite3 once.db "SELECT count(*) FROM v_captures WHERE state = 'held'")
[[ $(sqlite3 :memory: "SELECT j ->> '$.captures.held', j ->> '$.captures.already_held' FROM (SELECT CAST(readfile('once.json') AS TEXT) AS j)") == "$held|0" ]] ||
  fail "the report counts otherwise than the store, $held: $(cat once.json)"
from=$(($(wc -l <"$asked") + 1))
"$WINNOW" -q discover ahornblatt.example "${faulty[@]}" --store twice.db >/dev/null || fail "discover --store exits with $?"
"$WINNOW" -q backfill https://ahornblatt.example/p/123 "${faulty[@]}" --store twice.db || fail "backfill after it exits with $?"
[[ -z $(fetched_twice "$from") ]] || fail "fetched twice by two runs: $(fetched_twice "$from")"

# A page that is known from a link alone and can't be read: it is told, and the look-through is no failure.
echo 'ahornblatt.example/p/123 none' >rules
expect 0 discover ahornblatt.example "${faulty[@]}" <<'OUT'
ahornblatt.example: 1 page in 1 series
series  from        to          sure          URL                               found by
     1  2019-05-01  2022-05-01  0.45 unsure   https://ahornblatt.example/p/123  link "Datenschutzerklärung" (homepage of 2019-05-01); could not be read: the archive says it has none
OUT
"$WINNOW" -q discover ahornblatt.example "${faulty[@]}" --json >unread.json || fail "discover --json exits with $?"
grep -q '"reason": "not-archived"' unread.json || fail "unread: $(cat unread.json)"
: >rules

# What the index calls a page, and is an archived 404: told with that status, on the ledger as well.
echo 'id_/http://www.maplegazette.example/privacy-policy gone' >rules
"$WINNOW" -q discover maplegazette.example "${faulty[@]}" --all --store gone.db >gone.txt || fail "discover of a 404 exits with $?"
grep -qx 'error-status    http://www.maplegazette.example/privacy-policy  *index; status 404' gone.txt || fail "a 404: $(cat gone.txt)"
[[ $(sqlite3 gone.db "SELECT reason, status, detail FROM v_ledger WHERE target LIKE '%/privacy-policy'") == 'not-a-policy|404|an archived error: status 404' ]] ||
  fail "a 404: $(sqlite3 gone.db 'SELECT * FROM v_ledger')"
: >rules

# A part of a site whose policy no listing by URL brings: it is found by the homepage's link, and nothing is missing.
"$WINNOW" -q backfill shop.ahornblatt.example "${fast[@]}" --store shop.db || fail "backfill of a subdomain exits with $?"
[[ $(sqlite3 shop.db "SELECT (SELECT count(*) FROM v_versions) || ' ' || (SELECT count(*) FROM ledger)") == '1 0' ]] ||
  fail "a subdomain's policy: $(sqlite3 shop.db 'SELECT * FROM v_versions; SELECT * FROM v_ledger')"

# One page, and many.
printf '%s' '<footer><a href="/about/privacy">Privacy Policy</a> <a href="/cookies">Cookies</a>
  <a href="/ccpa">Do not sell my personal information</a></footer>' >a.html
printf '%s' '<a href="/contact">Contact</a>' | gzip >b.x.html.gz
expect 0 discover --html a.html --url http://www.maplegazette.example/ <<'OUT'
0.91  privacy-policy  text-and-url   http://www.maplegazette.example/about/privacy  "Privacy Policy"
-     cookie-policy   no-policy      http://www.maplegazette.example/cookies  "Cookies"
-     other           control        http://www.maplegazette.example/ccpa  "Do not sell my personal information"
OUT
expect 0 discover --html b.x.html.gz --url http://www.maplegazette.example/ <<'OUT'
no link to a privacy policy
OUT
expect 0 discover --html a.html b.x.html.gz --url http://a.example/ http://b.example/ <<'OUT'
a	http://a.example/about/privacy
b	-
OUT
printf 'a.html\thttp://a.example/\nb.x.html.gz\thttp://b.example/\n' >list
expect 0 discover --html @list <<'OUT'
a	http://a.example/about/privacy
b	-
OUT

expect_error 2 'name a site' discover
expect_error 2 'whole sites' discover maplegazette.example/privacy
expect_error 2 '--url' discover --html a.html b.x.html.gz --url http://a.example/
expect_error 2 'lies before' discover maplegazette.example --since 2015 --until 2010
expect_error 1 'cannot be read' discover --html missing.html
expect_error 1 'cannot be reached' discover maplegazette.example --from http://127.0.0.1:9
finish
