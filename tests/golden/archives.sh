# winnow archives, and the config file that adds to them.
source "$SUPPORT/golden.sh"

expect 0 archives <<'OUT'
name                dialect   address                                           index/min  captures/min  state
wayback             wayback   https://web.archive.org                                  24           480  ready
arquivo.pt          pywb      https://arquivo.pt/wayback                              125           200  ready
ukwa                pywb      https://www.webarchive.org.uk/wayback/archive            24           120  ready
live                -         each page's own site, as it is now                        -            12  each host
OUT
[[ ! -e state && ! -e home ]] || fail "listing the archives made a folder"

mkdir -p config/winnow
config() { cat >config/winnow/config.toml; }
config <<'TOML'
# mine
[archive.wayback]
cdx-rate = 12      # half of it

[archive."my archive.v2"]
url = "http://127.0.0.1:9/"
replay-rate = 0

[archive.arquivo.pt]
dialect = 'memento'
TOML
expect 0 archives <<'OUT'
name                dialect   address                                           index/min  captures/min  state
wayback             wayback   https://web.archive.org                                  12           480  ready
arquivo.pt          memento   https://arquivo.pt/wayback                              125           200  ready
ukwa                pywb      https://www.webarchive.org.uk/wayback/archive            24           120  ready
live                -         each page's own site, as it is now                        -            12  each host
my archive.v2       asked     http://127.0.0.1:9                                       24     unlimited  ready
OUT
expect_error 1 'cannot be reached: cannot connect to 127.0.0.1 port 9' backfill x.example/privacy --from 'my archive.v2'
expect_error 2 "(wayback, arquivo.pt, ukwa, live, my archive.v2)" backfill x.example/privacy --from waybak

# What is not understood is told, not guessed: one line with the place.
bad() {
  config
  expect_error 2 "config/winnow/config.toml: $1" archives
  expect_error 2 "config/winnow/config.toml: $1" backfill x.example/privacy --from 127.0.0.1:9
}
bad '[archive.wayback] cdx-rate' <<<$'[archive.wayback]\ncdx-rate = fast'
bad '[archive.wayback] cdx-rate' <<<$'[archive.wayback]\ncdx-rate = 1 2'
bad '[archive.wayback] cdx-rate' <<<$'[archive.wayback]\ncdx-rate = [1, 2]'
bad '[archive.wayback] cdx-rate' <<<$'[archive.wayback]\ncdx-rate = 1\ncdx-rate = 2'
bad '[archive.wayback] cdx-rate' <<<$'[archive.wayback]\ncdx-rate = 1\n[archive.wayback]\ncdx-rate = 2'
bad '[archive.wayback] cdx-rate' <<<$'[archive.wayback]\ncdx-rate'
bad "[archive.wayback] cdx-rate: '-1' is no rate" <<<$'[archive.wayback]\ncdx-rate = -1'
bad '[archive.wayback] cdx_rate is not known; there are url,' <<<$'[archive.wayback]\ncdx_rate = 1'
bad '[archive.mine] dialect' <<<$'[archive.mine]\nurl = "http://x.example"\ndialect = "klingon"'
bad "[archive.mine] url: 'x.example' is no archive" <<<$'[archive.mine]\nurl = "x.example"'
bad '[archive."mine"] lacks its url' <<<$'[archive.mine]\ncdx-rate = 1'
bad '[archive."mine"] lacks its url' <<<'[archive.mine]'
bad '[backfill] is not known' <<<$'[backfill]\ncontact = "me"'
bad 'contact is not known' <<<'contact = "me"'
bad 'after the section [archive.mine] its line must end' <<<'[archive.mine] # comment'
bad '[archive.] is not known' <<<$'[archive.]\nurl = "http://x.example"'
rm config/winnow/config.toml
mkdir config/winnow/config.toml
expect_error 1 "can't read" archives

finish
