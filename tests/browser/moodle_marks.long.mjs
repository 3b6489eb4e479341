// What instructors do to marks, and what a real Moodle then shows: an essay that waits for its marker, and a corrected
// key. What the stories need stands in moodle/story.mjs.

import { describe, it } from 'node:test';
import * as moodle from './moodle/moodle.mjs';
import { OPTIONS, QUIZZES, RIGHT, answer, english, submit } from './moodle/quizzes.mjs';
import { SKIP, seeFrame, useMoodle } from './moodle/story.mjs';

const { MOODLE, until } = moodle;
const [CHOICES] = QUIZZES;
const ESSAY = {
  title: 'Báo cáo ca thực hành tiện',
  introduction: '',
  attempts: '1',
  essay: 'Kể lại ba việc bạn làm trước khi tắt máy.',
};

describe('marks in a real Moodle', { skip: SKIP }, () => {
  const story = useMoodle();
  const { made } = story;
  const [FIRST, SECOND] = MOODLE.students;
  const reads = (page, title, grade) =>
    until(`${grade} for ${title}`, async () => (await moodle.ownGrade(page, made.get(title)))?.grade.startsWith(grade));

  it('an essay holds the grade back until it is marked', async (t) => {
    await story.connect(t);
    await story.add(t, [CHOICES, ESSAY]);
    const student = await story.as(t, FIRST);
    const frame = await moodle.openActivity(student, made.get(ESSAY.title));
    await answer(frame, RIGHT);
    await frame.locator('textarea[name^="answer/"]').fill('Đưa bàn dao về vị trí an toàn, tắt trục chính, dọn phoi.');
    await frame.locator('textarea[name^="answer/"]').blur();
    await submit(frame);
    await seeFrame(student, frame, 'essay-waits');
    await reads(student, ESSAY.title, '-');

    const teacher = await story.as(t, MOODLE.teacher);
    const desk = await moodle.openActivity(teacher, made.get(ESSAY.title));
    await desk.locator('.gradebook-links a[href$="/marking"]').click();
    await desk.locator('.marking-question a').first().click();
    await desk.locator('a.primary').click();
    await desk.locator('button[name=share][value="0.5"]').click();
    await desk.getByText(english('marking-question-done-title')).waitFor();
    await seeFrame(teacher, desk, 'essay-marked');
    await reads(student, ESSAY.title, '8.33');
  });

  it('a corrected key moves the grades of all, up and down, and back', async (t) => {
    const [wrong, right] = [await story.as(t, FIRST), await story.as(t, SECOND)];
    for (const [page, words] of [[wrong, [OPTIONS[1], RIGHT[1]]], [right, RIGHT]]) {
      const frame = await moodle.openActivity(page, made.get(CHOICES.title));
      await answer(frame, words);
      await submit(frame);
    }
    await reads(wrong, CHOICES.title, '5.00');
    await reads(right, CHOICES.title, '10.00');

    const teacher = await story.as(t, MOODLE.teacher);
    await correct(teacher, (question) => question.locator('button[name=only]', { hasText: OPTIONS[1] }));
    await reads(wrong, CHOICES.title, '10.00');
    await reads(right, CHOICES.title, '5.00');
    await correct(teacher, (question) => question.getByRole('button', { name: english('regrade-authored') }));
    await reads(wrong, CHOICES.title, '5.00');
    await reads(right, CHOICES.title, '10.00');
  });

  it('everything is removed', (t) => story.removeAll(t));

  /** From the gradebook through the dry run of a correction of the first question to its end. */
  async function correct(page, button) {
    const desk = await moodle.openActivity(page, made.get(CHOICES.title));
    await desk.getByRole('link', { name: english('regrade-title') }).click();
    const question = desk.locator('details.regrade-question').first();
    await question.locator('> summary').click();
    await button(question).click();
    await desk.getByText(english('regrade-nothing-yet')).waitFor();
    await seeFrame(page, desk, 'regrade-dry-run');
    await desk.getByRole('button', { name: english('regrade-commit') }).click();
    await desk.locator('.notice.good').first().waitFor();
  }
});
