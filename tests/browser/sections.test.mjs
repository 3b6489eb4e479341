// A quiz in sections, one question after another: an author builds it in the editor, a student takes it by keyboard
// alone on a phone, another one without JavaScript. What an attempt is asked and what counts is tests/it/attempt's.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INSTRUCTOR, STUDENTS, openHere, serviceFrame, signIn } from './college.mjs';
import { PHONE, assertAccessible, assertFits, press, shot, tabTo, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { activities, openPicker, pick, saveForm, saved, start } from './quizzes.mjs';
import { says, within } from './texts.mjs';

const TITLE = 'Kiểm tra theo phần: dung sai và dụng cụ';

/** In the order of the quiz; the first option is the right one. */
const SECTIONS = [
  { title: 'Phần A: Dung sai', introduction: 'Bạn được bỏ một câu.', drops: '1', questions: 3 },
  { title: 'Phần B: Dụng cụ', draws: '1: dụng cụ (2-3)', questions: 2 },
  { title: 'Phần C: Tiện', choice: 'dự án', questions: 1 },
  { title: 'Phần C: Phay', choice: 'dự án', questions: 1 },
];

const QUESTIONS = SECTIONS.flatMap((section) =>
  Array.from({ length: section.questions }, (_, place) => ({
    section,
    stem: `${section.title}, câu ${place + 1}: chọn ý đúng.`,
  })),
);

describe('a quiz in sections', () => {
  const browser = useBrowser();
  const demo = useDemo();
  let building;
  // each story needs the quiz, whichever of them runs first
  const built = (t) => (building ??= build(t, browser, demo));

  it('is built in the editor, looked at in the preview, and published', async (t) => {
    const { preview, list } = await built(t);
    assert.match(preview, within('structure-preview-draw-of', 'vi', '1'));
    assert.match(preview, within('structure-preview-choice', 'vi', 'Phần C: Phay'));
    assert.match(preview, within('structure-locked', 'vi', '2'));
    assert.match(preview, within('structure-must'));
    assert.match(preview, within('structure-sequential'));
    assert.match(list, /4 câu hỏi/, 'two of three, one of two, one of the two sections');
  });

  it('is taken by keyboard alone on a phone', async (t) => {
    const { activity } = await built(t);
    const page = await browser.page(t, { viewport: PHONE });
    await signIn(page, demo, STUDENTS[0]);
    await openHere(page, demo, activity);
    await page.getByText(says('structure-sequential')).waitFor();
    await look(page, 'sections-start');
    await press(page, page.getByRole('button', { name: says('attempt-start') }));

    await assertQuestion(page, 1);
    await look(page, 'sections-first');
    await page.getByText(says('structure-must')).waitFor();
    assert.equal(await page.locator('button[value^="discard/"]').count(), 0, 'it must be answered');
    await choose(page);
    await goOn(page, 2);
    await choose(page);
    await goOn(page, 3);
    await press(page, page.locator('button[value^="discard/"]'));
    await page.getByText(says('structure-dropped')).waitFor();
    await look(page, 'sections-dropped');
    await press(page, page.locator('button[value^="restore/"]'));
    await page.locator('fieldset.question').waitFor();
    await press(page, page.locator('button[value^="discard/"]'));
    await page.getByText(says('structure-dropped')).waitFor();
    await press(page, next(page));
    await assertQuestion(page, 4);
    await choose(page);
    await press(page, next(page));

    const choices = page.getByRole('button', { name: says('structure-choose') });
    await choices.nth(1).waitFor();
    await look(page, 'sections-choice');
    await press(page, choices.nth(1));
    await page.getByText(says('structure-chosen')).waitFor();
    await look(page, 'sections-chosen');
    assert.match(await page.locator('.question .stem').innerText(), /^Phần C: Phay/);
    await choose(page);
    await press(page, next(page));
    await page.getByText(says('structure-over')).waitFor();
    await look(page, 'sections-over');

    await press(page, page.getByRole('button', { name: says('attempt-to-submit') }));
    await page.getByRole('button', { name: says('attempt-submit') }).waitFor();
    await look(page, 'sections-confirm');
    await press(page, page.getByRole('button', { name: says('attempt-submit') }));
    await page.getByRole('heading', { name: says('attempt-result') }).waitFor();
    await look(page, 'sections-review');
    await page.getByText('4/4').first().waitFor();
    await page.getByText(says('structure-left-out')).waitFor();
  });

  it('is taken without JavaScript: a question stays shut, unanswered ones are dropped first', async (t) => {
    const { activity } = await built(t);
    const page = await browser.page(t, { viewport: PHONE, javaScript: false });
    await signIn(page, demo, STUDENTS[1]);
    await openHere(page, demo, activity);
    await start(page);
    const advance = async () => {
      await assertFits(page);
      await next(page).click();
    };
    await page.locator('.choice input').first().check();
    await advance();
    await assertQuestion(page, 2);
    await advance();
    await page.getByText(within('structure-locked', 'vi', '2')).waitFor();
    await advance();
    await assertQuestion(page, 4);
    await page.locator('.choice input').first().check();
    await advance();
    await page.getByRole('button', { name: says('structure-choose') }).first().click();
    const instead = page.getByRole('button', { name: says('structure-instead') });
    await instead.waitFor();
    await assertFits(page);
    await instead.click();
    await page.getByText('Phần C: Phay, câu 1').waitFor();
    assert.match(await page.locator('.question .stem').innerText(), /^Phần C: Phay/);
    await page.locator('.choice input').first().check();
    await advance();
    await page.getByText(says('structure-over')).waitFor();
    await page.getByRole('button', { name: says('attempt-to-submit') }).click();
    await page.getByRole('button', { name: says('attempt-submit') }).waitFor();
    await assertFits(page);
    await page.getByRole('button', { name: says('attempt-submit') }).click();
    await page.getByRole('heading', { name: says('attempt-result') }).waitFor();
    await assertFits(page);
    await page.getByText('3/4').first().waitFor();
    assert.equal(await page.getByText(says('structure-left-out')).count(), 1, 'one question is left out');
  });
});

/** The instructor writes the quiz and adds it to the course: gives the activity, and what preview and list say. */
async function build(t, browser, demo) {
  const page = await browser.page(t);
  await signIn(page, demo, INSTRUCTOR);
  const before = await activities(page);
  const picker = await openPicker(page, demo);
  await picker.getByRole('button', { name: within('picker-new') }).click();
  const editor = page.frameLocator('#selectframe');
  await editor.locator('#title').fill(TITLE);
  for (const [index, { stem }] of QUESTIONS.entries()) {
    const number = index + 1;
    if (number > 1) await editor.locator('button[value="add:single"]').click();
    await editor.locator(`#q${number}_stem`).fill(stem);
    await editor.locator(`#q${number}_o1_text`).fill('Ý đúng');
    await editor.locator(`#q${number}_o2_text`).fill('Ý sai');
    await editor.locator(`[name="q${number}_right"][value="1"]`).check();
    await editor.locator(`[name="q${number}_shuffle"]`).uncheck();
  }
  await editor.locator('#structure-title').click();
  await editor.locator('#navigation').selectOption('sequential');
  for (const [index, section] of SECTIONS.entries()) {
    const field = (name) => editor.locator(`#s${index + 1}_${name}`);
    await editor.locator('button[value="add_section"]').click();
    await field('title').fill(section.title);
    await field('introduction').fill(section.introduction ?? '');
    await field('draws').fill(section.draws ?? '');
    await field('drops').fill(section.drops ?? '');
    await field('choice').fill(section.choice ?? '');
  }
  // the questions' lists know the sections once the form was sent
  await editor.getByRole('button', { name: says('quiz-save') }).click();
  await editor.locator('.notice-title', { hasText: says('quiz-saved-title') }).waitFor();
  for (const [index, { section }] of QUESTIONS.entries()) {
    const question = editor.locator(`#q${index + 1}`);
    await question.locator('.placing summary').click();
    await question.locator(`#q${index + 1}_section`).selectOption({ label: section.title });
    if (index === 0) await question.locator('[name="q1_protected"]').check();
    if (section.draws) {
      await question.locator(`#q${index + 1}_tags`).fill('dụng cụ');
      await question.locator(`#q${index + 1}_difficulty`).selectOption('3');
    }
  }
  await editor.locator('#q3_after').selectOption({ index: 2 });
  await editor.getByRole('button', { name: says('quiz-preview') }).click();
  await editor.getByRole('heading', { name: SECTIONS[3].title }).waitFor();
  await assertAccessible(await serviceFrame(page, demo));
  await shot(page, 'sections-preview');
  const preview = await editor.locator('main').innerText();
  await editor.getByRole('link', { name: within('quiz-back-to-editor') }).last().click();
  await editor.locator('#title').waitFor();
  await assertAccessible(await serviceFrame(page, demo));
  await shot(page, 'sections-editor');
  await editor.getByRole('button', { name: says('quiz-publish') }).click();
  await editor.locator('.notice-title', { hasText: says('quiz-published-title') }).waitFor();
  await editor.getByRole('link', { name: says('quiz-back-to-picker') }).last().click();
  const list = await editor.locator('.entry', { hasText: TITLE }).innerText();
  await pick(editor, [TITLE]);
  await saveForm(page);
  const [activity] = (await activities(page)).filter((known) => !before.includes(known));
  return { activity, preview, list };
}

const next = (page) => page.getByRole('button', { name: says('structure-next') });

/** Goes on to the question of that number. */
async function goOn(page, number) {
  await press(page, next(page));
  await assertQuestion(page, number);
}

/** It alone is on the page. */
async function assertQuestion(page, number) {
  await page.locator(`#q-${number}`).waitFor();
  assert.equal(await page.locator('.question').count(), 1);
}

/** Takes the first option. */
async function choose(page) {
  await tabTo(page, page.locator('.choice input').first());
  await saved(page, () => page.keyboard.press('Space'));
}

async function look(page, name) {
  await assertFits(page);
  await assertAccessible(page);
  await shot(page, name);
}
