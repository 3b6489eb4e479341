// Courses in a real Moodle: a whole one and a single unit, added by deep linking, read by a student, and their completion
// as a grade. What the stories need stands in moodle/story.mjs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as moodle from './moodle/moodle.mjs';
import { english } from './moodle/quizzes.mjs';
import { SKIP, seeFrame, useMoodle } from './moodle/story.mjs';
import { within } from './texts.mjs';

const { MOODLE, until } = moodle;

const FOLDER = fileURLToPath(new URL('../../crates/starter-content/courses/workshop-safety', import.meta.url));
const COURSE = 'Safety in metal cutting';
const UNIT = 'At the machine';

describe('courses of a real Moodle', { skip: SKIP }, () => {
  const story = useMoodle();
  const { made } = story;
  const [STUDENT, OTHER] = MOODLE.students;

  /** Ticks what is named in the picker of the course, and adds it. */
  const add = async (page, picture, choose) => {
    const before = (await moodle.activities(page)).map(({ id }) => id);
    await moodle.openForm(page, story.tool);
    const picker = await moodle.openPicker(page);
    await picker.getByRole('link', { name: within('picker-to-courses', 'en') }).click();
    await picker.getByRole('link', { name: COURSE }).click();
    await picker.getByRole('heading', { name: COURSE }).waitFor();
    await choose(picker);
    await seeFrame(page, picker, picture);
    await picker.getByRole('button', { name: english('picker-pick') }).click();
    await page.getByText('Content selected').waitFor();
    await moodle.saveForm(page);
    return (await moodle.activities(page)).find(({ id }) => !before.includes(id));
  };

  const readAll = async (frame) => {
    await frame.getByRole('link', { name: english('course-begin') }).click();
    const button = frame.getByRole('button', { name: within('study-read', 'en') });
    const done = frame.locator('.share progress');
    for (;;) {
      await button.or(done).first().waitFor();
      if ((await done.count()) > 0) return;
      const title = await frame.locator('h1').textContent();
      await button.click();
      await frame.locator('h1', { hasNotText: title }).waitFor();
    }
  };

  it('a teacher adds the whole course and one unit of it', async (t) => {
    await story.connect(t);
    await story.service.command('import', FOLDER, '--publish', '--note', 'First version');
    const page = await story.as(t, MOODLE.teacher);
    const whole = await add(page, 'course-picker', async () => {});
    assert.equal(whole.title, COURSE);
    const unit = await add(page, 'course-picker-unit', async (picker) => {
      await picker.locator('.parts .whole input').uncheck();
      await picker.locator('.parts .unit').first().locator('input').check();
    });
    assert.equal(unit.title, UNIT);
    made.set('whole', whole.id);
    made.set('unit', unit.id);
  });

  it('a student completes the unit, and it arrives as a full grade there and as a part of the whole', async (t) => {
    const page = await story.as(t, STUDENT);
    const front = await moodle.openActivity(page, made.get('whole'));
    await front.getByRole('heading', { name: COURSE }).waitFor();
    await seeFrame(page, front, 'course-front');
    const frame = await moodle.openActivity(page, made.get('unit'));
    await readAll(frame);
    await seeFrame(page, frame, 'course-unit-done');
    const grade = async (activity) => (await moodle.ownGrade(page, made.get(activity)))?.grade ?? '';
    await until('10 for the unit', async () => (await grade('unit')).startsWith('10.00'));
    await until('two thirds for the whole', async () => (await grade('whole')).startsWith('6.67'));
    t.diagnostic(`unit ${await grade('unit')}, whole ${await grade('whole')}`);
  });

  it('the rest of the course makes its grade full', async (t) => {
    const page = await story.as(t, STUDENT);
    const frame = await moodle.openActivity(page, made.get('whole'));
    await frame.getByRole('link', { name: english('course-continue') }).click();
    await frame.getByRole('button', { name: within('study-read', 'en') }).click();
    await frame.getByText(english('study-complete-title')).waitFor();
    await seeFrame(page, frame, 'course-complete');
    await until('10 for the whole', async () => ((await moodle.ownGrade(page, made.get('whole')))?.grade ?? '').startsWith('10.00'));
  });

  it('the teacher sees how far the class is', async (t) => {
    const other = await story.as(t, OTHER);
    const looked = await moodle.openActivity(other, made.get('whole'));
    await looked.getByRole('heading', { name: COURSE }).waitFor();
    const page = await story.as(t, MOODLE.teacher);
    const frame = await moodle.openActivity(page, made.get('whole'));
    await frame.getByRole('link', { name: english('study-class-link') }).click();
    await frame.getByText(english('study-class-complete')).first().waitFor();
    await seeFrame(page, frame, 'course-class');
    assert.equal(await frame.locator('tbody tr .badge.good', { hasText: english('study-class-complete') }).count(), 1);
  });

  it('is taken away again', async (t) => {
    await story.removeAll(t);
  });
});
