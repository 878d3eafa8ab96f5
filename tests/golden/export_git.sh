# A git repository: one file a series, one commit a version, continued and, where it must be, written anew.
source "$SUPPORT/golden.sh"

export GIT_CONFIG_NOSYSTEM=1
start_replay "$DATA/demo/demo.warc.gz"
pages=(lanternpost.example/privacy.html lanternpost.example/legal/privacy lanternpost.example/de/datenschutz)
backfill() { "$WINNOW" -q backfill "${pages[@]}" --from "$BASE" --dialect wayback --cdx-rate 0 --replay-rate 0 --captures all "$@" >/dev/null || fail "backfill $* exits with $?"; }
backfill

expect 0 export git out.git </dev/null
git -C out.git fsck --strict 2>fsck.err || fail "git fsck: $(cat fsck.err)"
[[ $(git -C out.git rev-list --count main) -eq $(sqlite3 winnow.db 'SELECT count(*) FROM v_versions') ]] || fail "not one commit a version"
git -C out.git ls-tree -r --name-only main | sort >files.txt
[[ $(wc -l <files.txt) -eq $(sqlite3 winnow.db 'SELECT count(DISTINCT series) FROM v_versions') ]] || fail "not one file a series: $(cat files.txt)"
grep -qx 'lanternpost.example/privacy.html.md' files.txt || fail "files: $(cat files.txt)"
git -C out.git log --reverse --format='%aI' main >dates.txt
sort -c dates.txt || fail "commits are not in the order of time"
"$WINNOW" -q show "lanternpost.example/legal/privacy" >shown.md
git -C out.git show main:lanternpost.example/legal/privacy.md | cmp - shown.md || fail "the last text is another"
git -C out.git log -1 --format='%an %ae %s' main -- lanternpost.example/legal/privacy.md >subject.txt
grep -Eq '^winnow winnow@localhost lanternpost.example/legal/privacy: version [0-9]+ \(20[0-9-]+\), \+[0-9]+ -[0-9]+ words$' subject.txt ||
  fail "subject: $(cat subject.txt)"
git -C out.git log -1 --format='%(trailers:key=Memento,valueonly)' main | grep -q "^$BASE/web/" || fail "no trailer says where it is from"

# The same store gives the same commits; again, nothing.
expect 0 export git again.git </dev/null
[[ $(git -C out.git rev-parse main) == $(git -C again.git rev-parse main) ]] || fail "two repositories of one store differ"
"$WINNOW" export git out.git 2>again.err || fail "the second export exits with $?"
grep -q '0 commits added to' again.err || fail "the second export: $(cat again.err)"

# What is new comes on top: the old history stays.
backfill --until 2018 --store part.db
expect 0 export git part.git --store part.db </dev/null
old=$(git -C part.git rev-parse main)
backfill --store part.db
"$WINNOW" export git part.git --store part.db 2>part.err || fail "the incremental export exits with $?"
git -C part.git merge-base --is-ancestor "$old" main || fail "the old history is gone"
! grep -q 'rewritten' part.err || fail "history is called rewritten: $(cat part.err)"
git -C out.git log --format='%T' main >whole.trees
git -C part.git log --format='%T' main | cmp - whole.trees || fail "in two steps another history"

# Where older versions come in, it is written anew from there on, and said.
backfill --since 2016 --store late.db
expect 0 export git late.git --store late.db </dev/null
late=$(git -C late.git rev-parse main)
backfill --store late.db
"$WINNOW" export git late.git --store late.db 2>late.err || fail "export of older versions exits with $?"
grep -q 'history is rewritten' late.err || fail "the rewriting is not said: $(cat late.err)"
git -C late.git log --format='%T' main | cmp - whole.trees || fail "after the rewriting another history"
[[ $(git -C late.git rev-parse refs/winnow/before) == "$late" ]] || fail "what was before is lost"
[[ $(wc -l <late.err) -eq 2 ]] || fail "more is said: $(cat late.err)"

# Killed at whatever moment, the next one completes it.
for delay in 0.005 0.01 0.02 0.04 0.08; do
  "$WINNOW" -q export git killed.git 2>/dev/null &
  victim=$!
  sleep $delay
  kill -KILL $victim 2>/dev/null || true
  wait $victim 2>/dev/null || true
  sleep 0.05
  [[ ! -d killed.git ]] || git -C killed.git rev-parse -q --verify main >/dev/null || fail "half a repository"
done
"$WINNOW" -q export git killed.git 2>/dev/null || fail "the last export exits with $?"
git -C killed.git log --format='%T' main | cmp - whole.trees || fail "after kills another history"

# A history that git can't read to its end is not taken for a shorter one.
cp -r out.git damaged.git
first=$(git -C out.git rev-list --max-parents=0 main)
rm -f damaged.git/objects/"${first:0:2}/${first:2}"
code=0
"$WINNOW" -q export git damaged.git 2>damaged.err || code=$?
[[ $code -eq 1 ]] && grep -q "git can't read the history" damaged.err || fail "a damaged repository: $code, $(cat damaged.err)"

# Others' repositories are left alone, and without git it is said.
git init -q --bare --initial-branch=main others.git
tree=$(git -C others.git mktree </dev/null)
git -C others.git update-ref refs/heads/main "$(GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x git -C others.git commit-tree -m theirs "$tree")"
expect_error 1 'commits of others' export git others.git
winnow=$(command -v "$WINNOW")
code=0
PATH=/nowhere "$winnow" -q export git none.git 2>none.err || code=$?
[[ $code -eq 1 ]] && grep -q 'git is not installed' none.err || fail "without git: $code, $(cat none.err)"
[[ ! -e none.git ]] || fail "without git there is a repository"

finish
