// Holds the other promises of the harness: a check that never fails is worth nothing.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DESKTOP, PHONE, assertAccessible, assertFits, useBrowser, violations } from './harness.mjs';

const STRICT = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'";
const SITE = 'http://page.test/';

describe('checks of a page', () => {
  const browser = useBrowser();

  /** Opens a page that no server has. */
  const open = async (t, body, options = {}, headers = {}) => {
    const page = await browser.page(t, options);
    await page.route(SITE, (route) =>
      route.fulfill({
        contentType: 'text/html; charset=utf-8',
        headers,
        body: `<!doctype html><html lang="vi"><meta name="viewport" content="width=device-width"><title>Thử</title>
          <main><h1>Thử</h1>${body}</main></html>`,
      }),
    );
    await page.goto(SITE);
    return page;
  };

  const small = 'style="display:inline-block;width:9px;height:9px;overflow:hidden;padding:0;border:0"';
  const broken = [
    ['a picture without words', '<img src="data:,">', 'image-alt'],
    ['pale text', '<p style="color:#ccc;background:#fff">Câu hỏi</p>', 'color-contrast'],
    ['a field without a label', '<input name="a">', 'label'],
    ['small targets side by side', `<button ${small}>a</button><button ${small}>b</button>`, 'target-size'],
  ];
  for (const [what, body, rule] of broken) {
    it(`axe-core finds ${what}`, async (t) => {
      const page = await open(t, body);
      const found = await violations(page);
      assert.ok(found.some((line) => line.startsWith(`${rule}:`)), found.join('\n'));
    });
  }

  it('axe-core works on a page with a strict security policy', async (t) => {
    await assertAccessible(await open(t, '<p>Câu hỏi</p>', {}, { 'content-security-policy': STRICT }));
  });

  it('a page that sticks out to the side is found on the phone only', async (t) => {
    const body = '<div style="width:500px">Câu hỏi</div>';
    await assertFits(await open(t, body, { viewport: DESKTOP }));
    await assert.rejects(open(t, body, { viewport: PHONE }).then(assertFits), /500|5\d\d px wide on a screen of 360 px/);
  });

  it('scripts can be off', async (t) => {
    const body = '<p>off</p><script>document.querySelector("p").textContent = "on"</script>';
    const page = await open(t, body, { javaScript: false });
    assert.equal(await page.locator('p').textContent(), 'off');
  });
});
