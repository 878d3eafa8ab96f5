// A store of pages that want to run their scripts in the reader's browser: every page, feed, answer and archived body of
// `winnow serve` is opened, and nothing of theirs happens.
// usage: NODE_MODULES=... node hostile.mjs BASE-URL SITE
// Prints what is wrong, a line each; exit code 1 when something is.
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';

const require = createRequire(join(process.env.NODE_MODULES, 'x'));
const { chromium } = require('playwright-core');

const [base, site] = process.argv.slice(2);
const wrongs = new Set();
const wrong = (where, what) => wrongs.add(`${where}: ${what}`);

// Whatever the browser asks their host for ends here, a mere connection too; of others it finds no address.
let connections = 0;
const trap = createServer((socket) => {
  ++connections;
  socket.on('error', () => {});
  socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 32\r\n\r\n<script>window.hacked=1</script>');
});
await new Promise((ready) => trap.listen(0, '127.0.0.1', ready));
const port = trap.address().port;
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', `--host-resolver-rules=MAP evil.example:80 127.0.0.1:${port}, MAP evil.example:443 127.0.0.1:${port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`],
});

const isArchived = (url) => new URL(url).pathname.startsWith('/web/');
// What chromium says when the policy of a replayed body has stopped something.
const isReport = (text) => /Content Security Policy|sandboxed|Blocked|Unsafe attempt|violates the following|XSLT|X-Frame-Options|Not allowed/i.test(text);

