// Copies on a real Moodle: a duplicated activity, a copied course, and a course that was backed up and restored. What the
// stories need stands in moodle/story.mjs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertAccessible } from './harness.mjs';
import { backUpAndRestore, copyCourse } from './moodle/courses.mjs';
import { columnsNamed, deleteColumns } from './moodle/grades.mjs';
import * as moodle from './moodle/moodle.mjs';
import { HALF, QUIZZES, RIGHT, answer, english, submit } from './moodle/quizzes.mjs';
import { SKIP, ownFrame, seeFrame, useMoodle } from './moodle/story.mjs';
import { within } from './texts.mjs';

const { MOODLE, until } = moodle;
const [FIRST, SECOND] = QUIZZES;

describe('copies on a real Moodle', { skip: SKIP }, () => {
  const story = useMoodle();
  const { made } = story;
  const stamp = Date.now();
  const courses = [];
  const MODULE = `Điểm mô đun ${stamp}`;

  const open = (page, activity) => moodle.openActivity(page, activity);
  const press = (frame, key) => frame.getByRole('button', { name: english(key) }).click();
  const grade = (page, activity, course) => until('the grade', async () => (await moodle.ownGrade(page, activity, course))?.grade);

  it('two quizzes are in a course, one of them taken, and a module score is made of both', async (t) => {
    await story.connect(t);
    await story.add(t, [FIRST, SECOND]);
    const student = await story.as(t, MOODLE.students[0]);
    const frame = await open(student, made.get(FIRST.title));
    await answer(frame, RIGHT);
    await submit(frame);
    const teacher = await story.as(t, MOODLE.teacher);
    await (await open(teacher, made.get(SECOND.title))).locator('main').waitFor();
    const gradebook = await open(teacher, made.get(FIRST.title));
    await gradebook.getByRole('link', { name: english('score-open') }).click();
    await gradebook.locator('#label').waitFor();
    for (const box of await gradebook.locator('.score-activities input[type=checkbox]').all()) await box.check();
    await gradebook.locator('#label').fill(MODULE);
    await gradebook.getByRole('button', { name: english('score-make') }).click();
    const told = gradebook.locator('main .notice').first();
    await told.waitFor();
    assert.match(await told.innerText(), within('score-saved-title', 'en'));
    await seeFrame(teacher, gradebook, 'module-score');
    assert.equal((await columnsNamed(teacher, MODULE)).length, 1);
  });

  it('a duplicated activity: students just open it, the teacher is asked once', async (t) => {
    const teacher = await story.as(t, MOODLE.teacher);
    const [kept, apart] = [await moodle.duplicate(teacher, made.get(FIRST.title)), await moodle.duplicate(teacher, made.get(FIRST.title))];
    const student = await story.as(t, MOODLE.students[1]);
    const asStudent = await open(student, kept);
    await answer(asStudent, HALF);
    await submit(asStudent);
    await until('5 in its own column', async () => (await moodle.ownGrade(student, kept))?.grade.startsWith('5.00'));

    const asked = await open(teacher, kept);
    await asked.getByRole('heading', { name: english('copy-activity-title') }).waitFor();
    await asked.getByText(within('copy-begun', 'en')).waitFor();
    await press(asked, 'copy-same');
    await asked.locator('table.gradebook').waitFor();
    await (await open(teacher, kept)).locator('table.gradebook').waitFor();

    const free = await open(teacher, apart);
    await free.getByRole('heading', { name: english('copy-activity-title') }).waitFor();
    assert.ok((await free.locator('.lead').textContent()).includes(FIRST.title));
    await seeFrame(teacher, free, 'duplicate');
    await assertAccessible(await ownFrame(free));
    await press(free, 'copy-independent');
    await free.getByRole('link', { name: english('gradebook-edit') }).waitFor();
    const name = await free.locator('h1').textContent();
    t.diagnostic(`the independent quiz is called "${name}"`);
    assert.ok(name.startsWith(FIRST.title) && name !== FIRST.title, 'two quizzes that look alike');
  });

  it('"Copy course": the teacher is asked once, and reuses all with fresh attempts', async (t) => {
    const administrator = await story.as(t, MOODLE.administrator);
    const course = await copyCourse(administrator, `Lớp CNC bản sao ${stamp}`);
    courses.push(course);
    const teacher = await story.as(t, MOODLE.teacher);
    const copies = await moodle.activities(teacher, course);
    const copyOf = (title) => copies.find((activity) => activity.title === title).id;

    // a student who is quicker than the teacher gets the quiz at once
    const student = await story.as(t, MOODLE.students[0]);
    const early = await open(student, copyOf(SECOND.title));
    await early.locator('h1', { hasText: SECOND.title }).waitFor();

    const asked = await open(teacher, copyOf(FIRST.title));
    await asked.getByRole('heading', { name: english('copy-course-title') }).waitFor();
    assert.equal(await asked.locator('.entry').count(), 4, 'both activities and the two duplicates');
    assert.equal(await asked.getByText(english('copy-is-open')).count(), 2, 'the student opened one, the teacher this one');
    await seeFrame(teacher, asked, 'copied-course');
    await assertAccessible(await ownFrame(asked));
    await press(asked, 'copy-reuse');
    await asked.getByRole('heading', { name: english('copy-rebound-title') }).waitFor();
    await seeFrame(teacher, asked, 'reused');
    await press(asked, 'copy-undo');
    await asked.getByRole('heading', { name: english('copy-course-title') }).waitFor();
    await press(asked, 'copy-reuse');
    await asked.getByRole('link', { name: english('copy-go-on') }).click();
    await asked.locator('h1', { hasText: FIRST.title }).waitFor();
    assert.equal(await asked.locator('table.gradebook tbody tr').count(), 0, 'nobody has begun here');
    await (await open(teacher, copyOf(SECOND.title))).locator('h1', { hasText: SECOND.title }).waitFor();

    const frame = await open(student, copyOf(FIRST.title));
    await answer(frame, HALF);
    await submit(frame);
    await until('5 in the copy', async () => (await moodle.ownGrade(student, copyOf(FIRST.title), course))?.grade.startsWith('5.00'));
    assert.match(await grade(student, made.get(FIRST.title)), /^10\.00/, 'the first course keeps its grade');

    // the module's column came along: it is found again when the teacher saves
    const gradebook = await open(teacher, copyOf(FIRST.title));
    await gradebook.getByRole('link', { name: english('score-open') }).click();
    await gradebook.getByText(within('score-unconnected-title', 'en')).waitFor();
    assert.equal(await gradebook.locator('#label').inputValue(), MODULE);
    assert.equal(await gradebook.locator('.score-activities input:checked').count(), 2);
    await seeFrame(teacher, gradebook, 'module-score-copied');
    await gradebook.getByRole('button', { name: english('score-save') }).click();
    await gradebook.getByText(english('score-saved-title')).waitFor();
    await until('the module score', async () => (await moodle.ownColumn(student, MODULE, course)).startsWith('5.00'));
    assert.equal((await columnsNamed(teacher, MODULE, course)).length, 1, 'never a second column');
  });

  it('backup and restore into a new course: somebody who does not teach in the old one chooses anew', async (t) => {
    const page = await story.as(t, MOODLE.administrator);
    const course = await backUpAndRestore(page, `Lớp CNC phục hồi ${stamp}`);
    courses.push(course);
    const copies = await moodle.activities(page, course);
    const asked = await open(page, copies.find(({ title }) => title === FIRST.title).id);
    await asked.getByRole('heading', { name: english('copy-course-title') }).waitFor();
    t.diagnostic(await asked.locator('.lead').textContent());
    await press(asked, 'copy-anew');
    await asked.getByRole('heading', { name: english('copy-activity-title') }).waitFor();
    await seeFrame(page, asked, 'offered');
    await press(asked, 'copy-another');
    await asked.getByRole('heading', { name: english('picker-title') }).waitFor();
    await seeFrame(page, asked, 'another');
  });

  it('everything is removed', async (t) => {
    const page = await story.as(t, MOODLE.administrator);
    for (const course of courses) await moodle.deleteCourse(page, course);
    await deleteColumns(page, MODULE);
    await story.removeAll(t);
  });
});
