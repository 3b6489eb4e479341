// Files in a browser: an instructor adds a picture to a question that a photo answers, a student takes one, the
// instructor sees it. What is refused, and plain forms, stand in tests/it/media.rs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COURSE, INSTRUCTOR, STUDENTS, openHere, signIn } from './college.mjs';
import { PHONE, assertAccessible, assertFits, shot, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { activities, openPicker, pick, saveForm, saved, start, submit } from './quizzes.mjs';
import { says, within } from './texts.mjs';

const TITLE = 'Tiện ren M10';
const WORDS = 'Mối ren đạt yêu cầu';

describe('pictures', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('go from the author to the student, and a photo from the student to the instructor', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, INSTRUCTOR);
    const before = await activities(page);
    const picker = await openPicker(page, demo);
    await picker.getByRole('button', { name: within('picker-new') }).click();
    await picker.locator('#title').fill(TITLE);
    await picker.locator('[name=do][value=q1_remove]').click();
    await addType(picker, 'upload');
    await picker.locator('#q1_stem').fill('Chụp mối ren bạn vừa tiện.');
    await picker.locator('#q1 details.media summary').click();
    await picker.locator('#q1_media_file').setInputFiles({ name: 'ren.png', mimeType: 'image/png', buffer: await photo(page) });
    await picker.locator('#q1_media_words').fill(WORDS);
    await picker.getByRole('button', { name: says('quiz-media-insert') }).click();
    await picker.locator('#q1_stem', { hasText: `![${WORDS}](media:` }).waitFor();
    await shot(page, 'media-editor');
    await picker.getByRole('button', { name: says('quiz-publish') }).click();
    await picker.locator('.notice-title', { hasText: says('quiz-published-title') }).waitFor();
    await picker.getByRole('link', { name: says('quiz-back-to-picker') }).last().click();
    await pick(picker, [TITLE]);
    await saveForm(page);
    const [activity] = (await activities(page)).filter((known) => !before.includes(known));

    const phone = await browser.page(t, { viewport: PHONE });
    await signIn(phone, demo, STUDENTS[0]);
    await openHere(phone, demo, activity);
    await start(phone);
    await phone.getByAltText(WORDS).evaluate(async (picture) => {
      picture.loading = 'eager';
      await picture.decode();
    });
    const [chooser] = await Promise.all([
      phone.waitForEvent('filechooser'),
      phone.getByLabel(says('attempt-files-camera')).click(),
    ]);
    await saved(phone, async () => chooser.setFiles({ name: 'IMG_1.png', mimeType: 'image/png', buffer: await photo(phone) }));
    await phone.getByText(within('attempt-file-sent', 'vi', 'IMG_1.png')).waitFor();
    await phone.getByLabel(says('attempt-files-choose')).setInputFiles({
      name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('%PDF-1.7'),
    });
    await phone.locator('.file-problem').waitFor();
    assert.equal(await phone.locator('.files li').count(), 1);
    await assertFits(phone);
    await assertAccessible(phone);
    await shot(phone, 'media-attempt');
    await phone.reload();
    assert.equal(await phone.locator('.files :checked').count(), 1, 'it is an answer');
    await phone.locator('.files img').waitFor();
    const attempt = new URL(phone.url()).pathname.split('/').at(-1);
    await submit(phone);
    await phone.locator('.files img').waitFor();

    await signIn(page, demo, INSTRUCTOR);
    await openHere(page, demo, activity);
    const session = new URL(page.url()).pathname.split('/')[2];
    await page.goto(`${demo.service}/s/${session}/attempts/${attempt}`);
    await page.locator('.files img').evaluate(async (picture) => {
      picture.loading = 'eager';
      await picture.decode();
    });
    await assertAccessible(page);
    await shot(page, 'media-review');
    assert.ok(COURSE.id > 0);
  });
});

/** A picture as a phone makes it, drawn by the browser. */
async function photo(page) {
  const base64 = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#0b5d63';
    pen.fillRect(0, 0, 640, 480);
    pen.fillStyle = '#fff';
    pen.fillRect(200, 150, 240, 180);
    return canvas.toDataURL('image/png').split(',')[1];
  });
  return Buffer.from(base64, 'base64');
}

/** Adds a question of a type that is not among the three buttons. */
async function addType(editor, type) {
  const button = editor.locator(`button[value="add:${type}"]`);
  if (!(await button.isVisible())) await editor.getByText(says('authoring-more')).click();
  await button.click();
}
