# The command line itself: help, version, mistakes.
source "$SUPPORT/golden.sh"

expect_error 2 'name a command'
expect_error 2 "'soompi.com' is no command" soompi.com
expect_error 2 '--log-format' --log-format yaml log x.com
expect_error 2 "'soompi' is no target" backfill soompi --from 127.0.0.1:9
expect_error 2 'cannot read the seed list missing.txt' backfill @missing.txt
expect_error 2 'lies before' backfill soompi.com --since 2012 --until 2011
expect_error 2 'not a date' backfill soompi.com --since yesterday

for verb in archives backfill diff export extract import log replay show; do
  "$WINNOW" $verb --help >help.out || fail "winnow $verb --help exits with $?"
  grep -q '^Example' help.out || fail "winnow $verb --help has no example"
done
for verb in '' archives backfill diff export 'export corpus' 'export jsonl' extract import log replay show; do
  # shellcheck disable=SC2086  # two words are two arguments
  "$WINNOW" $verb --help >help.out || fail "winnow $verb --help exits with $?"
  ! grep -E 'UINT|INT|FLOAT|REQUIRED|Excludes|POSITIVE|[A-Z]:[{A-Z]|SUBCOMMAND|Positionals' help.out >jargon.out ||
    fail "winnow $verb --help speaks of its own making: $(cat jargon.out)"
done
[[ $("$WINNOW" --help | wc -l) -le 40 ]] || fail "winnow --help needs more than a screen"

finish
