// Stories of the platform's gradebook: one press leads from a student's cell to that student's work, and to nobody else's.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COURSE, INSTRUCTOR, STUDENTS, rightAnswers, signIn } from './college.mjs';
import { assertAccessible, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { takeQuiz } from './quizzes.mjs';
import { says, within } from './texts.mjs';

const [STUDENT, IDLE] = STUDENTS;

describe('the platform’s gradebook', () => {
  const browser = useBrowser();
  const demo = useDemo();

  const gradebook = (page) => page.goto(`${demo.open}grade/report/grader/index.php?id=${COURSE.id}`);
  const cell = (student) => `#gradebook td[data-user="${student.id}"]`;
  const review = async (page, student) => {
    await page.locator(cell(student)).locator('a.review').first().click();
    await page.waitForURL(/\/s\/[^/]+\//);
  };

  it('leads a teacher to the attempt that counts, with the others beside it, and says who has not started', async (t) => {
    const students = await browser.page(t);
    await signIn(students, demo, STUDENT);
    await takeQuiz(students, demo, rightAnswers());
    await takeQuiz(students, demo, {});

    const page = await browser.page(t);
    await signIn(page, demo, INSTRUCTOR);
    await gradebook(page);
    await review(page, STUDENT);
    assert.match(await page.locator('.result').textContent(), /10\/10/);
    assert.equal(await page.locator('.siblings a').count(), 2);
    assert.equal(await page.locator('.siblings [aria-current=page]').count(), 1);
    await assertAccessible(page);
    await page.locator('.siblings a:not([aria-current])').click();
    await page.locator('.result', { hasText: /0\/10/ }).waitFor();

    await gradebook(page);
    await review(page, IDLE);
    await page.getByText(within('roster-asked-not-started-title')).waitFor();
    assert.equal(await page.locator('.asked').count(), 1);
    assert.ok((await page.locator('.asked').textContent()).includes(IDLE.name));
    await assertAccessible(page);
    await page.getByRole('button', { name: says('roster-refresh') }).click();
    await page.getByText(within('roster-just-now-title')).waitFor();
    await assertAccessible(page);
  });

  it('leads a student to their own attempt, and with a changed address nowhere', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, STUDENT);
    await gradebook(page);
    const link = await page.locator(cell(STUDENT)).locator('a.review').first().getAttribute('href');
    await review(page, STUDENT);
    await page.locator('.result').waitFor();
    await page.goto(new URL(link.replace(`for_user=${STUDENT.id}`, `for_user=${IDLE.id}`), demo.open).href);
    await page.getByText('LTI-REV-FORBIDDEN').waitFor();
    assert.equal((await page.locator('main').textContent()).includes(IDLE.name), false);
    await assertAccessible(page);
  });
});
