// Stories of time: an instructor gives more of it while the student's page runs. What is arranged beforehand stands in tests/it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INSTRUCTOR, STUDENTS, openHere, signIn } from './college.mjs';
import { PHONE, assertAccessible, assertFits, shot, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { option, saved, start } from './quizzes.mjs';
import { says, within } from './texts.mjs';

describe('time', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('is given in one tap, and the clock of the running page changes', async (t) => {
    const student = await browser.page(t, { viewport: PHONE });
    await signIn(student, demo, STUDENTS[0]);
    await openHere(student, demo);
    await start(student);
    assert.match(await student.locator('#clock').textContent(), /^(19|20):/);

    const teacher = await browser.page(t, { viewport: PHONE });
    await signIn(teacher, demo, INSTRUCTOR);
    await openHere(teacher, demo);
    await assertFits(teacher);
    await assertAccessible(teacher);
    await teacher.getByRole('button', { name: within('time-more') }).last().click();
    await teacher.getByText(within('time-granted-title')).waitFor();
    await assertAccessible(teacher);
    await shot(teacher, 'timing-granted');

    await saved(student, () => option(student, 'q1', 'a').check());
    await student.locator('#clock', { hasText: /^(34|35):/ }).waitFor();
    assert.match(await student.locator('#time-note').textContent(), within('time-more-minutes', 'vi', '15'));
    await assertFits(student);
    await assertAccessible(student);
    await shot(student, 'timing-clock');

    await teacher.getByRole('button', { name: says('time-undo') }).click();
    await teacher.getByText(within('time-undone-title')).waitFor();
    await saved(student, () => option(student, 'q1', 'b').check());
    await student.locator('#clock', { hasText: /^(19|20):/ }).waitFor();
  });
});
