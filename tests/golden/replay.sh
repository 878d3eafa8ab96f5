# winnow replay: what is no archive is not served as an empty one. What it serves, the harvests' tests tell.
source "$SUPPORT/golden.sh"

: >empty.warc
echo '<html>a page</html>' | gzip >page.html.gz
echo '<html>a page</html>' >page.html
mkdir folder
expect_error 1 'empty.warc holds no WARC record' replay --port 0 empty.warc
expect_error 1 'page.html.gz holds no WARC record' replay --port 0 "$DATA/demo/demo.warc.gz" page.html.gz
expect_error 1 'page.html is no WARC file' replay --port 0 page.html
expect_error 1 'folder is a folder' replay --port 0 folder
expect_error 1 'missing.warc' replay --port 0 missing.warc

# The port is taken.
start_replay "$DATA/demo/demo.warc.gz"
expect_error 1 "${BASE##*:}" replay --port "${BASE##*:}" "$DATA/demo/demo.warc.gz"

finish
