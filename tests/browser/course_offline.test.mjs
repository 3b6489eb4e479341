// Stories of a course that is taken along: one file, unpacked, read from the disk without any server.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { DESKTOP, PHONE, assertAccessible, assertFits, shot, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { says } from './texts.mjs';

const COURSE = 'workshop-safety';
const MOST_BYTES = 2 * 1024 * 1024;

describe('a course without a line', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('is downloaded, unpacked and read from the disk', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'taynghe-offline-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const online = await browser.page(t);
    await online.goto(`${demo.service}/courses/${COURSE}?language=vi`);
    const address = await online.locator('a[download]').getAttribute('href');
    const answer = await online.request.get(`${demo.service}${address}`);
    const archive = await answer.body();
    assert.ok(archive.length <= MOST_BYTES, `${archive.length} bytes`);
    for (const [name, content] of unpacked(archive)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }

    const page = await browser.page(t, { viewport: PHONE });
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    const inspect = async (name) => {
      for (const viewport of [DESKTOP, PHONE]) {
        await page.setViewportSize(viewport);
        await assertFits(page);
        await assertAccessible(page);
      }
      await shot(page, name);
    };
    await page.goto(pathToFileURL(join(folder, 'index.html')).href);
    await inspect('course-offline-index');
    await page.locator('.steps a').first().click();
    await page.locator('details.answer').first().waitFor();
    assert.equal(await page.locator('img').evaluateAll((all) => all.filter((one) => !one.complete).length), 0);
    await page.locator('details.answer summary').first().click();
    await page.getByText(says('attempt-right-answer')).first().waitFor();
    await inspect('course-offline-lesson');
    await page.locator('a[rel=next]').click();
    await page.locator('h1').waitFor();
    await page.locator('.crumbs a').click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.deepEqual(asked.filter((url) => !url.startsWith('file:')), [], 'nobody is asked');
  });
});

/** The files of a ZIP archive, by its directory at the end (APPNOTE 4.3). */
function* unpacked(archive) {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const local = archive.readUInt32LE(at + 42);
    const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = archive.subarray(begin, begin + size);
    yield [archive.toString('utf8', at + 46, at + 46 + name), method === 0 ? content : inflateRawSync(content)];
    at += 46 + name + extra + comment;
  }
}
