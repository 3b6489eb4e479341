// Taynghe's pages in Moodle's frame, in English: writing a quiz in the picker, picking, taking. A `frame` here is a page
// or the content of a frame.

import { says } from '../texts.mjs';

export const english = (key, filled) => says(key, 'en', filled);

const press = (frame, key) => frame.getByRole('button', { name: new RegExp(english(key).source.replace('^\\s*', '\\+?\\s*')) }).click();

/**
 * A quiz of two points: `{ title, introduction, attempts }`. The first question has three options, the second is a
 * statement, and `essay` asks for words, for a third point. RIGHT, HALF and WRONG are what a student may answer.
 */
export const QUIZZES = [
  { title: 'An toàn khi vận hành máy tiện', introduction: 'Làm bài này **trước khi** vào xưởng.', attempts: '3' },
  { title: 'An toàn khi vận hành máy phay', introduction: 'Làm lại được nhiều lần.', attempts: '3' },
  { title: 'An toàn khi vận hành máy mài', introduction: 'Một lần duy nhất.', attempts: '3' },
  { title: 'Dụng cụ đo cơ khí', introduction: '', attempts: '3' },
];

export const OPTIONS = ['Tắt máy và ngắt điện', 'Tăng tốc độ trục chính', 'Tháo kính bảo hộ'];
export const RIGHT = [OPTIONS[0], /^\s*(False|Sai)/];
export const HALF = [OPTIONS[0], /^\s*(True|Đúng)/];
export const WRONG = [OPTIONS[1], /^\s*(True|Đúng)/];

/** Writes a quiz in the picker's editor, publishes it, and comes back to choosing. */
export async function writeQuiz(frame, { title, introduction, attempts, essay }, see = async () => {}) {
  await press(frame, 'picker-new');
  await frame.locator('button[value="in:vi"]').click();
  await frame.locator('button[value="in:vi"][aria-current]').waitFor();
  await frame.locator('#title').fill(title);
  await frame.locator('#introduction').fill(introduction);
  await frame.locator('#q1_stem').fill('Trước khi gá phôi lên mâm cặp, bạn phải làm gì?');
  for (const [index, option] of OPTIONS.entries()) await frame.locator(`#q1_o${index + 1}_text`).fill(option);
  await frame.locator('[name=q1_right][value="1"]').check();
  await frame.locator('#q1').evaluate((question) => question.scrollIntoView({ block: 'start' }));
  await see('editor');
  await frame.locator('#q1 details.more:has(#q1_o2_feedback) > summary').click();
  await frame.locator('#q1_o2_feedback').fill('Trục chính không bao giờ được quay khi gá phôi.');
  await frame.locator('#attempts').fill(attempts);
  await frame.locator('[value=q1_o4_remove]').click();
  await frame.locator('#q1_o4_text').waitFor({ state: 'detached' });
  await frame.locator('[value="add:true_false"]').click();
  await frame.locator('#q2_stem').fill('Được đeo găng tay khi máy đang chạy.');
  await frame.locator('[name=q2_right][value="2"]').check();
  if (essay) {
    await frame.locator('details.more-types > summary').click();
    await frame.locator('[value="add:essay"]').click();
    await frame.locator('#q3_stem').fill(essay);
  }
  await frame.locator('button[value=publish]').click();
  await frame.locator('.notice.good a.button').waitFor();
  await see('published');
  await frame.locator('.notice.good a.button').click();
  await frame.getByRole('heading', { name: english('picker-title') }).waitFor();
}

/** Ticks exactly these quizzes and adds them, with a column in the gradebook or without. */
export async function pick(frame, titles, { column = true } = {}) {
  await frame.locator('.entry').first().waitFor();
  for (const entry of await frame.locator('.entry').all()) {
    const title = await entry.locator('.name').textContent();
    const chosen = titles.includes(title.trim());
    await entry.locator('input[name=pick]').setChecked(chosen);
    if (chosen) await entry.locator('input[name^="column."]').setChecked(column);
  }
  await press(frame, 'picker-pick');
}

/** Starts or goes on, answers by the options' words, and stops before submitting. */
export async function answer(frame, words) {
  const names = ['attempt-start', 'attempt-start-again', 'attempt-continue'].map((key) => english(key).source);
  await frame.getByRole('button', { name: new RegExp(names.join('|')) }).click();
  await frame.locator('fieldset.question').first().waitFor();
  for (const [index, word] of words.entries()) {
    const question = frame.locator('fieldset.question').nth(index);
    await question.locator('.choice', { hasText: word }).locator('input').check();
    await question.locator('[data-saved]').getByText(/\d/).waitFor();
  }
}

/** Submits an open attempt; the review is shown then. */
export async function submit(frame) {
  await press(frame, 'attempt-to-submit');
  await press(frame, 'attempt-submit');
  await frame.getByRole('heading', { name: english('attempt-result') }).waitFor();
}
