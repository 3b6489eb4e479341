// Looks at every state that a page can have, also those that no story reaches, as the example `gallery` of the crate ui
// fills them: phone and wide screen, light and dark. pages.test.mjs looks at the pages as they are served.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { accessSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DESKTOP, PHONE, assertAccessible, assertFits, onTallScreen, useBrowser } from './harness.mjs';

const TYPES = { css: 'text/css', html: 'text/html; charset=utf-8', svg: 'image/svg+xml' };
/** What has to fit without scrolling to the side (WCAG 2.2, 1.4.10): also a window of 1280 px at 400 %, or a platform's frame on a phone. */
const NARROWEST = { width: 320, height: 640 };
const SITE = 'http://gallery.test/';

describe('every state of every page', () => {
  const browser = useBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'taynghe-gallery-'));

  before(() => {
    const program = process.env.TAYNGHE_BIN;
    assert.ok(program, 'TAYNGHE_BIN names the program; the gallery is built beside it, as `./run test` does');
    const gallery = join(dirname(resolve(program)), 'examples', 'gallery');
    accessSync(gallery);
    execFileSync(gallery, [folder], { timeout: 60_000 });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const check = (language, where, options, look) =>
    it(`${language}, ${where}`, async (t) => {
      const page = await browser.page(t, options);
      await page.route(`${SITE}**`, (route) => route.fulfill(file(folder, new URL(route.request().url()).pathname)));
      const names = readdirSync(folder).filter((name) => name.endsWith(`.${language}.html`));
      assert.ok(names.length > 30, `${names.length} pages`);
      for (const name of names) {
        await page.goto(SITE + name);
        await assertFits(page);
        await look(page);
      }
    });
  const whole = (page) => onTallScreen(page, () => assertAccessible(page));

  check('vi', 'on a phone', { viewport: PHONE }, whole);
  check('vi', 'on a phone in the dark', { viewport: PHONE, colorScheme: 'dark' }, whole);
  check('vi', 'on a wide screen', { viewport: DESKTOP }, () => {});
  // the rules see the same in each language; the lengths of words differ
  for (const language of ['vi', 'en', 'de']) check(language, 'at 320 px', { viewport: NARROWEST }, () => {});
});

/** A file of the gallery as an answer. Scripts stay away: they would leave the state, or the page. */
function file(folder, path) {
  const contentType = TYPES[path.split('.').at(-1)];
  return contentType ? { contentType, body: readFileSync(join(folder, path)) } : { status: 404, body: '' };
}
