// How quizzes behave, in a real browser: checked with hints by the keyboard alone, checked without JavaScript, and with
// certainty on a phone. What tries cost stands in tests/it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COURSE, INSTRUCTOR, STUDENTS, openHere, serviceFrame, signIn } from './college.mjs';
import { PHONE, assertAccessible, assertFits, shot, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { TOOL, activities, saved, start, submit } from './quizzes.mjs';
import { says, within } from './texts.mjs';

const HINTS = ['Dụng cụ này có mỏ đo trong và mỏ đo ngoài.', 'Tên của nó có chữ "cặp".'];
const QUESTIONS = ['Đo đường kính trong bằng dụng cụ nào?', 'Đo đường kính ngoài của trục bậc bằng dụng cụ nào?'];
const RIGHT = 'Thước cặp';
const WRONG = 'Thước dây';

describe('a quiz that answers', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('gives hints and counts tries, by keyboard alone', async (t) => {
    const activity = await written(await browser.page(t), demo, 'Đo lường: thử và gợi ý', async (editor) => {
      await editor.locator('#behaviour').selectOption('interactive');
      await editor.locator('summary', { hasText: says('behaviour-tries') }).first().click();
      await editor.locator('#q1_hints').fill(HINTS.join('\n'));
    });
    const page = await browser.page(t, { viewport: PHONE });
    await signIn(page, demo, STUDENTS[0]);
    await openHere(page, demo, activity);
    await page.getByText(says('behaviour-about-interactive')).waitFor();
    await start(page);
    const question = () => page.locator('fieldset.question', { hasText: QUESTIONS[0] });
    const check = () => question().locator('[data-check]');

    // without an answer nothing is sent
    await tabTo(page, check());
    await page.keyboard.press('Enter');
    await question().getByText(says('behaviour-check-blank')).waitFor();
    await tabTo(page, choice(question(), WRONG));
    await saved(page, () => page.keyboard.press('Space'));
    await tabTo(page, check());
    await page.keyboard.press('Enter');
    await question().getByText(HINTS[0]).waitFor();
    await focusIsAtVerdict(page, question());
    await assertFits(page);
    await assertAccessible(page);
    await shot(page, 'behaviours-hint');

    // offline it says so, and keeps the answer
    await page.context().setOffline(true);
    await tabTo(page, choice(question(), RIGHT));
    await page.keyboard.press('Space');
    await tabTo(page, check());
    await page.keyboard.press('Enter');
    await question().getByText(says('behaviour-check-offline')).waitFor();
    await page.context().setOffline(false);
    await page.waitForFunction(() => document.querySelector('.statusbar .saved:not(.waiting)')?.textContent !== '');
    await tabTo(page, check());
    await page.keyboard.press('Enter');
    await question().getByText(says('behaviour-finished')).waitFor();
    await focusIsAtVerdict(page, question());
    assert.match(await question().locator('.found').textContent(), /0,67\/1/);
    assert.equal(await question().locator('[name^="answer/"]').count(), 0);
    await assertAccessible(page);
    await submit(page);
    // 0,67 of 2 points
    assert.match(await page.locator('.result').textContent(), /3,35\/10/);
    await assertAccessible(page);
  });

  it('checks without JavaScript and comes back to the question', async (t) => {
    const activity = await written(await browser.page(t), demo, 'Đo lường: thử tùy ý', async (editor) => {
      await editor.locator('#behaviour').selectOption('adaptive');
    });
    const page = await browser.page(t, { javaScript: false, viewport: PHONE });
    await signIn(page, demo, STUDENTS[1]);
    await openHere(page, demo, activity);
    await start(page);
    const question = () => page.locator('fieldset.question', { hasText: QUESTIONS[1] });
    await question().locator('[data-check]').click();
    await question().getByText(says('behaviour-check-blank')).waitFor();
    await choice(question(), WRONG).check();
    await question().locator('[data-check]').click();
    await question().getByText(says('attempt-verdict-wrong')).waitFor();
    assert.match(new URL(page.url()).hash, /^#checked-/);
    await choice(question(), RIGHT).check();
    await question().locator('[data-check]').click();
    await question().getByText('0,67/1').waitFor();
    assert.ok(await choice(question(), RIGHT).isChecked(), 'it goes on');
    await assertFits(page);
    await submit(page);
    assert.match(await page.locator('.result').textContent(), /3,35\/10/);
  });

  it('asks how sure one is, on a phone', async (t) => {
    const activity = await written(await browser.page(t), demo, 'Đo lường: mức chắc chắn', async (editor) => {
      await editor.locator('[name=certainty]').check();
    });
    const page = await browser.page(t, { viewport: PHONE });
    await signIn(page, demo, STUDENTS[2]);
    await openHere(page, demo, activity);
    await page.getByText(says('behaviour-about-certainty')).waitFor();
    await start(page);
    for (const [stem, words, level] of [[QUESTIONS[0], RIGHT, '3'], [QUESTIONS[1], WRONG, '2']]) {
      const question = page.locator('fieldset.question', { hasText: stem });
      await saved(page, () => choice(question, words).check());
      await saved(page, () => question.locator(`[name^="certainty/"][value="${level}"]`).check());
    }
    await page.reload();
    assert.equal(await page.locator('[name^="certainty/"]:checked').count(), 2);
    await assertFits(page);
    await assertAccessible(page);
    await shot(page, 'behaviours-certainty');
    await submit(page);
    // 1 − 2/3 is 0,33 of 2 points
    assert.match(await page.locator('.result').textContent(), /1,65\/10/);
    await page.getByText(says('behaviour-certainty-result')).waitFor();
    await assertFits(page);
    await assertAccessible(page);
    await shot(page, 'behaviours-certainty-review');
  });
});

/** The instructor writes a quiz of two questions, changes what the story wants, and adds it to the course. */
async function written(page, demo, title, change) {
  await signIn(page, demo, INSTRUCTOR);
  const before = await activities(page);
  await page.goto(`${demo.open}course/modedit.php?course=${COURSE.id}&type=${TOOL}`);
  await page.locator('#id_selectcontent').click();
  const picker = await serviceFrame(page, demo);
  await picker.getByRole('button', { name: within('picker-new') }).click();
  const editor = page.frameLocator('#selectframe');
  await editor.locator('#title').fill(title);
  for (const [index, stem] of QUESTIONS.entries()) {
    const number = index + 1;
    if ((await editor.locator(`#q${number}_stem`).count()) === 0) {
      await editor.getByRole('button', { name: within('quiz-kind-single') }).last().click();
    }
    await editor.locator(`#q${number}_stem`).fill(stem);
    for (const [place, words] of [RIGHT, WRONG].entries()) {
      await editor.locator(`#q${number}_o${place + 1}_text`).fill(words);
    }
    await editor.locator(`[name="q${number}_right"][value="1"]`).check();
  }
  await change(editor);
  await editor.locator('#review summary').click();
  await assertAccessible(await serviceFrame(page, demo));
  await shot(page, 'behaviours-editor');
  await editor.getByRole('button', { name: says('quiz-publish') }).click();
  await editor.locator('.notice-title', { hasText: says('quiz-published-title') }).waitFor();
  await editor.getByRole('link', { name: says('quiz-back-to-picker') }).last().click();
  await editor.locator('.entry', { hasText: title }).locator('[name=pick]').check();
  await editor.getByRole('button', { name: says('picker-pick') }).click();
  await page.waitForURL('**/course/modedit.php*selection=*');
  await page.locator('#id_submitbutton').click();
  await page.waitForURL('**/course/view.php*');
  const [added] = (await activities(page)).filter((activity) => !before.includes(activity));
  return added;
}

function choice(question, words) {
  return question.locator('label.choice', { hasText: words }).locator('input');
}

async function focusIsAtVerdict(page, question) {
  const id = await question.locator('.found').getAttribute('id');
  await page.waitForFunction((found) => document.activeElement?.id === found, id);
}

/** Leads the focus there by Tab, as somebody without a mouse does; radio buttons of a group by arrows. */
async function tabTo(page, element) {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await element.evaluate((one) => one === document.activeElement)) return;
    const isInGroup = await element.evaluate((one) => {
      const active = document.activeElement;
      return one.type === 'radio' && active?.type === 'radio' && active.name === one.name;
    });
    await page.keyboard.press(isInGroup ? 'ArrowDown' : 'Tab');
  }
  assert.fail('the focus never comes there');
}
