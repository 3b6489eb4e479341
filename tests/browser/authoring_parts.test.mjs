// The editor with a question of every type in it: the tour of all types. Material that questions share gets a picture, and
// the student sees it. What forms keep stands in tests/it/authoring/shared.rs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INSTRUCTOR, openHere, serviceFrame, signIn } from './college.mjs';
import { DESKTOP, PHONE, assertAccessible, assertFits, screenshot, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { TITLES, openPicker } from './quizzes.mjs';
import { says } from './texts.mjs';

const WORDS = 'Bảng dung sai';
/** The sample's drawing stands first. */
const NEW = 't2';

describe('the editor with every type', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('is accessible, fits, and takes what several questions share', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, INSTRUCTOR);
    const picker = await openPicker(page, demo);
    await picker.locator('.entry', { hasText: TITLES[3] }).getByRole('link', { name: says('picker-edit') }).click();
    const editor = page.frameLocator('#selectframe');
    await editor.locator('#stimuli').waitFor();
    await editor.locator('button[value=add_stimulus]').click();
    await editor.locator(`#${NEW}_text`).fill('Đơn vị: mm.');
    await editor.locator(`#${NEW} details.media summary`).click();
    await editor.locator(`#${NEW}_media_file`).setInputFiles({ name: 'bang.png', mimeType: 'image/png', buffer: await drawing(page) });
    await editor.locator(`#${NEW}_media_words`).fill(WORDS);
    await editor.locator(`#${NEW}`).getByRole('button', { name: says('quiz-media-insert') }).click();
    await editor.locator(`#${NEW}_text`, { hasText: `![${WORDS}](media:` }).waitFor();
    const question = editor.locator('select[name=q6_stimulus]');
    await question.selectOption({ index: 2 });
    // what is used stays, and the page says where
    await editor.locator(`button[value=${NEW}_remove]`).click();
    await editor.locator(`#${NEW}_error`).waitFor();
    const frame = await serviceFrame(page, demo);
    const address = frame.url();
    await assertAccessible(frame);
    await editor.getByRole('button', { name: says('quiz-preview') }).last().click();
    await editor.getByAltText(WORDS).waitFor({ state: 'attached' }); // it loads once it is scrolled to
    assert.equal(await editor.locator('.stimulus').count(), 2);
    await assertAccessible(await serviceFrame(page, demo));

    // the editor as an activity's own page has it, at every width
    const desk = await browser.page(t);
    await signIn(desk, demo, INSTRUCTOR);
    await openHere(desk, demo);
    const session = new URL(desk.url()).pathname.split('/')[2];
    const quiz = new URL(address).pathname.split('/').slice(3).join('/');
    await desk.goto(`${demo.service}/s/${session}/${quiz}`);
    await desk.locator('#stimuli').waitFor();
    for (const viewport of [{ width: 320, height: 640 }, PHONE, DESKTOP]) {
      await desk.setViewportSize(viewport);
      await assertFits(desk);
      await screenshot(desk, 'authoring-every-type');
    }
    await assertAccessible(desk);
  });
});

/** A picture, drawn by the browser. */
async function drawing(page) {
  const base64 = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 120 });
    canvas.getContext('2d').fillRect(20, 20, 280, 80);
    return canvas.toDataURL('image/png').split(',')[1];
  });
  return Buffer.from(base64, 'base64');
}
