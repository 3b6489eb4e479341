// One attempt through every type of question: by keyboard alone, by touch on a phone, and without JavaScript. How each
// type marks stands beside it in the crate assessment; writing questions is authoring.test.mjs's.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { INSTRUCTOR, STUDENTS, openHere, signIn } from './college.mjs';
import { PHONE, assertAccessible, assertFits, shot, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { TITLES, addQuizzes, saved, start } from './quizzes.mjs';
import { says, within } from './texts.mjs';

/** A right answer to each question of the tour, as its page's fields: what stands behind `answer/`, and what to put there. */
const RIGHT = JSON.parse(readFileSync(new URL('../data/question_types_right.json', import.meta.url), 'utf8'));

/** Questions that are answered, and those of them that a machine marks. */
const UPLOAD = 1; // a photo is no field's value
const QUESTIONS = new Set(RIGHT.map(([field]) => field.split('/')[0])).size + UPLOAD;
const MARKED = QUESTIONS - 3; // an essay and a photo wait for their marker, an opinion has no mark
/** Questions about a picture, and the shared drawing above two others. */
const PICTURES = 4;
const STOP = { x: 760, y: 420 };

describe('every type of question', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('is answered by keyboard alone', async (t) => {
    const page = await tour(t, browser, demo, STUDENTS[0], {});
    await start(page);
    // whoever listens only when the key is pressed may be too late for it
    page.on('filechooser', () => {});
    await assertAccessible(page);
    await assertMedia(page);
    for (const [field, value] of RIGHT) {
      const element = control(page, field, value);
      await tabTo(page, element);
      if (isHalfAMark(field)) await page.keyboard.type(value);
      else await saved(page, () => byKeyboard(page, element, value));
    }
    const photo = page.getByLabel(says('attempt-files-choose'));
    await tabTo(page, photo);
    await saved(page, async () => (await chooser(page, () => page.keyboard.press('Enter'))).setFiles(PHOTO));
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
      if (field === 'spot/1.x') await saved(page, () => tapSpot(page, STOP));
      else if (field === 'spot/1.y') await near(element, Number(value));
      else await saved(page, () => byTouch(element, value));
    }
    const camera = page.getByLabel(says('attempt-files-camera'));
    await camera.scrollIntoViewIfNeeded();
    await saved(page, async () => (await chooser(page, () => camera.tap())).setFiles(PHOTO));
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

  it('passes over what a question does not take, and saves the others', async (t) => {
    const page = await tour(t, browser, demo, STUDENTS[4], { viewport: PHONE });
    await start(page);
    const slider = control(page, 'slider', '1.6');
    const refused = page.locator('[data-slot=slider] .error');
    // on a weak line three answers go together, and the one in the middle cannot be right
    await page.context().setOffline(true);
    await control(page, 'single', 'a').check();
    await slider.fill('99');
    await slider.blur();
    await control(page, 'numerical', '25,02').fill('25,02');
    await control(page, 'numerical', '25,02').blur();
    await page.locator('[data-notice=offline]').waitFor();
    const answers = [];
    page.on('response', (answer) => answer.request().method() === 'PUT' && answers.push(answer.status()));
    await page.context().setOffline(false);
    await page.locator('[data-slot=numerical] [data-saved]').getByText(within('attempt-saved-at')).waitFor();
    await page.locator('[data-slot=single] [data-saved]').getByText(within('attempt-saved-at')).waitFor();
    assert.match(await refused.textContent(), within('attempt-invalid'));
    assert.equal(await refused.getAttribute('role'), 'alert');
    assert.equal(await page.locator('.error').count(), 1);
    assert.equal(await page.locator('[data-slot=slider] [data-saved]').textContent(), '');
    assert.ok(await page.locator('[data-notice=refused]').isHidden(), 'saving goes on');
    assert.deepEqual(answers, [200, 422, 200], 'what comes before, the refusal, what comes after');
    await assertFits(page);
    await assertAccessible(page);
    await shot(page, 'question-types-refused');

    await page.reload();
    assert.ok(await control(page, 'single', 'a').isChecked());
    assert.equal(await control(page, 'numerical', '25,02').inputValue(), '25,02');
    assert.notEqual(await slider.inputValue(), '99');
    // mended, it is saved like any other
    await slider.fill('99');
    await slider.blur();
    await refused.waitFor();
    await saved(page, async () => {
      await slider.fill('1.6');
      await slider.blur();
    });
    await refused.waitFor({ state: 'detached' });
    await page.reload();
    assert.equal(await slider.inputValue(), '1.6');
  });

  it('is answered without JavaScript', async (t) => {
    const page = await tour(t, browser, demo, STUDENTS[2], { viewport: PHONE, javaScript: false });
    await start(page);
    for (const [field, value] of RIGHT) await fill(control(page, field, value), value);
    await page.getByLabel(says('attempt-files-choose')).setInputFiles(PHOTO);
    // one value that its question does not take costs nothing of the others
    await impossible(page, 'slider', '99');
    await page.locator('[data-slot=slider] .error').waitFor();
    assert.equal(await page.locator('.error').count(), 1);
    await fill(control(page, 'slider', '1.6'), '1.6');
    await page.getByRole('button', { name: says('attempt-save') }).click();
    await page.getByText('Hệ thống đọc là 25,02 mm').waitFor();
    for (const [field, value] of RIGHT) {
      const element = control(page, field, value);
      const kept = (await isChoice(element)) ? await element.isChecked() : (await element.inputValue()) === value;
      assert.ok(kept, `${field} is shown again`);
    }
    assert.equal(await page.locator('.files :checked').count(), UPLOAD, 'the photo is an answer');
    await assertFits(page);
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

/** A photo, as a camera gives it: one grey pixel. */
const PHOTO = {
  name: 'IMG_1.png',
  mimeType: 'image/png',
  buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg==', 'base64'),
};

/** What the system asks for a file with, once something was done. */
async function chooser(page, act) {
  const [asked] = await Promise.all([page.waitForEvent('filechooser'), act()]);
  return asked;
}

/** One number of a mark alone is no answer yet. */
const isHalfAMark = (field) => field.endsWith('.x');

/** Taps a place of the picture in which spots are marked, in its own pixels. */
async function tapSpot(page, { x, y }) {
  const picture = page.locator('[data-slot=spot] svg');
  await picture.scrollIntoViewIfNeeded();
  const { width, height } = await picture.boundingBox();
  const [wide, high] = await picture.evaluate(({ viewBox }) => [viewBox.baseVal.width, viewBox.baseVal.height]);
  await picture.tap({ position: { x: (x / wide) * width, y: (y / high) * height } });
}

/** A field says what was tapped, to the few pixels that a finger is out. */
async function near(element, value) {
  const typed = Number(await element.inputValue());
  assert.ok(Math.abs(typed - value) < 5, `${typed} is near ${value}`);
}

/** Saves with a value that the field itself would not let through; the form then comes back with the rest saved. */
async function impossible(page, slot, value) {
  await page.locator(`input[name="answer/${slot}"]`).fill(value);
  await page.locator('form.attempt').evaluate((form) => form.setAttribute('novalidate', ''));
  await page.getByRole('button', { name: says('attempt-save') }).click();
}

/** Pictures are shown, and the sound is there to be played. */
async function assertMedia(page) {
  assert.equal(await page.locator('.question svg image, .stimulus img').count(), PICTURES);
  const addresses = await page
    .locator('.question svg image, .stimulus img, audio')
    .evaluateAll((elements) => elements.map((element) => element.getAttribute('href') ?? element.getAttribute('src')));
  for (const address of addresses) {
    const answer = await page.request.get(new URL(address, page.url()).href);
    assert.equal(answer.status(), 200, address);
    assert.match(answer.headers()['content-type'], /^(image\/png|audio\/wav)$/);
  }
  assert.equal(await page.locator('audio').count(), 1);
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
  for (let presses = 0; presses < 250; presses += 1) {
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
