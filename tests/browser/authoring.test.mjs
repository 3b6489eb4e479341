// An instructor writes a quiz of ten questions from nothing, counted as Moodle's own way was counted: page loads, clicks,
// and fields that were filled in or chosen. Other ways with the editor stand in deep_linking.test.mjs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COURSE, INSTRUCTOR, STUDENTS, openHere, serviceFrame, signIn } from './college.mjs';
import { assertAccessible, shot, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { TOOL, activities, start } from './quizzes.mjs';
import { says, within } from './texts.mjs';

/** What the same takes in Moodle 4.5.6, from the course's page: see docs/performance.md. */
const MOODLE = { loads: 25, clicks: 56, fields: 71 };

const TITLE = 'Kiểm tra nhanh: dụng cụ đo';
const QUESTIONS = Array.from({ length: 10 }, (_, index) => ({
  stem: `Câu ${index + 1}: dụng cụ nào đo được ${index + 1}0 mm chính xác nhất?`,
  options: ['Panme', 'Thước cặp', 'Thước lá', 'Thước dây'],
  right: index % 4,
}));

describe('a quiz of ten questions from nothing', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('takes fewer page loads, clicks and fields than in Moodle', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, INSTRUCTOR);
    const before = await activities(page);
    const count = counted(page);

    await count.click(page.locator(`a[href$="modedit.php?course=${COURSE.id}"]`));
    await count.click(page.locator(`a[href*="modedit.php?course=${COURSE.id}&type=${TOOL}"]`));
    await count.click(page.locator('#id_selectcontent'));
    const picker = await serviceFrame(page, demo);
    await count.click(picker.getByRole('button', { name: within('picker-new') }));
    const editor = page.frameLocator('#selectframe');
    await count.fill(editor.locator('#title'), TITLE);
    for (const [index, question] of QUESTIONS.entries()) {
      const number = index + 1;
      if ((await editor.locator(`#q${number}_stem`).count()) === 0) {
        await count.click(editor.getByRole('button', { name: within('quiz-kind-single') }).last());
      }
      await count.fill(editor.locator(`#q${number}_stem`), question.stem);
      for (const [place, words] of question.options.entries()) {
        const option = editor.locator(`#q${number}_o${place + 1}_text`);
        if ((await option.count()) === 0) await count.click(editor.locator(`button[value="q${number}_add"]`));
        await count.fill(option, words);
      }
      await count.choose(editor.locator(`[name="q${number}_right"][value="${question.right + 1}"]`));
    }
    const frame = await serviceFrame(page, demo);
    await assertAccessible(frame);
    await count.click(editor.getByRole('button', { name: says('quiz-publish') }));
    await editor.locator('.notice-title', { hasText: says('quiz-published-title') }).waitFor();
    await shot(page, 'authoring-ten-questions');
    await count.click(editor.getByRole('link', { name: says('quiz-back-to-picker') }).last());
    await count.choose(editor.locator('.entry', { hasText: TITLE }).locator('[name=pick]'));
    await count.click(editor.getByRole('button', { name: says('picker-pick') }));
    await page.waitForURL('**/course/modedit.php*selection=*');
    await count.click(page.locator('#id_submitbutton'));
    await page.waitForURL('**/course/view.php*');

    const { loads, clicks, fields } = count;
    t.diagnostic(`${loads} page loads, ${clicks} clicks, ${fields} fields; Moodle ${Object.values(MOODLE).join(', ')}`);
    assert.ok(loads < MOODLE.loads && clicks < MOODLE.clicks && fields < MOODLE.fields, JSON.stringify({ loads, clicks, fields }));

    const [added] = (await activities(page)).filter((activity) => !before.includes(activity));
    await signIn(page, demo, STUDENTS[0]);
    await openHere(page, demo, added);
    await start(page);
    assert.equal(await page.locator('fieldset.question').count(), QUESTIONS.length);
  });
});

/** Counts what a person does, and each document that the browser loads for it, in the page or in a frame. */
function counted(page) {
  const count = { loads: 0, clicks: 0, fields: 0 };
  page.on('request', (request) => {
    // an address that only sends on is no page
    if (request.isNavigationRequest() && request.redirectedTo() === null) {
      request.response().then((reply) => {
        if (reply !== null && (reply.status() < 300 || reply.status() >= 400)) count.loads += 1;
      }, () => {});
    }
  });
  return Object.assign(count, {
    async click(element) {
      count.clicks += 1;
      await element.click();
    },
    async fill(element, words) {
      count.fields += 1;
      await element.fill(words);
    },
    async choose(element) {
      count.fields += 1;
      await element.check();
    },
  });
}
