# The pages of winnow serve in a browser: every kind of page, at two widths, light and dark, by mouse and by keyboard.
source "$SUPPORT/golden.sh"

modules=${BROWSER_MODULES:?}
for need in chromium node; do
  command -v $need >/dev/null || { echo "skipped: $need is not installed (scripts/install-browser)"; exit 77; }
done
[[ -d $modules/playwright-core && -d $modules/axe-core ]] || { echo "skipped: scripts/install-browser was not run, or had no registry"; exit 77; }

start_replay "$DATA/demo/demo.warc.gz" "$DATA/discover/discover.warc.gz"
"$WINNOW" -q backfill lanternpost.example maplegazette.example ahornblatt.example nothing.example \
  --from "$BASE" --dialect wayback --cdx-rate 0 --replay-rate 0 || [[ $? -eq 3 ]] || fail "backfill exits with $?"
"$WINNOW" -q serve --listen 127.0.0.1:0 >serve.base 2>serve.err &
serving=$!
for _ in $(seq 100); do [[ -s serve.base ]] && break; sleep 0.1; done
NODE_MODULES=$modules node "$SUPPORT/../browser/pages.mjs" "$(head -n 1 serve.base)" screenshots >pages.txt 2>&1 || fail "the pages: $(cat pages.txt)"
kill $serving
wait $serving || fail "serve exits with $?"
[[ ! -s serve.err ]] || fail "serve has said: $(cat serve.err)"

# Pages that want to run their scripts in the reader's browser.
"$WINNOW" -q import --store hostile.db "$DATA/hostile/hostile.warc.gz" >/dev/null || fail "import exits with $?"
start_server "$WINNOW" -q serve --store hostile.db --listen 127.0.0.1:0
NODE_MODULES=$modules node "$SUPPORT/../browser/hostile.mjs" "$BASE" hostile.example >hostile.txt 2>&1 || fail "hostile pages: $(cat hostile.txt)"
stop_server
finish
