// One attempt through every type of question: by keyboard alone, by touch on a phone, and without JavaScript. How each
// type marks stands beside it in the crate assessment; writing questions is authoring.test.mjs's.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { INSTRUCTOR, STUDENTS, openHere, signIn } from './college.mjs';
import { PHONE, assertAccessible, assertFits, shot, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { TITLES, addQuizzes, saved, start } from './quizzes.mjs';
import { says } from './texts.mjs';

/** A right answer to each question of the tour, as its page's fields: what stands behind `answer/`, and what to put there. */
const RIGHT = JSON.parse(readFileSync(new URL('../data/question_types_right.json', import.meta.url), 'utf8'));

/** Questions that are answered, and those of them that a machine marks. */
const QUESTIONS = new Set(RIGHT.map(([field]) => field.split('/')[0])).size;
const MARKED = QUESTIONS - 2; // an essay waits for its marker, an opinion has no mark

describe('every type of question', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('is answered by keyboard alone', async (t) => {
    const page = await tour(t, browser, demo, STUDENTS[0], {});
    await start(page);
    await assertAccessible(page);
    for (const [field, value] of RIGHT) {
      const element = control(page, field, value);
      await tabTo(page, element);
      await saved(page, () => byKeyboard(page, element, value));
    }
    await assertAllAnswered(page);
    // away from where the bar lies over what has been scrolled under it
    await page.evaluate(() => scrollTo(0, 0));
    await assertAccessible(page);
    await shot(page, 'question-types-answered');
    await tabTo(page, page.getByRole('button', { name: says('attempt-to-submit') }));
    await page.keyboard.press('Enter');
    const last = page.getByRole('button', { name: says('attempt-submit') });
    await last.waitFor();
    await tabTo(page, last);
    await page.keyboard.press('Enter');
    await assertAllRight(page);
    await shot(page, 'question-types-reviewed');
  });

  it('is answered by touch on a phone', async (t) => {
    const page = await tour(t, browser, demo, STUDENTS[1], { viewport: PHONE });
    await page.getByRole('button', { name: says('attempt-start') }).tap();
    await page.locator('fieldset.question').first().waitFor();
    await assertFits(page);
    await assertAccessible(page);
    for (const [field, value] of RIGHT) {
      const element = control(page, field, value);
      await saved(page, () => byTouch(element, value));
    }
    await assertAllAnswered(page);
    await assertFits(page);
    await page.getByRole('button', { name: says('attempt-to-submit') }).tap();
    await page.getByRole('button', { name: says('attempt-submit') }).tap();
    await assertAllRight(page);
    await assertFits(page);
  });

  it('is dragged where that helps: with a mouse, or by two taps', async (t) => {
    const page = await tour(t, browser, demo, STUDENTS[3], {});
    await start(page);
    const order = page.locator('[data-slot=ordering]');
    const chip = (value) => order.locator(`.chip[data-value="${value}"]`);
    const place = (number) => order.locator('.answer-row').nth(number - 1);
    const chosen = () => order.locator('select').evaluateAll((lists) => lists.map(({ value }) => value));
    await order.scrollIntoViewIfNeeded();
    await saved(page, () => drag(page, chip('o1'), place(1)));
    await saved(page, () => drag(page, chip('o2'), place(2)));
    assert.deepEqual(await chosen(), ['o1', 'o2', '']);
    // what stands once leaves its former place
    await drag(page, chip('o1'), place(3));
    assert.deepEqual(await chosen(), ['', 'o2', 'o1']);
    await chip('o3').click();
    await saved(page, () => place(1).locator('.answer-label').click());
    assert.deepEqual(await chosen(), ['o3', 'o2', 'o1']);
    await page.reload();
    assert.deepEqual(await chosen(), ['o3', 'o2', 'o1'], 'saved');
    await assertAccessible(page);
  });

  it('is answered without JavaScript', async (t) => {
    const page = await tour(t, browser, demo, STUDENTS[2], { viewport: PHONE, javaScript: false });
    await start(page);
    for (const [field, value] of RIGHT) await fill(control(page, field, value), value);
    await page.getByRole('button', { name: says('attempt-save') }).click();
    await page.getByText('Hệ thống đọc là 25,02 mm').waitFor();
    for (const [field, value] of RIGHT) {
      const element = control(page, field, value);
      const kept = (await isChoice(element)) ? await element.isChecked() : (await element.inputValue()) === value;
      assert.ok(kept, `${field} is shown again`);
    }
    await page.getByRole('button', { name: says('attempt-to-submit') }).click();
    await page.getByRole('button', { name: says('attempt-submit') }).click();
    await page.getByRole('heading', { name: says('attempt-result') }).waitFor();
    await assertResult(page);
    await assertFits(page);
  });
});

