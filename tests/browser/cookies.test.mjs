// Holds what the harness promises about cookies: every test of a framed launch rests on it.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { useBrowser } from './harness.mjs';

const KINDS = 'Path=/; Secure; HttpOnly; SameSite=None';
const COOKIES = [`plain=1; ${KINDS}`, `parted=1; ${KINDS}; Partitioned`];

describe('cookies of another site', () => {
  const browser = useBrowser();
  const tool = useServer('127.0.0.1', (request, answer) => {
    if (request.url === '/set') answer.setHeader('set-cookie', COOKIES);
    const came = (request.headers.cookie ?? '').split('; ').filter(Boolean).sort().join(' ');
    answer.end(`<p>${came}</p><a href="/read">again</a>`);
  });
  const platform = useServer('localhost', (_, answer) => answer.end(`<iframe src="${tool.address}/set"></iframe>`));

  const check = (cookies, framed) =>
    it(`${cookies}: "${framed}" comes back from a frame`, async (t) => {
      const page = await browser.page(t, { cookies });
      await page.goto(`${platform.address}/`);
      const frame = page.frameLocator('iframe');
      await frame.locator('a').click();
      await page.frames()[1].waitForURL('**/read');
      assert.equal(await frame.locator('p').textContent(), framed);

      await page.goto(`${tool.address}/set`);
      await page.goto(`${tool.address}/read`);
      assert.equal(await page.locator('p').textContent(), 'parted=1 plain=1', 'in a window of its own all of them come');
    });

  check('allowed', 'parted=1 plain=1');
  check('partitioned', 'parted=1');
  check('blocked', '');
});

function useServer(host, handle) {
  const site = {};
  const server = createServer((request, answer) => {
    answer.setHeader('content-type', 'text/html');
    handle(request, answer);
  });
  before(async () => {
    await new Promise((done) => server.listen(0, host, done));
    site.address = `http://${host}:${server.address().port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return site;
}
