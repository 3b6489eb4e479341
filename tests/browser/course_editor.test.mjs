// Stories of courses that instructors write: from the first title to a version that is brought back, with saving while
// one types, the preview, dragging and pasting; two authors at once; and all of it without scripts.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INSTRUCTOR, openHere, openInWindow, signIn } from './college.mjs';
import { inspect, shot, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { says, within } from './texts.mjs';

/** 4 × 3 grey pixels. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAAAAACRn/EaAAAADklEQVR4nGOIAgIGOAEAH7MEOQKQfYYAAAAASUVORK5CYII=';

describe('a course in the editor', () => {
  const browser = useBrowser();
  const demo = useDemo();

  /** An instructor's window with the list of courses. */
  async function desk(t, options = {}) {
    const page = await browser.page(t, options);
    await signIn(page, demo, INSTRUCTOR);
    // without scripts the activity opens in the page itself
    const window = options.javaScript === false ? page : await openInWindow(page, demo);
    if (window === page) await openHere(page, demo);
    const [, prefix] = new URL(window.url()).pathname.match(/^(\/s\/[^/]+)/);
    await window.goto(`${demo.service}${prefix}/authoring/courses`);
    return window;
  }

  const button = (page, key) => page.getByRole('button', { name: within(key) });
  const save = (page) => page.locator('.actions button[value=save]').click();
  const steps = (page) => page.locator('.edited-steps > li > a').allTextContents();

  /** A course of that title with a unit of two lessons. */
  async function write(page, title) {
    await page.locator('#title').fill(title);
    await page.getByRole('button', { name: says('editor-new-button') }).click();
    await page.locator('#new_unit').fill('Bên máy');
    await button(page, 'editor-add-unit').click();
    for (const lesson of ['Trước khi mở máy', 'Khi máy chạy']) {
      await page.locator('#unit_ben-may_new_lesson').fill(lesson);
      await button(page, 'editor-add-lesson').click();
      await page.getByRole('link', { name: lesson, exact: true }).waitFor();
    }
    return page.url().split(/[?#]/)[0];
  }

  async function fillBody(page, editor, step, words) {
    await page.goto(`${editor}/lessons/${step}`);
    await page.locator('#body_vi').fill(words);
    await save(page);
    await page.locator('.notice.good').waitFor();
  }

  it('is written, reordered, published and rolled back', async (t) => {
    const page = await desk(t);
    await inspect(page, 'course-editor-list');
    const editor = await write(page, 'An toàn khi tiện');
    await inspect(page, 'course-editor-course');
    assert.deepEqual(await steps(page), ['Trước khi mở máy', 'Khi máy chạy']);
    await page.locator('button[value="step:khi-may-chay:up"]').click();
    await page.locator('.notice.good').waitFor();
    assert.deepEqual(await steps(page), ['Khi máy chạy', 'Trước khi mở máy']);

    // dragging does the same, and saves
    const grips = page.locator('.edited-steps [data-grip]');
    await grips.nth(0).evaluate((grip) => grip.scrollIntoView({ block: 'center' }));
    const [from, to] = [await grips.nth(1).boundingBox(), await grips.nth(0).boundingBox()];
    const saving = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page.mouse.move(from.x + 8, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(to.x + 8, to.y - 4, { steps: 8 });
    await page.mouse.up();
    assert.deepEqual(await steps(page), ['Trước khi mở máy', 'Khi máy chạy']);
    assert.equal((await saving).status(), 200);
    await page.reload();
    assert.deepEqual(await steps(page), ['Trước khi mở máy', 'Khi máy chạy']);

    await page.getByRole('link', { name: 'Khi máy chạy', exact: true }).click();
    const phone = page.frameLocator('iframe');
    const kept = page.waitForResponse((answer) => answer.request().postData()?.includes('do=autosave') ?? false);
    await page.locator('#body_vi').fill('Đeo **kính bảo hộ**.');
    await phone.locator('.prose strong', { hasText: 'kính bảo hộ' }).waitFor();
    assert.equal((await kept).status(), 200);
    await page.locator('#saving', { hasText: /\d:\d\d/ }).waitFor();
    page.once('dialog', (dialog) => dialog.accept('Mâm cặp'));
    await page.locator('#body_vi').evaluate((field, base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], 'a.png', { type: 'image/png' }));
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, PNG);
    await phone.locator('img[alt="Mâm cặp"]').waitFor();
    await inspect(page, 'course-editor-lesson');
    await save(page);
    await page.locator('.notice.good').waitFor();
    await fillBody(page, editor, 'truoc-khi-mo-may', 'Tắt nguồn.');

    await page.goto(`${editor}/publish`);
    await inspect(page, 'course-editor-publish');
    await page.locator('#note').fill('Bản đầu');
    await page.getByRole('button', { name: says('quiz-publish') }).click();
    await page.locator('.notice.good').waitFor();
    await fillBody(page, editor, 'truoc-khi-mo-may', 'Khóa nguồn.');
    await page.goto(`${editor}/publish`);
    await page.locator('input[value=yes]').check();
    await page.getByRole('button', { name: says('quiz-publish') }).click();
    await page.locator('.notice.good').waitFor();
    const guest = await browser.page(t);
    await guest.goto(`${demo.service}/courses/an-toan-khi-tien/truoc-khi-mo-may?language=vi`);
    await guest.getByText('Khóa nguồn.').waitFor();
    await page.locator('li summary').click();
    await inspect(page, 'course-editor-versions');
    await page.locator('li form button').click();
    await page.locator('.notice.good').waitFor();
    assert.equal(await page.locator('.entries > li').count(), 3);
    await guest.goto(`${demo.service}/courses/an-toan-khi-tien/truoc-khi-mo-may?language=en`);
    await guest.getByText('Tắt nguồn.').waitFor();

    await page.goto(`${editor}/history`);
    await inspect(page, 'course-editor-history');
    await page.locator('.drafts a').first().click();
    await page.locator('.lines ins').first().waitFor();
    await inspect(page, 'course-editor-draft');
  });

  it('two authors who change the same choose, and lose no line', async (t) => {
    const page = await desk(t);
    const editor = await write(page, 'Hai tác giả');
    await fillBody(page, editor, 'khi-may-chay', 'Câu chung.');
    const other = await page.context().newPage();
    await other.goto(`${editor}/lessons/khi-may-chay`);
    await page.goto(`${editor}/lessons/khi-may-chay`);
    await other.locator('#body_vi').fill('Câu chung.\nCâu của họ.');
    await other.locator('#body_de').fill('Ihr Satz.');
    await save(other);
    await other.locator('.notice.good').waitFor();

    await page.locator('#body_vi').fill('Câu chung.\nCâu của tôi.');
    await page.locator('#saving.failed').waitFor();
    await save(page);
    await page.getByRole('heading', { name: says('editor-conflict-title') }).waitFor();
    await inspect(page, 'course-editor-conflict');
    await page.getByRole('radio', { name: says('editor-conflict-edit') }).check();
    await page.locator('.conflict textarea').fill('Câu chung.\nCâu của họ.\nCâu của tôi.');
    await page.getByRole('button', { name: says('editor-conflict-save') }).click();
    await page.locator('.notice').first().waitFor();
    assert.equal(await page.locator('#body_vi').inputValue(), 'Câu chung.\nCâu của họ.\nCâu của tôi.');
    assert.equal(await page.locator('#body_de').inputValue(), 'Ihr Satz.');
  });

  it('is written without scripts', async (t) => {
    const page = await desk(t, { javaScript: false });
    const editor = await write(page, 'Không có JavaScript');
    await page.goto(`${editor}/lessons/khi-may-chay`);
    assert.equal(await page.locator('[data-phone]').isVisible(), false, 'nothing that cannot work is shown');
    await page.locator('#body_vi').fill('Đọc được.');
    await page.locator('button[value=preview]').click();
    await page.locator('.prose', { hasText: 'Đọc được.' }).waitFor();
    await shot(page, 'course-editor-preview');
    await page.goBack();
    await fillBody(page, editor, 'khi-may-chay', 'Đọc được.');
    await fillBody(page, editor, 'truoc-khi-mo-may', 'Cũng đọc được.');
    await page.goto(`${editor}/publish`);
    await page.getByRole('button', { name: says('quiz-publish') }).click();
    await page.locator('.notice.good').waitFor();
    await page.goto(`${demo.service}/courses/khong-co-javascript/khi-may-chay?language=vi`);
    await page.getByText('Đọc được.').waitFor();
  });
});
