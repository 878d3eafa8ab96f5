# winnow sites, stats and similar: what the store has, and what is like another.
source "$SUPPORT/golden.sh"

document() {
  echo "> *The following text is extracted and transformed from the $1 privacy policy that was archived on $2-05-21. Please check the [original snapshot on the Wayback Machine](https://web.archive.org/web/${2}0521195625id_/http%3A//$1/privacy) for the most accurate reproduction.*"
  printf '\n# Privacy\n\n%s\n' "$3"
}
policy='We collect your name, your address and what you read here. We share it with nobody but those who deliver our letters, and keep it for a year.'
document first.example 2011 "$policy" >1.md
document copy.example 2013 "$policy" >2.md
document copy.example 2015 "${policy/nobody/nobody at all}" >3.md
document other.example 2012 'This policy is about cookies alone, which are small files that browsers keep: one to sign in, one to remember languages, none for advertising.' >4.md
document short.example 2012 'We collect nothing.' >5.md
"$WINNOW" -q import ?.md || fail "import exits with $?"

expect 0 sites <<'OUT'
site                           series versions  captures  first seen  last seen   last look   waiting
copy.example                        1        2         2  2013-05-21  2015-05-21  -                 0
first.example                       1        1         1  2011-05-21  2011-05-21  -                 0
other.example                       1        1         1  2012-05-21  2012-05-21  -                 0
short.example                       1        1         1  2012-05-21  2012-05-21  -                 0
OUT
"$WINNOW" -q sites --json | sed -n 1p >sites.json
[[ $(<sites.json) == '{"site":"copy.example","series":1,"versions":2,"captures":2,"first_seen":"20130521195625","last_seen":"20150521195625","last_look":null,"waiting":0}' ]] ||
  fail "another JSON: $(cat sites.json)"

expect 0 stats copy.example <<'OUT'
1 site, 1 series, 2 versions; of a series 2 in the median, 2 at most

year     held  inferred  missing   listed  versions   sites  series   words  grade
2013        1         0        0        0         1       1       1      28      -
2015        1         0        0        0         1       1       1      30      -

languages: en 1
kinds: article 1
OUT
"$WINNOW" -q stats --json >stats.json || fail "stats --json exits with $?"
got=$(sqlite3 :memory: "SELECT j->>'sites', j->>'versions', json_array_length(j->'years'), j->>'\$.years[1].series'
  FROM (SELECT CAST(readfile('stats.json') AS TEXT) AS j)")
[[ $got == '4|5|4|2' ]] || fail "another JSON: $got"
expect_error 1 'the store has nothing of else.example' stats else.example

expect 0 similar first.example <<'OUT'
distance  first seen  last seen    words  version
same      2013-05-21  2013-05-21      28  http://copy.example/privacy#1
OUT
"$WINNOW" -q similar copy.example#1 --json >similar.json || fail "similar --json exits with $?"
got=$(sqlite3 :memory: "SELECT j->>'\$[0].url', j->>'\$[0].version', j->>'\$[0].distance', j->>'\$[0].same_words', json_array_length(j)
  FROM (SELECT CAST(readfile('similar.json') AS TEXT) AS j)")
[[ $got == 'http://first.example/privacy|1|0|1|1' ]] || fail "another JSON: $got"
expect 0 similar other.example </dev/null
expect_error 1 'texts of fewer than 20 are not compared' similar short.example
expect_error 2 'max-distance' similar first.example --max-distance 4

mkdir empty && cd empty
expect_error 1 'there is no store' sites
expect_error 1 'there is no store' stats
finish
