// From the gradebook of a real Moodle to the work behind a grade, and to nobody else's. What the stories need stands in
// moodle/story.mjs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertAccessible, shot } from './harness.mjs';
import { analyse, analyseByAddress, analyseOwn } from './moodle/grades.mjs';
import * as moodle from './moodle/moodle.mjs';
import { HALF, QUIZZES, RIGHT, WRONG, answer, english, submit } from './moodle/quizzes.mjs';
import { SKIP, ownFrame, see, seeFrame, useMoodle } from './moodle/story.mjs';
import { within } from './texts.mjs';

const { MOODLE, until } = moodle;
const [QUIZ] = QUIZZES;

describe('submission review on a real Moodle', { skip: SKIP }, () => {
  const story = useMoodle();
  const { made } = story;
  const [STUDENT, OTHER, IDLE] = MOODLE.students;

  it('two students have answered', async (t) => {
    await story.connect(t);
    await story.add(t, [QUIZ]);
    for (const [student, answers] of [[STUDENT, [RIGHT, WRONG]], [OTHER, [HALF]]]) {
      const page = await story.as(t, student);
      for (const words of answers) {
        const frame = await moodle.openActivity(page, made.get(QUIZ.title));
        await answer(frame, words);
        await submit(frame);
      }
      await until('a grade', async () => /\d/.test((await moodle.ownGrade(page, made.get(QUIZ.title)))?.grade));
    }
  });

  it('"Grade analysis" leads a teacher to the attempt that counts', async (t) => {
    const student = await story.as(t, STUDENT);
    const person = await moodle.profile(student);
    for (const who of [MOODLE.teacher, MOODLE.assistant]) {
      const page = await story.as(t, who);
      const frame = await analyse(page, made.get(QUIZ.title), person);
      assert.match(await frame.locator('.result').textContent(), /10\/10/);
      await frame.getByText(`${person.given} ${person.family}`).first().waitFor();
      assert.equal(await frame.locator('.siblings a').count(), 2);
      if (who === MOODLE.teacher) {
        await see(page, 'review-teacher-page');
        await seeFrame(page, frame, 'review-teacher');
        await assertAccessible(await ownFrame(frame));
      }
    }
  });

  it('a teacher reads that a student has not started', async (t) => {
    const idle = await story.as(t, IDLE);
    const person = await moodle.profile(idle);
    const page = await story.as(t, MOODLE.teacher);
    const frame = await analyse(page, made.get(QUIZ.title), person);
    await frame.getByText(within('roster-asked-not-started-title', 'en')).waitFor();
    await seeFrame(page, frame, 'review-not-started');
  });

  it('"Grade analysis" leads students to their own attempt, and a changed address nowhere', async (t) => {
    const other = await story.as(t, OTHER);
    const person = await moodle.profile(other);
    const page = await story.as(t, STUDENT);
    const own = await analyseOwn(page, made.get(QUIZ.title));
    assert.match(await own.locator('.result').textContent(), /10\/10/);
    await seeFrame(page, own, 'review-student');
    await analyseByAddress(page, made.get(QUIZ.title), person);
    await page.getByText('LTI-REV-FORBIDDEN').waitFor();
    const text = await page.locator('main').textContent();
    assert.ok(!text.includes(person.family) && !text.includes(person.given), text);
    await shot(page, 'moodle-review-refused');
    await assertAccessible(page);
    // a student without an attempt, and somebody who does not exist
    const idle = await story.as(t, IDLE);
    await analyseByAddress(idle, made.get(QUIZ.title), await moodle.profile(idle));
    await idle.getByRole('button', { name: english('attempt-start') }).waitFor();
    const teacher = await story.as(t, MOODLE.teacher);
    await analyseByAddress(teacher, made.get(QUIZ.title), { id: 999_999 });
    await teacher.getByText(within('roster-asked-unknown-title', 'en')).waitFor();
  });

  it('everything is removed', (t) => story.removeAll(t));
});
