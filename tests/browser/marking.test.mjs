// Essays are marked by keyboard alone, one after the other; the same on a phone without JavaScript. Several markers and
// hidden names are tests/it/marking's.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INSTRUCTOR, STUDENTS, openHere, signIn } from './college.mjs';
import { PHONE, assertAccessible, assertFits, press, shot, tabTo, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { TITLES, addQuizzes, saved, start, submit } from './quizzes.mjs';
import { says } from './texts.mjs';

const WORDS = 'Kiểm tra dầu và phanh, rồi khóa nguồn.';

describe('marking by hand', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('marks three essays by keyboard alone', async (t) => {
    const page = await essays(t, browser, demo, STUDENTS.slice(0, 3));
    await shot(page, 'marking-gradebook');
    await press(page, page.locator('.gradebook-links a[href$="/marking"]'));
    await page.getByRole('heading', { name: says('marking-title') }).or(page.locator('.marking-question')).first().waitFor();
    await assertAccessible(page);
    await shot(page, 'marking-overview');
    await press(page, page.locator('.marking-question a').first());
    await page.locator('.marking-list').waitFor();
    await assertAccessible(page);
    await shot(page, 'marking-list');
    await press(page, page.locator('a.primary'));
    for (const points of ['0,5', '1', '0,25']) {
      const field = page.locator('[data-points]');
      await field.waitFor();
      await assertAccessible(page);
      assert.ok(await field.evaluate((node) => node === document.activeElement), 'points can be typed at once');
      await page.keyboard.type(points);
      await page.keyboard.press('Tab');
      await page.keyboard.type('Đã đọc.');
      if (points === '1') await shot(page, 'marking-paper');
      await tabTo(page, page.locator('button[name=then][value=next], button.primary[name=then]').first());
      await Promise.all([page.waitForURL('**done=*'), page.keyboard.press('Enter')]);
    }
    await page.getByText(says('marking-question-done-title')).waitFor();
    assert.deepEqual(await page.locator('.marking-list td.number').allTextContents(), ['0,5/1', '1/1', '0,25/1']);
    await shot(page, 'marking-list-done');
    await press(page, page.locator('.marking-list a').first());
    await page.locator('.decisions li').waitFor();
    await assertAccessible(page);
    await shot(page, 'marking-paper-marked');
  });
});

describe('marking on a phone', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('works without JavaScript, names hidden', async (t) => {
    const window = await essays(t, browser, demo, STUDENTS.slice(3, 5));
    const page = await browser.page(t, { viewport: PHONE, javaScript: false });
    await signIn(page, demo, INSTRUCTOR);
    const activity = activityOf.get(window);
    await openHere(page, demo, activity);
    await page.locator('.gradebook-links a[href$="/marking"]').click();
    await page.locator('details.marking-choices summary').click();
    await page.locator('input[name=names]').check();
    await page.getByRole('button', { name: says('marking-choose') }).click();
    await page.locator('.marking-question a').first().click();
    await assertFits(page);
    await page.locator('a.primary').click();
    for (const share of ['0.5', '1']) {
      await page.getByText(WORDS).waitFor();
      const text = await page.locator('main').innerText();
      for (const { name } of STUDENTS) assert.ok(!text.includes(name), name);
      await assertFits(page);
      await page.locator(`button[name=share][value="${share}"]`).click();
    }
    await page.getByText(says('marking-question-done-title')).waitFor();
    await assertFits(page);
  });
});

const activityOf = new WeakMap();

/** These students hand in an essay in an activity of their own; the instructor's page shows its gradebook. */
async function essays(t, browser, demo, students) {
  const desk = await browser.page(t);
  await signIn(desk, demo, INSTRUCTOR);
  const [activity] = await addQuizzes(desk, demo, [TITLES[3]]);
  for (const student of students) {
    const page = await browser.page(t);
    await signIn(page, demo, student);
    await openHere(page, demo, activity);
    await start(page);
    await saved(page, async () => {
      await page.locator('textarea[name="answer/essay"]').fill(WORDS);
      await page.locator('textarea[name="answer/essay"]').blur();
    });
    await submit(page);
    await page.getByText(says('marking-provisional')).waitFor();
    if (student === students[0]) await shot(page, 'marking-student');
  }
  await openHere(desk, demo, activity);
  await desk.locator('.gradebook-links').waitFor();
  activityOf.set(desk, activity);
  return desk;
}
