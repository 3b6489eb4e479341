// Stories of an instructor's course: several quizzes that make one grade, and copies of activities and courses.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COURSE, INSTRUCTOR, STUDENTS, openHere, reloadUntil, rightAnswers, signIn } from './college.mjs';
import { assertAccessible, onTallScreen, shot, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { TITLES, activities, addQuizzes, takeQuiz } from './quizzes.mjs';
import { says, within } from './texts.mjs';

const [STUDENT] = STUDENTS;

describe('a course', () => {
  const browser = useBrowser();
  const demo = useDemo();

  const look = async (page, name) => {
    await onTallScreen(page, () => assertAccessible(page));
    await shot(page, name);
  };
  const course = (page, id = COURSE.id) => page.goto(`${demo.open}course/view.php?id=${id}`);

  it('has one grade of several quizzes, weighted and rounded, in the platform’s gradebook', async (t) => {
    const students = await browser.page(t);
    await signIn(students, demo, STUDENT);
    await takeQuiz(students, demo, { ...rightAnswers(), q1: [] });

    const page = await browser.page(t);
    await signIn(page, demo, INSTRUCTOR);
    const [second] = await addQuizzes(page, demo, [TITLES[1]]);
    await openHere(page, demo, second);
    await openHere(page, demo);
    await page.getByRole('link', { name: says('score-open') }).click();
    await page.getByRole('heading', { name: says('score-title') }).waitFor();
    await look(page, 'module-score-vi');

    for (const box of await page.locator('#score input[type=checkbox]').all()) await box.check();
    await page.locator('input[name^="weight."]').first().fill('2');
    await page.locator('#stale').waitFor({ state: 'visible' });
    await page.getByRole('button', { name: says('score-recalculate') }).click();
    await page.locator('table.score').waitFor();
    await look(page, 'module-score-preview-vi');
    await page.locator('#label').fill('Điểm tổng kết mô đun Tiện cơ bản');
    await page.getByRole('button', { name: within('score-make') }).click();
    await page.getByText(says('score-saved-title')).or(page.getByText(within('score-look-title'))).waitFor();
    if (await page.getByText(within('score-look-title')).count()) {
      await page.getByRole('button', { name: within('score-make') }).click();
    }
    await page.getByText(says('score-saved-title')).waitFor();
    await look(page, 'module-score-saved-vi');
    const row = page.locator('table.score tr', { hasText: STUDENT.name });
    const [shown] = (await row.locator('strong').textContent()).split('/');

    await page.goto(`${demo.open}grade/report/grader/index.php?id=${COURSE.id}`);
    await reloadUntil(page, 'the weighted grade in the platform’s gradebook', async () => {
      const cells = await page.locator(`#gradebook td[data-user="${STUDENT.id}"] .value`).allTextContents();
      return cells.map((cell) => cell.trim().replace('.', ',')).includes(shown);
    });
    await page.getByText('Điểm tổng kết mô đun Tiện cơ bản').waitFor();
  });

  it('that was copied takes its activities over in one click, and back', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, INSTRUCTOR);
    await openHere(page, demo);
    await course(page);
    await page.getByRole('button', { name: 'Sao chép khóa học' }).click();
    await page.waitForURL((address) => address.searchParams.get('id') !== String(COURSE.id));
    const copy = new URL(page.url()).searchParams.get('id');
    const [first] = await activities(page);
    await openHere(page, demo, first);
    await page.getByRole('heading', { name: says('copy-course-title') }).waitFor();
    await page.getByText(within('copy-course-text', 'vi', COURSE.title)).waitFor();
    await look(page, 'copy-course-vi');
    await page.getByRole('button', { name: says('copy-reuse') }).click();
    await page.getByRole('heading', { name: says('copy-rebound-title') }).waitFor();
    await look(page, 'copy-rebound-vi');
    await page.getByRole('link', { name: says('copy-go-on') }).click();
    await page.getByText(says('copy-taken-title')).waitFor();
    await look(page, 'gradebook-taken-over-vi');
    await page.getByRole('link', { name: says('copy-taken-link') }).click();
    await page.getByRole('button', { name: says('copy-undo') }).click();
    await page.getByRole('heading', { name: says('copy-course-title') }).waitFor();

    // Taken over again, and begun by a student: nothing is undone any more.
    await page.getByRole('button', { name: says('copy-reuse') }).click();
    await page.getByRole('link', { name: says('copy-go-on') }).waitFor();
    const students = await browser.page(t);
    await signIn(students, demo, STUDENT);
    await course(students, copy);
    await openHere(students, demo, first);
    assert.equal(await students.locator('#attempts').count(), 0, 'fresh attempts');
    await students.getByRole('button', { name: says('attempt-start') }).click();
    await students.locator('fieldset.question').first().waitFor();
    await openHere(page, demo, first);
    await page.locator('h1').waitFor();
    assert.equal(await page.getByText(says('copy-taken-title')).count(), 0);
  });

  it('says of a duplicated activity that it is a copy, and makes it independent', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, INSTRUCTOR);
    const [original] = await activities(page);
    await openHere(page, demo, original);
    await course(page);
    await page.getByRole('button', { name: /^Nhân bản/ }).first().click();
    await page.waitForURL('**/course/view.php*');
    const copy = (await activities(page)).at(-1);
    assert.notEqual(copy, original);
    await openHere(page, demo, copy);
    await page.getByRole('heading', { name: says('copy-activity-title') }).waitFor();
    await look(page, 'copy-activity-vi');
    await page.getByRole('button', { name: says('copy-independent') }).click();
    await page.waitForURL('**/gradebook');
    await openHere(page, demo, copy);
    await page.waitForURL('**/gradebook');
  });
});
