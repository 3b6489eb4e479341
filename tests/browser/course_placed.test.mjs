// Stories of a course that an instructor put into the platform's course: picked as a whole and as a unit, read by a
// student, and what of it arrives in the gradebook.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INSTRUCTOR, STUDENTS, openHere, openInWindow, reloadUntil, signIn } from './college.mjs';
import { PHONE, inspect, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { activities, openPicker, saveForm } from './quizzes.mjs';
import { says, within } from './texts.mjs';

const TITLE = 'An toàn khi cắt gọt kim loại';

describe('a course in the platform', () => {
  const browser = useBrowser();
  const demo = useDemo();

  /** The instructor adds what `choose` ticks on the course's page of the picker; gives the activities' numbers. */
  async function add(page, choose) {
    await page.goto(`${demo.open}course/view.php?id=2`);
    const before = await activities(page);
    const picker = await openPicker(page, demo);
    await picker.getByRole('link', { name: within('picker-to-courses') }).click();
    await picker.getByRole('searchbox').fill('cat got');
    await picker.getByRole('button', { name: says('picker-search-button') }).click();
    await picker.getByRole('link', { name: TITLE }).click();
    await picker.getByRole('heading', { name: TITLE }).waitFor();
    await choose(picker);
    await picker.getByRole('button', { name: says('picker-pick') }).click();
    await saveForm(page);
    return (await activities(page)).filter((activity) => !before.includes(activity));
  }

  const unitOf = (picker) => picker.locator('.parts .unit input').first();
  const wholeOf = (picker) => picker.locator('.parts .whole input');

  it('is picked whole and by units, read to its end, and its grade arrives', async (t) => {
    const teacher = await browser.page(t);
    await signIn(teacher, demo, INSTRUCTOR);
    const [unit] = await add(teacher, async (picker) => {
      await wholeOf(picker).uncheck();
      await unitOf(picker).check();
    });
    const student = await browser.page(t);
    await signIn(student, demo, STUDENTS[0]);
    await openHere(student, demo, unit);
    await inspect(student, 'study-front');
    await student.getByRole('link', { name: says('course-begin') }).click();
    await inspect(student, 'study-lesson');

    // a question, and what only the student reads
    const question = student.locator('fieldset.question').first();
    await question.locator('input:not([type=hidden])').first().check();
    await question.locator('[data-check]').click();
    await student.locator('.found .badge').first().waitFor();
    const note = student.locator('textarea[name^="reflection/"]');
    if ((await note.count()) > 0) {
      await note.first().fill('Ở cửa xưởng.');
      await student.getByRole('button', { name: says('study-reflection-save') }).first().click();
      await student.getByText(says('study-saved')).waitFor();
      assert.equal(await note.first().inputValue(), 'Ở cửa xưởng.');
    }
    const steps = Number(await student.locator('.hint', { hasText: '/' }).first().textContent().then((text) => /\/(\d+)/.exec(text)[1]));
    for (let step = 0; step < steps; step += 1) {
      await student.getByRole('button', { name: within('study-read') }).click();
      await student.waitForLoadState();
    }
    await student.getByRole('heading', { name: says('study-complete-title') }).or(student.locator('progress')).first().waitFor();
    await inspect(student, 'study-done');
    await reloadUntil(student, 'the grade has arrived', async () => (await student.locator('.delivery .badge.good').count()) > 0);

    // on another device it goes on where it stopped
    const phone = await browser.page(t, { viewport: PHONE });
    await signIn(phone, demo, STUDENTS[0]);
    await openHere(phone, demo, unit);
    assert.equal(await phone.locator('li[data-read]').count(), steps);

    const own = await openInWindow(teacher, demo, unit);
    await inspect(own, 'study-instructor');
    await own.getByRole('link', { name: says('study-class-link') }).click();
    await own.getByRole('heading', { name: says('study-class-title') }).waitFor();
    await inspect(own, 'study-class');
    await own.locator('tbody th a').filter({ hasText: STUDENTS[0].name }).click();
    await own.getByRole('heading', { name: STUDENTS[0].name }).waitFor();
    assert.equal(await own.locator('li[data-read]').count(), steps);
    assert.equal(await own.getByText('Ở cửa xưởng.').count(), 0, 'reflections are their writer’s');
    await inspect(own, 'study-student');
  });

  it('is read and answered without scripts', async (t) => {
    const teacher = await browser.page(t);
    await signIn(teacher, demo, INSTRUCTOR);
    const [whole] = await add(teacher, async () => {});
    const student = await browser.page(t, { javaScriptEnabled: false });
    await signIn(student, demo, STUDENTS[1]);
    await openHere(student, demo, whole);
    await student.getByRole('link', { name: says('course-begin') }).click();
    const question = student.locator('fieldset.question').first();
    await question.locator('input:not([type=hidden])').first().check();
    await question.locator('[data-check]').click();
    await student.locator('.found .badge').first().waitFor();
    const lesson = student.url();
    await student.getByRole('button', { name: within('study-read') }).click();
    assert.notEqual(student.url(), lesson, 'goes on with the next one');
    await student.goto(lesson);
    await student.getByText(says('study-done')).first().waitFor();
  });

  it('shows what an instructor can pick, at both widths', async (t) => {
    const teacher = await browser.page(t);
    await signIn(teacher, demo, INSTRUCTOR);
    const picker = await openPicker(teacher, demo);
    await picker.getByRole('link', { name: within('picker-to-courses') }).click();
    await picker.locator('li.entry').first().waitFor();
    await picker.getByRole('link', { name: TITLE }).click();
    await wholeOf(picker).uncheck();
    await picker.getByRole('button', { name: says('picker-pick') }).click();
    await picker.getByText(says('picker-part-none')).waitFor();
  });
});
