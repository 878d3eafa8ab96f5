# winnow search: which versions have words and phrases, since and until when.
source "$SUPPORT/golden.sh"

"$WINNOW" -q import "$DATA/demo/demo.warc.gz" || fail "import exits with $?"

expect 0 search cookies visits <<'OUT'
http://www.lanternpost.example/privacy.html  4 versions
    versions 2-4    2008-06-02 to 2011-02-04, the last version
    ... picture that you give us when you join the forum. Cookies: one that keeps you signed in, and one that counts visits. How we use it We use your information ...
OUT

# One argument is a phrase, and case does not matter; a minus takes away.
expect 0 search 'YOUR rights' <<'OUT'
https://lanternpost.example/legal/privacy  3 versions
    versions 2-3    2018-05-25 to 2022-06-15, the last version
    ... providers, under contract. We do not sell personal data. 4. Your rights a. You may ask for access to your data and for a copy of it. b. You may ...
OUT
expect 0 search 'rights your' </dev/null
expect 0 search '"your rights" -cookies' </dev/null
expect 0 search 'rights acc*' </dev/null
[[ $("$WINNOW" -q search rights 'acc*' | wc -l) -eq 3 ]] || fail 'a beginning is not found'

# Since when, and until when.
expect 0 search --first 'your rights' <<'OUT'
https://lanternpost.example/legal/privacy#2  first seen 2018-05-25, not yet 2016-02-29
    ... providers, under contract. We do not sell personal data. 4. Your rights a. You may ask for access to your data and for a copy of it. b. You may ...
OUT
expect 0 search --last 'your rights' <<'OUT'
https://lanternpost.example/legal/privacy#3  still there 2022-06-15
    ... providers, under contract. We do not sell personal data. 4. Your rights a. You may ask for access to your data and for a copy of it. b. You may ...
OUT
expect 0 search --first 'your rights' --since 2019 </dev/null

# What comes and goes is told with all its times, and what nobody has read is said.
document() {
  echo "> *The following text is extracted and transformed from the flap.example privacy policy that was archived on $1-05-21. Please check the [original snapshot on the Wayback Machine](https://web.archive.org/web/${1}0521195625id_/http%3A//flap.example/privacy) for the most accurate reproduction.*"
  printf '\n# Privacy\n\n%s\n' "$2"
}
document 2011 'We sell data.' >2011.md
document 2012 'We keep *data*.' >2012.md
document 2013 'We sell data.' >2013.md
document 2014 $'We keep \e[31mdata.' >2014.md
"$WINNOW" -q import 201?.md || fail "import of documents exits with $?"
expect 0 search sell --site flap.example <<'OUT'
http://flap.example/privacy  4 versions
    version 1       2011-05-21 to 2011-05-21
    version 3       2013-05-21 to 2013-05-21
    We sell data
OUT
expect 0 search sell --last --site flap.example <<'OUT'
http://flap.example/privacy#3  last seen 2013-05-21, gone 2014-05-21
    version 1       2011-05-21 to 2011-05-21
    version 3       2013-05-21 to 2013-05-21
    We sell data
OUT
expect 0 search 'keep data' --site flap.example --until 2012 <<'OUT'
http://flap.example/privacy  4 versions
    version 2       2012-05-21 to 2012-05-21
    We keep data
OUT
"$WINNOW" -q search --json --last sell --site flap.example >search.json || fail "--json exits with $?"
got=$(sqlite3 :memory: "SELECT j->>'\$[0].runs[1].absent_until', j->>'\$[0].runs[1].absent_from', j->>'\$[0].runs[0].absent_until',
  j->>'\$[0].version', j->>'\$[0].snippet[1].text', j->>'\$[0].snippet[1].hit', json_array_length(j)
  FROM (SELECT CAST(readfile('search.json') AS TEXT) AS j)")
[[ $got == '20120521195625|20140521195625||3|sell|1|1' ]] || fail "another JSON: $got"

# What a text holds can't steer a terminal; no colours without one.
"$WINNOW" -q search keep --since 2014 --site flap.example >plain.out
! grep -q $'\e' plain.out || fail 'an escape sequence gets through'

# As many series as asked for; that there are more is said.
"$WINNOW" search data --limit 1 >one.out 2>one.err || fail "--limit exits with $?"
[[ $(grep -c '^http' one.out) -eq 1 ]] || fail "not one series: $(cat one.out)"
grep -q 'more than these 1 series' one.err || fail "stderr does not say that there are more: $(cat one.err)"
[[ $("$WINNOW" -q search data --limit 0 | grep -c '^http') -eq 3 ]] || fail 'not all series'

expect_error 2 'no word to look for' search -- '-cookies'
expect_error 2 'no word to look for' search '&'
expect_error 2 'not in range 0 to 1000000000' search data --limit -1
expect_error 2 'not a date' search data --since yesterday
expect_error 1 'the store has nothing of else.example' search data --site else.example
expect_error 2 'excludes' search data --first --last

# Versions of a run that has not ended are not searched yet.
sqlite3 winnow.db "DELETE FROM analyses WHERE text_id = (SELECT text_id FROM captures WHERE timestamp = 20140521195625);
  UPDATE runs SET ended = NULL WHERE id = (SELECT max(id) FROM runs)"
"$WINNOW" search sell --last --site flap.example >unsure.out 2>unsure.err || fail "exit code $?"
grep -q '^http://flap.example/privacy#3  last seen 2013-05-21$' unsure.out || fail "more is said than known: $(cat unsure.out)"
grep -q '1 version is not searched' unsure.err || fail "stderr does not say what is not searched: $(cat unsure.err)"
finish
