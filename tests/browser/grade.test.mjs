// Stories of a grade on its way: from submitting to the platform's gradebook, and what student, instructor and teacher
// see and do when it arrives, when it cannot, and when the teacher has given another one.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COURSE, INSTRUCTOR, STUDENTS, openInFrame, openInWindow, reloadUntil, rightAnswers, signIn } from './college.mjs';
import { assertAccessible, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { takeQuiz } from './quizzes.mjs';
import { says, within } from './texts.mjs';

const [STUDENT, LOCKED] = STUDENTS;

/** Every question answered right. */
const RIGHT = rightAnswers();

describe('a grade', () => {
  const browser = useBrowser();
  const demo = useDemo();

  const platformGradebook = (page) => page.goto(`${demo.open}grade/report/grader/index.php?id=${COURSE.id}`);

  it('stands in the course’s gradebook seconds after submitting, and student and instructor see that it does', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, INSTRUCTOR);
    await page.goto(`${demo.open}grade/report/grader/index.php?id=${COURSE.id}&live=1`);
    assert.equal((await page.locator(cell(STUDENT)).locator('.value').textContent()).trim(), '–');

    const students = await browser.page(t);
    await signIn(students, demo, STUDENT);
    const review = await takeQuiz(students, demo, RIGHT);
    const submitted = Date.now();
    assert.match(await review.locator('.result').textContent(), /10\/10/, 'as the course counts');
    assert.match(await review.locator('.facts').first().textContent(), /12\/12/, 'and the points of the questions');

    // the platform's page loads itself again every few seconds
    await page.locator(cell(STUDENT)).locator('.value', { hasText: /^10$/ }).waitFor();
    const seconds = (Date.now() - submitted) / 1000;
    t.diagnostic(`seen in the gradebook ${seconds.toFixed(1)} s after submitting; the page looks every 3 s`);
    assert.ok(seconds < 8, `${seconds} s`);

    await reloadUntil(review, 'the student’s page says it arrived', () =>
      review.locator('.delivery', { hasText: within('delivery-delivered-badge') }).isVisible(),
    );
    assert.match(await review.locator('.delivery p').textContent(), within('delivery-delivered'));
    await assertAccessible(review);

    const gradebook = await openInWindow(page, demo);
    const row = rowOf(gradebook, STUDENT);
    await row.getByText(within('delivery-delivered')).waitFor();
    assert.match(await row.locator('.number').textContent(), /10/);
    const waiting = (await gradebook.locator('.gradebook-names').innerText()).split('\n').map((name) => name.trim());
    for (const { name } of STUDENTS) assert.equal(waiting.includes(name), name !== STUDENT.name, `${name} has not started`);
    await assertAccessible(gradebook);
  });

  it('that a teacher has set is kept, and both say so', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, INSTRUCTOR);
    await platformGradebook(page);
    await change(page, STUDENT, 'override', '7,5');
    await page.locator(cell(STUDENT)).locator('.value', { hasText: /^7,5$/ }).waitFor();

    const gradebook = await openInWindow(page, demo);
    const row = rowOf(gradebook, STUDENT);
    await row.getByText(within('delivery-kept')).waitFor();
    assert.match(await row.locator('.delivery').textContent(), /7,5/);

    // a later attempt of the student does not sweep it away
    const students = await browser.page(t);
    await signIn(students, demo, STUDENT);
    const review = await takeQuiz(students, demo, { q1: RIGHT.q1 });
    await platformGradebook(page);
    assert.equal(await page.locator(cell(STUDENT)).locator('.value').textContent(), '7,5');
    await gradebook.reload();
    await row.getByText(within('delivery-kept')).waitFor();
    await assertAccessible(gradebook);
    await review.locator('.delivery').waitFor();
  });

  it('that the platform does not take is sent again when the student presses for it', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, INSTRUCTOR);
    await platformGradebook(page);
    await change(page, LOCKED, 'lock');

    const students = await browser.page(t);
    await signIn(students, demo, LOCKED);
    const review = await takeQuiz(students, demo, { q1: RIGHT.q1, q3: RIGHT.q3 });
    const again = review.getByRole('button', { name: says('delivery-send-again') });
    await reloadUntil(review, 'the page says why it is not there', () => again.isVisible());
    assert.match(await review.locator('.delivery').textContent(), within('delivery-reason-locked'));
    await assertAccessible(review);

    await platformGradebook(page);
    assert.equal(await page.locator(cell(LOCKED)).locator('.value').textContent(), '–');
    await change(page, LOCKED, 'unlock');
    await again.click();
    await reloadUntil(review, 'the page says that it arrived', () =>
      review.getByText(within('delivery-delivered-badge')).first().isVisible(),
    );
    await platformGradebook(page);
    assert.equal(await page.locator(cell(LOCKED)).locator('.value').textContent(), '2,5');
  });

  // a browser fetches what a link with the attribute "download" names without the cookies of this frame
  it('can be downloaded by the instructor in the course’s frame, all in one file', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, INSTRUCTOR);
    const gradebook = await openInFrame(page, demo);
    const link = gradebook.getByRole('link', { name: says('gradebook-csv') });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    assert.match(download.suggestedFilename(), /\.csv$/);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    assert.ok(text.startsWith('\ufeff'), 'a spreadsheet reads it as UTF-8');
    for (const student of STUDENTS) assert.ok(text.includes(student.name), `${student.name} is in it`);
  });
});

/** A student's cell in the platform's gradebook. */
const cell = (student) => `#gradebook td[data-user="${student.id}"]`;

/** A student's row on the instructor's page. */
const rowOf = (gradebook, student) => gradebook.locator('table.gradebook tbody tr', { hasText: student.name });

/** A teacher changes a cell of the platform's gradebook that is open. */
async function change(page, student, act, grade = undefined) {
  const of = page.locator(cell(student));
  await of.locator('summary').click();
  if (grade !== undefined) await of.locator('input[name=grade]').fill(grade);
  await Promise.all([page.waitForEvent('load'), of.locator(`button[value=${act}]`).click()]);
}
