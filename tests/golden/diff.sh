# winnow diff: what has changed between two versions, word by word.
source "$SUPPORT/golden.sh"

"$WINNOW" -q import "$DATA/demo/demo.warc.gz" || fail "import exits with $?"
page=https://lanternpost.example/legal/privacy

expect 0 diff $page 2 3 <<'OUT'
https://lanternpost.example/legal/privacy
--- version 2  2018-05-25 .. 2019-07-07  https://lanternpost.example/legal/privacy
+++ version 3  2021-03-02 .. 2022-06-15  https://lanternpost.example/legal/privacy

# Privacy policy

*Last updated: [-25 May 2018-]{+2 March 2021+}*

The Lantern Post Ltd (“we”) is the controller of the personal data described here. This policy applies to our site, our apps and our newsletters.

## 1. What we process, and why

| Data | Purpose | Kept for |
| --- | --- | --- |
| Address and log data | Security of the site | [-90-]{+14+} days |
| Name and e-mail address | Your account and newsletters | Until you leave |
| Payment data | Subscriptions | 10 years (tax law) |

... 24 lines the same ...

4 words removed, 4 added: 2.3 % of the text changed
OUT

# However the two are named.
cp expected.out wanted.out
for words in "$page" "$page#3" "$page#2 $page#3" "$page#2 #3" "$page#2 3" "$page@2018 @2022-06" "$page 2019 2022" \
  "$page @2018-06-01 #3" "lanternpost.example/legal/privacy 2 3"; do
  # shellcheck disable=SC2086  # they are several arguments
  expect 0 diff $words <wanted.out
done

# Two pages, other titles.
"$WINNOW" -q diff "http://lanternpost.example/privacy.html#4" "$page#1" >pages.out || fail "two pages: exit code $?"
grep -q '^    Privacy Policy | The Lantern Post$' pages.out || fail "the old title is missing: $(head -5 pages.out)"

# The same text twice is no error.
expect 0 diff $page 2 2 <<'OUT'
https://lanternpost.example/legal/privacy
--- version 2  2018-05-25 .. 2019-07-07  https://lanternpost.example/legal/privacy
+++ version 2  2018-05-25 .. 2019-07-07  https://lanternpost.example/legal/privacy

... 38 lines the same ...

0 words removed, 0 added: 0.0 % of the text changed
OUT

# What patch(1) makes of the old text is the new one.
"$WINNOW" -q diff $page 1 2 --unified >unified.diff || fail "--unified exits with $?"
head -3 unified.diff >head.out
printf '%s\n' $'--- https://lanternpost.example/legal/privacy#1\t2014-09-12 11:12:14 +0000' \
  $'+++ https://lanternpost.example/legal/privacy#2\t2018-05-25 00:01:30 +0000' '@@ -1,6 +1,6 @@' | diff - head.out >&2 ||
  fail "--unified begins otherwise"
for number in 1 2; do
  "$WINNOW" -q show $page#$number | tail -n +5 >$number.md  # without header and title line
  [[ -z $(tail -c 1 $number.md) ]] || fail "show ends without a line's end"
done
if command -v patch >/dev/null; then
  patch -s 1.md unified.diff || fail "patch exits with $?"
  cmp 1.md 2.md || fail "a patched text is not the new one"
  grep -q '^.. No newline' unified.diff && fail "--unified takes texts to end without a line's end"
fi

# All pieces together are both texts.
"$WINNOW" -q diff $page 1 2 --json >diff.json || fail "--json exits with $?"
sqlite3 :memory: "SELECT json_extract(value, '$.kind'), json_extract(value, '$.text')
  FROM json_each(readfile('diff.json'), '$.pieces') WHERE key BETWEEN 1 AND 2" >pieces.txt
printf '%s\n' 'removed|1 September 2014' 'added|25 May 2018' | diff - pieces.txt >&2 || fail "other pieces"
sqlite3 :memory: "SELECT group_concat(json_extract(value, '$.text'), '') FROM json_each(readfile('diff.json'), '$.pieces')
  WHERE json_extract(value, '$.kind') <> 'removed'" | diff - 2.md >&2 || fail "pieces are not the new text"
[[ $(sqlite3 :memory: "SELECT json_extract(readfile('diff.json'), '$.old.version', '$.new.version', '$.words_removed',
  '$.words_added')") == '[1,2,3,60]' ]] || fail "another summary: $(cat diff.json)"

# What a page says is text, whatever it looks like.
document() {
  echo "> *The following text is extracted and transformed from the evil.example privacy policy that was archived on ${1:0:4}-05-21. Please check the [original snapshot on the Wayback Machine](https://web.archive.org/web/${1}0521195625id_/http%3A//evil.example/privacy) for the most accurate reproduction.*"
  printf '\n# <b>Title</b> %s\n\n%b\n' "$1" "$2"
}
document 2011 'We keep\tit <script>alert(1)</script>' >evil-2011.md
document 2012 'We keep\tit \033]0;owned\007 \u202egpj.exe <img src=x onerror="alert(1)">' >evil-2012.md
"$WINNOW" -q import evil-2011.md evil-2012.md || fail "import of documents exits with $?"
"$WINNOW" -q diff evil.example/privacy --html >evil.html || fail "--html exits with $?"
grep -q '&lt;img src=x onerror=&quot;alert(1)&quot;' evil.html || fail "the text is missing: $(cat evil.html)"
! grep -qE '<(script|img|b)[ >]' evil.html || fail "a text became markup: $(cat evil.html)"
"$WINNOW" -q diff evil.example/privacy >evil.txt || fail "evil: exit code $?"
for file in evil.html evil.txt; do
  ! grep -qP '[\x00-\x09\x0b-\x1f\x7f]|\xe2\x80\xae' $file || fail "$file: a control character is left"
  grep -qF '?]0;owned? ?gpj.exe' $file || fail "$file: $(cat $file)"
done

# A terminal gets colours, unless it wants none.
if command -v script >/dev/null; then
  script -qec "'$WINNOW' -q diff $page 2 3" /dev/null >terminal.out </dev/null || fail "on a terminal: exit code $?"
  grep -qF $'updated: \e[31;9m25 May 2018\e[0m\e[32m2 March 2021\e[0m*' terminal.out || fail "no colours: $(cat -v terminal.out)"
  NO_COLOR=1 script -qec "'$WINNOW' -q diff $page 2 3" /dev/null </dev/null | tr -d '\r' | diff - wanted.out >&2 ||
    fail "NO_COLOR is not obeyed"
fi

expect_error 1 'there is no version 9' diff $page 2 9
expect_error 1 'no version is known from 2001' diff $page 2001 2020
expect_error 1 'has none before it' diff $page#1
expect_error 1 'the store has nothing of other.example' diff other.example 1 2
expect_error 2 'name both versions' diff $page 2
expect_error 2 "'yesterday' is no version" diff $page 2 yesterday
expect_error 2 'names a version already' diff $page#1 2 3
expect_error 2 'no more' diff $page 1 2 3
expect_error 2 'excludes' diff $page --html --json

finish