/** The instructor adds the tour to the course; the student's page then shows its front. */
async function tour(t, browser, demo, student, options) {
  const desk = await browser.page(t);
  await signIn(desk, demo, INSTRUCTOR);
  const [activity] = await addQuizzes(desk, demo, [TITLES[3]]);
  const page = await browser.page(t, options);
  await signIn(page, demo, student);
  await openHere(page, demo, activity);
  return page;
}

/** The element that takes a value: the radio button or box of a choice, else the field. */
function control(page, field, value) {
  const name = `[name="answer/${field}"]`;
  return page.locator(`input[type=radio]${name}[value="${value}"], :is(input:not([type=radio]), select, textarea)${name}`);
}

const isChoice = (element) => element.evaluate((node) => ['radio', 'checkbox'].includes(node.type));
const isList = (element) => element.evaluate((node) => node.tagName === 'SELECT');

async function fill(element, value) {
  if (await isChoice(element)) await element.check();
  else if (await isList(element)) await element.selectOption(value);
  else await element.fill(value);
}

/** From the middle of one element to the middle of another. */
async function drag(page, element, target) {
  const middle = async (locator) => {
    const { x, y, width, height } = await locator.boundingBox();
    return [x + width / 2, y + height / 2];
  };
  await page.mouse.move(...(await middle(element)));
  await page.mouse.down();
  await page.mouse.move(...(await middle(target)), { steps: 5 });
  await page.mouse.up();
}

async function byTouch(element, value) {
  await element.scrollIntoViewIfNeeded();
  if (await isChoice(element)) return element.tap();
  if (await isList(element)) return element.selectOption(value); // the list itself is the system's
  await element.tap();
  await element.fill(value);
  return element.blur();
}

async function byKeyboard(page, element, value) {
  if (await isChoice(element)) {
    // a group of radio buttons is one stop of Tab: the first arrow chooses the next one, Space the one with the focus
    const has = () => element.evaluate((node) => node === document.activeElement);
    if (await has()) return page.keyboard.press('Space');
    while (!(await has())) await page.keyboard.press('ArrowDown');
    return undefined;
  }
  if (await isList(element)) {
    const steps = await element.evaluate((list, wanted) => [...list.options].findIndex(({ value: id }) => id === wanted), value);
    for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowDown');
    return undefined;
  }
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(value);
  return page.keyboard.press('Tab');
}

/** Presses Tab until the element has the focus, or another radio button of its group. */
async function tabTo(page, element) {
  const has = () =>
    element.evaluate((node) => {
      const focused = document.activeElement;
      return node === focused || (node.type === 'radio' && node.name === focused.name);
    });
  for (let presses = 0; presses < 200; presses += 1) {
    if (await has()) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`the keyboard never reaches ${element}`);
}

async function assertAllAnswered(page) {
  await page.locator('.question-list ol .answered').nth(QUESTIONS - 1).waitFor({ state: 'attached' });
  assert.equal(await page.locator('.question-list ol .answered').count(), QUESTIONS);
  await page.getByText('Hệ thống đọc là 25,02 mm').waitFor();
}

async function assertAllRight(page) {
  await page.getByRole('heading', { name: says('attempt-result') }).waitFor();
  await assertAccessible(page);
  await assertResult(page);
}

async function assertResult(page) {
  const wrong = await page.locator('.verdict .badge.bad, .part.wrong, .gap.wrong').allTextContents();
  assert.deepEqual(wrong, [], 'nothing is wrong');
  assert.equal(await page.locator('.verdict .badge.good').count(), MARKED);
  await page.getByText(says('attempt-verdict-waiting')).first().waitFor();
}