async function open(options = {}) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  page.on('dialog', (dialog) => { wrong(page.url(), `a dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('pageerror', (error) => wrong(page.url(), `script: ${error.message}`));
  page.on('popup', () => wrong(page.url(), 'opens a window'));
  page.on('console', (said) => {
    if (said.type() !== 'error' && said.type() !== 'warning') return;
    if (isArchived(page.url()) && isReport(said.text())) return;
    // An answer that is an error, as it was asked for; the icon that chromium looks for beside what is no page.
    const about = said.location().url;
    if (/status of [345]\d\d/.test(said.text()) && (about.endsWith('/favicon.ico') || about === asked || about === page.url())) return;
    if (/status of 404/.test(said.text()) && isArchived(about)) return;  // an archived redirect to what is not there
    wrong(page.url(), `console: ${said.text()}`);
  });
  return page;
}

// What a script of theirs has left; a frame whose content was refused never answers.
const marker = (frame) => Promise.race([
  frame.evaluate(() => window.hacked).catch(() => undefined),
  new Promise((done) => setTimeout(done, 500)),
]);

let opened = 0;
let asked = '';
async function visit(page, path, mayConnect = false) {
  const before = connections;
  ++opened;
  asked = new URL(base + path).href;
  const answer = await page.goto(base + path).catch((failure) => {
    if (!/Download is starting|ERR_ABORTED/.test(failure.message)) wrong(path, failure.message.split('\n')[0]);
    return null;
  });
  await page.waitForTimeout(120);  // for what comes after the page: refreshes, timers, workers
  for (const frame of page.frames()) {
    const hacked = await marker(frame);
    if (hacked !== undefined) wrong(path, `a script has run: ${hacked}`);
    if (frame !== page.mainFrame() && !isArchived(page.url())) wrong(path, 'has a frame');
  }
  if (!page.url().startsWith(base) && page.url() !== 'about:blank') wrong(path, `leads to ${page.url()}`);
  if (connections !== before && !mayConnect) wrong(path, `another host was connected to, ${connections - before} times`);
  const cookies = await page.context().cookies();
  if (cookies.length > 0) wrong(path, `sets a cookie: ${cookies[0].name}`);
  if (answer && !isArchived(page.url()) && answer.status() >= 500) wrong(path, `status ${answer.status()}`);
  return answer;
}

const get = async (path) => (await fetch(base + path)).text();
const escaped = encodeURIComponent(`"'><script>window.hacked='query';alert(1)</script>`);

// Every page that a link of ours leads to, and those that are asked for with a script in the address.
const seen = new Set();
const waiting = ['/', `/site/${site}`, `/?q=${escaped}`, `/site/${escaped}`, `/search?q=${escaped}`, '/search?q=script', '/search?q=personal+data',
  `/search?q=personal&site=${escaped}&since=${escaped}`, `/ledger?site=${escaped}`, `/ledger?reason=${escaped}`, `/${escaped}`, '/feed.atom',
  `/site/${site}/feed.atom`, '/openapi.json', '/api/v1/sites', '/api/v1/changes', `/api/v1/sites/${site}`, '/api/v1/ledger', '/api/v1/runs',
  '/api/v1/search?q=script', `/api/v1/sites?q=${escaped}`, '/metrics', '/healthz', `/cdx/search/cdx?url=${site}&matchType=domain`,
  `/cdx/search/cdx?url=${site}&matchType=domain&output=json`, `/cdx/search/cdx?url=${escaped}&fl=${escaped}`];
const page = await open();
while (waiting.length > 0 && seen.size < 120) {
  const path = waiting.shift();
  if (seen.has(path)) continue;
  seen.add(path);
  const answer = await visit(page, path);
  if (!/text\/html/.test(answer?.headers()['content-type'] ?? '')) continue;
  for (const link of await page.$$eval('a[href]', (links) => links.map((one) => [one.getAttribute('href'), new URL(one.getAttribute('href'), document.baseURI).href]))) {
    if (!/^(https?|mailto|tel):/.test(link[1])) wrong(path, `links to ${link[1]}`);
    if (link[1].startsWith(`${base}/`) && !link[1].includes('#')) waiting.push(link[1].slice(base.length));
  }
}

// The archived bodies, in each way in which they are asked for: a reader sees their source.
const rows = (await get(`/cdx/search/cdx?url=${site}&matchType=domain&fl=timestamp,original,mimetype`)).trim().split('\n')
  .map((row) => { const [time, ...rest] = row.split(' '); const type = rest.pop(); return { time, url: rest.join(' '), type }; });
if (rows.length < 8) wrong(site, `only ${rows.length} captures are listed`);
const replay = await open();
const isShown = (type) => /html|xml|^text/.test(type);
for (const { time, url, type } of rows) {
  for (const modifier of ['id_', '', 'if_']) {
    const path = `/web/${time}${modifier}/${url}`;
    const answer = await visit(replay, path);
    if (!answer?.headers()['memento-datetime']) continue;
    if (isShown(type) && await replay.evaluate(() => document.contentType) !== 'text/plain') wrong(path, 'is no plain text');
  }
  await visit(replay, `/web/${url}`);
  await visit(replay, `/web/timemap/link/${url}`);
}
// Programs get them as they were, and may hand them on to a browser, with the policy that comes with them: nothing runs then either.
const handed = await open({ extraHTTPHeaders: { 'Accept-Datetime': 'Fri, 01 Jan 2010 00:00:00 GMT' } });
for (const { time, url, type } of rows.filter((row) => isShown(row.type))) {
  const path = `/web/${time}id_/${url}`;
  const mayConnect = true;
  const answer = await visit(handed, path, mayConnect);
  if (answer?.headers()['memento-datetime'] && !answer.headers()['content-type'].startsWith(type)) wrong(path, `is played as ${answer.headers()['content-type']}`);
  const offers = 'a[href^="j" i], a[href^=" "], a[href^="v"], a[href^="d"], button';
  for (let i = await handed.locator(offers).count() - 1; i >= 0; --i) {
    await handed.locator(offers).nth(i).click({ force: true, timeout: 2000 }).catch(() => {});
    const hacked = await marker(handed.mainFrame());
    if (hacked !== undefined) wrong(path, `a click has run: ${hacked}`);
  }
}

await browser.close();
trap.close();
for (const line of wrongs) console.log(line);
console.log(`${opened} answers, ${wrongs.size} faults`);
process.exit(wrongs.size > 0 ? 1 : 0);
