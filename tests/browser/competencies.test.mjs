// Stories of competencies: an instructor places a course, a student works in it, both see how far they have come.

import { describe, it } from 'node:test';
import { INSTRUCTOR, STUDENTS, openHere, signIn } from './college.mjs';
import { assertAccessible, onTallScreen, shot, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { activities, openPicker, saveForm } from './quizzes.mjs';
import { says } from './texts.mjs';

const [STUDENT] = STUDENTS;

describe('competencies', () => {
  const browser = useBrowser();
  const demo = useDemo();

  const look = async (page, name) => {
    await onTallScreen(page, () => assertAccessible(page));
    await shot(page, name);
  };

  it('are shown to the student and to the instructor with their evidence', async (t) => {
    const teachers = await browser.page(t);
    await signIn(teachers, demo, INSTRUCTOR);
    const picker = await openPicker(teachers, demo);
    await picker.locator('a[href*="/picker/courses"]').first().click();
    await picker.locator('.entry a').first().click();
    await picker.locator('input[name=pick]').first().check();
    await picker.getByRole('button', { name: says('picker-pick') }).click();
    await saveForm(teachers);
    const activity = (await activities(teachers)).at(-1);

    const students = await browser.page(t);
    await signIn(students, demo, STUDENT);
    await openHere(students, demo, activity);
    await students.locator('.steps a').first().click();
    const question = students.locator('fieldset.question').first();
    await question.locator('input:not([type=hidden])').first().check();
    await question.locator('[data-check]').click();
    await students.locator('.found .badge').first().waitFor();
    await students.locator('.crumbs a').first().click();
    await students.getByRole('link', { name: says('competency-title') }).click();
    await students.locator('details.evidence summary').first().click();
    await look(students, 'competencies-own');

    await openHere(teachers, demo, activity);
    await teachers.getByRole('link', { name: says('competency-class-title') }).click();
    await teachers.locator('.competency-table').waitFor();
    await look(teachers, 'competencies-class');
    await teachers.locator('.competency-table a', { hasText: STUDENT.name }).click();
    await teachers.locator('details.evidence summary').first().click();
    await look(teachers, 'competencies-student');
    await teachers.getByRole('link', { name: says('competency-class-title') }).click();
    await teachers.locator('.competency-table').waitFor();
  });
});
