// Uses every page of `winnow serve` as a reader does: by mouse, by keyboard, on a phone, in the dark, without scripts.
// usage: NODE_MODULES=... node pages.mjs BASE-URL [FOLDER-FOR-SCREENSHOTS]
// Prints what is wrong, a line each; exit code 1 when something is.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.env.NODE_MODULES, 'x'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const [base, shots] = process.argv.slice(2);
if (shots) mkdirSync(shots, { recursive: true });
const wrongs = [];
const wrong = (where, what) => wrongs.push(`${where}: ${what}`);

// Which page it is: one of each kind is looked at in all ways.
const kindOf = (path) => {
  if (path === '/') return 'home';
  const known = [
    [/^\/site\//, 'site'], [/^\/series\/\d+$/, 'series'], [/^\/series\/\d+\/version\//, 'version'],
    [/^\/series\/\d+\/diff\//, 'diff'], [/^\/search/, 'search'], [/^\/ledger/, 'ledger'], [/^\/runs/, 'runs'],
  ];
  return known.find(([form]) => form.test(path))?.[1] ?? 'other';
};
// What is no page: feeds, data, archived bodies.
const isPage = (url) => url.origin === base && !/\.(atom|json|md)$|\/(body|changes)$|^\/(web|api|cdx|assets)\//.test(url.pathname);

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });

