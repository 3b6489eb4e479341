// What teachers do to grades, columns and enrolments of a real Moodle, and how Taynghe tells it. What the stories need
// stands in moodle/story.mjs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnsNamed, deleteColumns, setColumnMaximum, setMaximum, setSuspended, unlock } from './moodle/grades.mjs';
import * as moodle from './moodle/moodle.mjs';
import { HALF, QUIZZES, RIGHT, answer, english, submit } from './moodle/quizzes.mjs';
import { SKIP, ownFrame, seeFrame, useMoodle } from './moodle/story.mjs';
import { within } from './texts.mjs';

const { MOODLE, until } = moodle;
const [FIRST, SECOND, THIRD] = QUIZZES;

describe('grades and people of a real Moodle', { skip: SKIP }, () => {
  const story = useMoodle();
  const { made } = story;
  const MODULE = `Điểm học phần ${Date.now()}`;
  const [STUDENT, OTHER, , , LAST] = MOODLE.students;

  const take = async (page, activity, words) => {
    const frame = await moodle.openActivity(page, activity);
    await answer(frame, words);
    await submit(frame);
  };
  const gradebook = async (page, title) => {
    const frame = await moodle.openActivity(page, made.get(title));
    await frame.getByRole('link', { name: english('score-open') }).waitFor();
    return frame;
  };

  it('two activities, weighted 1 and 2, make one module score', async (t) => {
    await story.connect(t);
    await story.add(t, [FIRST, SECOND, THIRD]);
    const student = await story.as(t, STUDENT);
    await take(student, made.get(FIRST.title), RIGHT);
    await take(student, made.get(SECOND.title), HALF);
    const teacher = await story.as(t, MOODLE.teacher);
    const frame = await gradebook(teacher, FIRST.title);
    await frame.getByRole('link', { name: english('score-open') }).click();
    await frame.locator('#label').waitFor();
    const activities = frame.locator('.score-activities li');
    assert.equal(await activities.count(), 2);
    for (const [title, weight] of [[FIRST.title, '1'], [SECOND.title, '2']]) {
      const activity = activities.filter({ hasText: title });
      await activity.locator('input[type=checkbox]').check();
      await activity.locator('input[type=text]').fill(weight);
    }
    await frame.locator('#label').fill(MODULE);
    await frame.getByRole('button', { name: english('score-recalculate') }).click();
    await frame.locator('table.score').getByText('6.7').first().waitFor();
    await frame.getByRole('button', { name: english('score-make') }).click();
    await frame.locator('.notice.good').waitFor();
    await until('6.70', async () => (await moodle.ownColumn(student, MODULE)).startsWith('6.70'));
    await seeFrame(teacher, frame, 'module-score-weighted');
    // a better attempt moves it
    await take(student, made.get(SECOND.title), RIGHT);
    await until('10.00', async () => (await moodle.ownColumn(student, MODULE)).startsWith('10.00'));
  });

  it('after a maximum was changed grades are on the new scale at once', async (t) => {
    const teacher = await story.as(t, MOODLE.teacher);
    await gradebook(teacher, THIRD.title);
    await setMaximum(teacher, made.get(THIRD.title), 20);
    const student = await story.as(t, OTHER);
    await take(student, made.get(THIRD.title), HALF);
    await until('10 of 20', async () => (await moodle.ownGrade(student, made.get(THIRD.title)))?.grade.startsWith('10.00'));
    const frame = await gradebook(teacher, THIRD.title);
    // the page tells of the new scale after the daily look
    await frame.locator('table.gradebook').getByText(within('delivery-delivered-badge', 'en')).waitFor();
    await seeFrame(teacher, frame, 'maximum');

    await setColumnMaximum(teacher, MODULE, 20);
    const module = await gradebook(teacher, FIRST.title);
    await module.getByRole('link', { name: english('score-open') }).click();
    await module.locator('#label').waitFor();
    await seeFrame(teacher, module, 'module-maximum');
    t.diagnostic(`module score after its maximum became 20: ${await moodle.ownColumn(await story.as(t, STUDENT), MODULE)}`);
  });

  it('a locked grade is told, and sent when it is unlocked', async (t) => {
    const student = await story.as(t, LAST);
    const person = await moodle.profile(student);
    const teacher = await story.as(t, MOODLE.teacher);
    await moodle.lock(teacher, made.get(SECOND.title), person);
    await take(student, made.get(SECOND.title), RIGHT);
    const frame = await moodle.openActivity(teacher, made.get(SECOND.title));
    const own = await ownFrame(frame);
    await until('locked', async () => {
      await own.goto(own.url());
      return own.getByText(within('delivery-reason-locked', 'en')).first().isVisible();
    });
    await seeFrame(teacher, frame, 'locked-grade');
    await unlock(teacher, made.get(SECOND.title), person);
    const again = await gradebook(teacher, SECOND.title);
    await again.locator('tr', { hasText: person.family }).getByRole('button', { name: within('delivery-send-again', 'en') }).click();
    await until('the grade', async () => (await moodle.ownGrade(student, made.get(SECOND.title)))?.grade.startsWith('10.00'));
  });

  it('a deleted module column is made again, once', async (t) => {
    const teacher = await story.as(t, MOODLE.teacher);
    await deleteColumns(teacher, MODULE);
    const student = await story.as(t, STUDENT);
    const frame = await gradebook(teacher, FIRST.title);
    await frame.getByRole('link', { name: english('score-open') }).click();
    await seeFrame(teacher, frame, 'module-deleted');
    await frame.getByRole('button', { name: english('score-save') }).click();
    const told = frame.locator('main .notice').first();
    await told.waitFor();
    await seeFrame(teacher, frame, 'module-made-again');
    t.diagnostic(await told.innerText());
    await until('the column', async () => (await columnsNamed(teacher, MODULE)).length === 1);
    await until('the grade', async () => (await moodle.ownColumn(student, MODULE)).startsWith('10.00'), 30_000);
  });

  it('a suspended student is not listed as not started, a non-editing teacher is no student', async (t) => {
    const suspended = await moodle.profile(await story.as(t, MOODLE.students[2]));
    const assistant = await story.as(t, MOODLE.assistant);
    const teaching = await moodle.profile(assistant);
    await (await gradebook(assistant, FIRST.title)).locator('h1').first().waitFor();
    const teacher = await story.as(t, MOODLE.teacher);
    await setSuspended(teacher, suspended, true);
    try {
      const frame = await gradebook(teacher, FIRST.title);
      await frame.getByRole('button', { name: english('roster-refresh') }).click();
      await frame.locator('.notice').first().waitFor();
      await seeFrame(teacher, frame, 'roster');
      const listed = await frame.locator('.gradebook-names').textContent();
      assert.ok(!listed.includes(teaching.family), 'the assistant is no student');
      t.diagnostic(`not started: ${listed.replace(/\s+/g, ' ')}; suspended: ${suspended.given} ${suspended.family}`);
      assert.ok(!listed.includes(suspended.family), 'the suspended student');
    } finally {
      await setSuspended(teacher, suspended, false);
    }
  });

  it('everything is removed', async (t) => {
    await deleteColumns(await story.as(t, MOODLE.teacher), MODULE);
    await story.removeAll(t);
  });
});
