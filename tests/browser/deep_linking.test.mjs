// Stories of an instructor who adds activities: picking one or several quizzes in the platform's modal frame, writing a
// new one on the spot, and doing it in a window when the browser blocks the frame's cookies.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INSTRUCTOR, STUDENTS, openInWindow, serviceFrame, signIn } from './college.mjs';
import { assertAccessible, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { TITLES, activities, openPicker, option, pick, saveForm, saved, start, submit } from './quizzes.mjs';
import { says } from './texts.mjs';

describe('adding activities', () => {
  const browser = useBrowser();
  const demo = useDemo();

  /** An instructor's browser with the course's page open. */
  const instructor = async (t, options = {}) => {
    const page = await browser.page(t, options);
    await signIn(page, demo, INSTRUCTOR);
    return page;
  };

  it('one quiz: the form is filled, and after saving the activity is in the course with its column', async (t) => {
    const page = await instructor(t);
    const before = await activities(page);
    const picker = await openPicker(page, demo);
    await picker.getByRole('heading', { name: says('picker-title') }).waitFor();
    await assertAccessible(await serviceFrame(page, demo));
    const entry = picker.locator('.entry', { hasText: TITLES[1] });
    await entry.getByLabel(says('picker-maximum')).fill('20');
    await pick(picker, [TITLES[1]]);
    await page.waitForURL('**/course/modedit.php*selection=*');
    assert.equal(await page.locator('#id_name').inputValue(), TITLES[1]);
    assert.equal(await page.locator('#id_grade').inputValue(), '20');
    assert.ok(await page.locator('[name=accept_grades]').isChecked());
    await saveForm(page);
    const added = (await activities(page)).filter((activity) => !before.includes(activity));
    assert.equal(added.length, 1);

    const gradebook = await openInWindow(page, demo, added[0]);
    assert.equal(await gradebook.locator('h1').textContent(), TITLES[1]);
    await signIn(page, demo, STUDENTS[0]);
    const front = await openInWindow(page, demo, added[0]);
    assert.equal(await front.locator('h1').textContent(), TITLES[1]);
  });

  it('three at once, found by searching', async (t) => {
    const page = await instructor(t);
    const before = await activities(page);
    const picker = await openPicker(page, demo);
    await picker.locator('.entry', { hasText: TITLES[1] }).locator('[name=pick]').check();
    await picker.locator('#q').fill('xuong');
    await picker.locator('#q').press('Enter');
    await picker.locator('.entry', { hasText: TITLES[0] }).waitFor();
    await picker.locator('.entry', { hasText: TITLES[2] }).waitFor({ state: 'detached' });
    assert.ok(
      await picker.locator('.entry', { hasText: TITLES[1] }).locator('[name=pick]').isChecked(),
      'what was chosen before the search is still there, and chosen',
    );
    await picker.locator('.entry', { hasText: TITLES[0] }).locator('[name=pick]').check();
    await picker.locator('#q').fill('');
    await picker.locator('#q').press('Enter');
    await pick(picker, [TITLES[2]]);
    await page.waitForURL('**/course/modedit.php*selection=*');
    for (const title of TITLES.slice(0, 3)) await page.locator('li', { hasText: title }).waitFor();
    await saveForm(page);
    const added = (await activities(page)).filter((activity) => !before.includes(activity));
    assert.equal(added.length, 3);
  });

  it('nothing picked is said, and cancelling adds nothing', async (t) => {
    const page = await instructor(t);
    const before = await activities(page);
    const picker = await openPicker(page, demo);
    await pick(picker, []);
    await picker.getByText(says('picker-none-chosen')).waitFor();
    await picker.getByRole('button', { name: says('picker-cancel') }).click();
    await page.locator('#selectframe').waitFor({ state: 'detached' });
    await page.goto(`${demo.open}course/view.php?id=2`);
    assert.deepEqual(await activities(page), before);
  });

  it('a new quiz, written on the spot, published, picked, and taken by a student', async (t) => {
    const title = 'Đọc bản vẽ kỹ thuật';
    const page = await instructor(t);
    const before = await activities(page);
    const editor = await openPicker(page, demo);
    await editor.getByRole('button', { name: /Soạn bài mới/ }).click();
    await editor.locator('#title').fill(title);
    if ((await editor.locator('#q1_stem').count()) === 0) {
      await editor.locator('button[value="add:single"]').click();
    }
    await editor.locator('#q1_stem').fill('Hình chiếu đứng cho biết gì?');
    await editor.locator('#q1_o1_text').fill('Chiều cao và chiều dài');
    await editor.locator('#q1_o2_text').fill('Chỉ chiều sâu');
    await editor.getByRole('button', { name: says('quiz-publish') }).click();
    await editor.getByText(says('quiz-incomplete-title')).waitFor();
    await assertAccessible(await serviceFrame(page, demo));
    await editor.locator('[name=q1_right]').first().check();
    // Options that were left empty at the end are gone by themselves.
    assert.equal(await editor.locator('[name=q1_right]').count(), 2);
    await editor.getByRole('button', { name: says('quiz-preview') }).click();
    await editor.getByText(says('quiz-preview-title')).waitFor();
    await editor.getByText('Chiều cao và chiều dài').first().waitFor();
    await editor.getByRole('link', { name: says('quiz-back-to-editor') }).last().click();
    await editor.getByRole('button', { name: says('quiz-publish') }).click();
    await editor.locator('.notice-title', { hasText: says('quiz-published-title') }).waitFor();
    await editor.getByRole('link', { name: says('quiz-back-to-picker') }).last().click();
    const entry = editor.locator('.entry', { hasText: title });
    await entry.locator('[name=pick]').check();
    await editor.getByRole('button', { name: says('picker-pick') }).click();
    await saveForm(page);
    const [added] = (await activities(page)).filter((activity) => !before.includes(activity));

    await signIn(page, demo, STUDENTS[1]);
    const front = await openInWindow(page, demo, added);
    assert.equal(await front.locator('h1').textContent(), title);
    await start(front);
    const right = front.locator('.choice', { hasText: 'Chiều cao và chiều dài' }).locator('input');
    await saved(front, () => right.check());
    await submit(front);
    assert.match(await front.locator('.result').textContent(), /10\/10/);
  });

  it('with blocked cookies the picker runs in a window, and the answer goes back through our page in the frame', async (t) => {
    const page = await instructor(t, { cookies: 'blocked' });
    const before = await activities(page);
    const frame = await openPicker(page, demo);
    const button = frame.getByRole('button', { name: says('login-window-button') });
    const [window] = await Promise.all([page.waitForEvent('popup'), button.click()]);
    await window.waitForURL(`${demo.service}/s/*/picker`);
    await frame.getByText(says('login-window-continued-title')).waitFor();

    const posted = page.waitForRequest((request) => request.url().includes('/mod/lti/contentitem_return.php'));
    const closed = window.waitForEvent('close');
    await pick(window, [TITLES[2]]);
    const request = await posted;
    assert.equal(request.method(), 'POST');
    assert.notEqual(request.frame(), page.mainFrame(), 'Moodle takes it only in its own frame');
    await closed;
    await page.waitForURL('**/course/modedit.php*selection=*');
    assert.equal(await page.locator('#id_name').inputValue(), TITLES[2]);
    await saveForm(page);
    assert.equal((await activities(page)).length, before.length + 1);
  });

  it('an activity without a quiz asks the instructor which one, and tells a student to come back', async (t) => {
    const page = await instructor(t);
    await page.goto(`${demo.open}course/modedit.php?course=2&type=1`);
    await page.locator('#id_name').fill('Bài chưa chọn');
    await page.locator('#id_submitbutton').click();
    await page.waitForURL('**/course/view.php*');
    const empty = (await activities(page)).at(-1);

    await signIn(page, demo, STUDENTS[2]);
    const front = await openInWindow(page, demo, empty);
    await front.getByRole('heading', { name: says('attempt-absent-title') }).waitFor();
    await assertAccessible(front);

    await signIn(page, demo, INSTRUCTOR);
    const picker = await openInWindow(page, demo, empty);
    await picker.getByRole('heading', { name: says('picker-title') }).waitFor();
    await picker.locator('.entry', { hasText: TITLES[1] }).locator('[name=pick]').check();
    await picker.getByRole('button', { name: says('picker-place') }).click();
    await picker.waitForURL('**/gradebook');
    assert.equal(await picker.locator('h1').textContent(), TITLES[1]);

    await signIn(page, demo, STUDENTS[2]);
    const now = await openInWindow(page, demo, empty);
    assert.equal(await now.locator('h1').textContent(), TITLES[1]);
    await start(now);
    assert.equal(await option(now, 'q1', 'a').count(), 1);
  });
});