async function open(options) {
  const context = await browser.newContext({ deviceScaleFactor: 1, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  page.on('console', (said) => { if (['error', 'warning'].includes(said.type())) wrong(page.url(), `console: ${said.text()}`); });
  page.on('pageerror', (error) => wrong(page.url(), `script: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== base && url.protocol !== 'data:') wrong(page.url(), `asks ${request.url()}`);
  });
  return page;
}

async function look(page, path, name) {
  const answer = await page.goto(base + path);
  if (answer.status() !== 200) wrong(path, `status ${answer.status()}`);
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  if (width[0] > width[1]) wrong(`${path} (${name})`, `is ${width[0]} px wide in a window of ${width[1]}`);
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  for (const { id, impact, nodes } of found.violations) {
    if (['serious', 'critical'].includes(impact)) wrong(`${path} (${name})`, `${impact}: ${id}: ${nodes[0].html.slice(0, 160)}`);
  }
  if (shots) await page.screenshot({ path: join(shots, `${kindOf(path)}-${name}.png`), fullPage: true });
}

// All pages that links lead to, the kinds in turn so that none is missed.
async function crawl() {
  const page = await open({ viewport: { width: 1400, height: 1000 } });
  const seen = new Map([['/', 'home']]);
  const waiting = ['/'];
  while (waiting.length > 0 && seen.size < 80) {
    const path = waiting.shift();
    const answer = await page.goto(base + path);
    if (answer.status() !== 200) wrong(path, `status ${answer.status()}, linked`);
    for (const href of await page.$$eval('a[href]', (links) => links.map((link) => new URL(link.getAttribute('href'), document.baseURI).href))) {
      const url = new URL(href);
      const to = url.pathname + url.search;
      if (!isPage(url) || seen.has(to)) continue;
      seen.set(to, kindOf(url.pathname));
      waiting.push(to);
    }
  }
  await page.context().close();
  return seen;
}

async function use(pages) {
  const first = (kind) => [...pages].find(([, its]) => its === kind)?.[0];
  const page = await open({ viewport: { width: 1400, height: 1000 } });

  // The first key press offers to skip to the content, and each stop on the way is seen.
  await page.goto(base + '/');
  await page.keyboard.press('Tab');
  if (!/skip/i.test(await page.evaluate(() => document.activeElement.textContent))) wrong('/', 'the first stop of the keyboard is no way to the content');
  for (let stop = 0; stop < 12; ++stop) {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    if (outline === 'none') wrong('/', `the keyboard's stop ${stop + 2} is not seen: ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 120))}`);
  }

  // From the time line to a version, by mouse; the keyboard has the list of versions for it.
  const series = first('diff').match(/^\/series\/\d+/)[0];  // one with several versions
  await page.goto(base + series);
  if (await page.locator('.timeline a:not([tabindex="-1"])').count() > 0) wrong(series, 'the time line is in the way of the keyboard');
  for (let presses = 0; presses < 4; ++presses) await page.locator('[data-zoom="in"]').press('Enter');
  if (await page.locator('.timeline .month').count() === 0) wrong(series, 'zoomed in, the time line names no month');
  const middle = await page.locator('#range').innerText();
  if (!/^\d{4}-\d\d-\d\d to \d{4}/.test(middle)) wrong(series, 'zoomed in, the time line does not say which time is seen');
  await page.locator('[data-zoom="earlier"]').press('Enter');
  if (await page.locator('#range').innerText() === middle) wrong(series, 'one cannot move to an earlier time');
  await page.locator('[data-zoom="all"]').press('Enter');
  const band = page.locator('.timeline a').last();
  await band.click({ position: { x: 2, y: 2 }, force: true });
  await page.waitForURL(/\/version\//).catch(() => wrong(series, 'a click on a version in the time line does not lead to it'));

  // Along the history by arrow keys, there and back.
  const last = page.url();
  await page.keyboard.press('ArrowLeft');
  await page.waitForURL((url) => url.href !== last).catch(() => wrong(last, 'ArrowLeft does not lead to the version before'));
  const before = page.url();
  await page.keyboard.press('ArrowRight');
  await page.waitForURL((url) => url.href !== before).catch(() => wrong(before, 'ArrowRight does not lead on'));
  if (page.url() !== last) wrong(last, 'there and back by arrow keys is another page');

  // Through a difference, change by change.
  const diffs = [...pages].filter(([, kind]) => kind === 'diff').map(([path]) => path);
  let stepped = false;
  for (const path of diffs) {
    await page.goto(base + path);
    if (await page.locator('.diff .change').count() < 2) continue;
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    stepped ||= await page.locator('.diff .change.at').count() === 1;
    if (stepped) break;
  }
  if (diffs.length > 0 && !stepped) wrong(diffs[0], 'j does not step through the changes');

  // On paper and without colours: dark on white whatever the screen is, insertions and deletions told by lines.
  await page.goto(base + first('diff'));
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const ink = await page.evaluate(() => getComputedStyle(document.body).color.match(/\d+/g).map(Number));
  if (Math.max(...ink) > 90) wrong(first('diff'), `prints pale from a dark screen: ${ink}`);
  for (const path of [first('diff'), `${first('diff')}?view=side`]) {
    await page.goto(base + path);
    for (const [tag, line] of [['ins', 'underline'], ['del', 'line-through']]) {
      const found = await page.$$eval(tag, (marks) => marks.map((mark) => getComputedStyle(mark).textDecorationLine));
      if (found.some((its) => its !== line)) wrong(path, `<${tag}> is told by its colour alone`);
    }
  }
  await page.context().close();

  // Two versions of one's own choice, by keyboard and without scripts.
  const chooser = await open({ viewport: { width: 1400, height: 1000 }, javaScriptEnabled: false });
  await chooser.goto(base + series);
  const choices = await chooser.locator('#from option').count();
  await chooser.locator('#from').selectOption({ index: choices - 1 });
  await chooser.locator('#to').selectOption({ index: 0 });
  await chooser.locator('.compare button').press('Enter');
  await chooser.waitForURL(/\/diff\/\w+\/\w+$/).catch(() => wrong(series, 'two versions that are chosen do not lead to their difference'));
  if (await chooser.locator('#from').evaluate((field) => field.selectedIndex) !== choices - 1) wrong(chooser.url(), 'does not say which versions it compares');
  await chooser.context().close();

  // On a phone a line that has not changed stands once, and what changed says which is which.
  const phone = await open({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  for (const path of diffs) {
    await phone.goto(`${base}${path}?view=side`);
    if (await phone.locator('.row.same').count() === 0) continue;
    if (await phone.locator('.row.same .old').first().isVisible()) wrong(path, 'shows lines twice on a phone');
    break;
  }
  await phone.goto(base + first('version'));
  if (!await phone.locator('.jump a[href="#cite"]').isVisible()) wrong(first('version'), 'on a phone nothing leads past the text');
  await phone.goto(base + '/');
  if (!await phone.locator('.axis svg').isVisible()) wrong('/', 'has no years on a phone');
  await phone.context().close();

  // Without scripts all is there to read and to follow.
  const plain = await open({ viewport: { width: 1400, height: 1000 }, javaScriptEnabled: false });
  for (const [path, kind] of pages) {
    if (path !== first(kind)) continue;
    await plain.goto(base + path);
    if ((await plain.locator('main').innerText()).trim().length < 40) wrong(path, 'is empty without scripts');
    if (await plain.locator('main h1').count() === 0) wrong(path, 'has no title');
  }
  await plain.context().close();
}

const pages = await crawl();
for (const kind of ['home', 'series', 'version', 'diff', 'search', 'ledger', 'runs']) {
  if (![...pages.values()].includes(kind)) wrong('/', `no page of the kind ${kind} is linked`);
}
const looks = [
  ['wide', { viewport: { width: 1400, height: 1000 } }],
  ['dark', { viewport: { width: 1400, height: 1000 }, colorScheme: 'dark' }],
  ['phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
  ['phone-dark', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, colorScheme: 'dark' }],
];
for (const [name, options] of looks) {
  const page = await open(options);
  const done = new Set();
  for (const [path, kind] of pages) {
    if (done.has(kind)) continue;
    done.add(kind);
    await look(page, path, name);
  }
  await page.context().close();
}
await use(pages);
await browser.close();
for (const line of new Set(wrongs)) console.log(line);
console.log(`${pages.size} pages, ${new Set(wrongs).size} faults`);
process.exit(wrongs.length > 0 ? 1 : 0);
