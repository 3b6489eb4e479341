// Stories of time: an instructor gives more of it while the student's page runs, and arranges what a person needs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INSTRUCTOR, STUDENTS, openHere, signIn } from './college.mjs';
import { DESKTOP, PHONE, assertAccessible, assertFits, shot, useBrowser } from './harness.mjs';
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

  for (const [width, viewport] of [['phone', PHONE], ['desktop', DESKTOP]]) {
    it(`is arranged for a person and a group on a ${width}`, async (t) => {
      const pupil = await browser.page(t, { viewport });
      await signIn(pupil, demo, STUDENTS[1]);
      await openHere(pupil, demo);
      const page = await browser.page(t, { viewport });
      await signIn(page, demo, INSTRUCTOR);
      await openHere(page, demo);
      const look = async (name) => {
        await assertFits(page);
        await assertAccessible(page);
        await shot(page, `timing-${name}-${width}`);
      };
      await page.getByRole('link', { name: says('time-overrides') }).click();
      await look('overrides');
      await page.getByRole('link', { name: says('time-groups') }).click();
      await page.locator('#name').fill(`Ca tối ${width}`);
      await page.getByRole('button', { name: says('time-group-make') }).click();
      await page.locator('input[name^="member."]').first().check();
      await look('group');
      await page.getByRole('button', { name: says('time-save') }).click();
      await page.getByText(says('time-saved-title')).waitFor();
      await look('groups');
      await page.getByRole('link', { name: within('time-overrides') }).click();
      await page.getByRole('link', { name: says('time-override-add') }).click();
      await page.locator('#whom').selectOption({ label: `Nhóm: Ca tối ${width}` });
      await page.locator('#time_limit').fill('45');
      await look('override');
      await page.getByRole('button', { name: says('time-save') }).click();
      await page.getByText('45 phút').waitFor();
      await page.getByRole('link', { name: says('time-needs') }).click();
      await look('needs');
      await page.getByRole('link', { name: within('time-change') }).first().click();
      await page.locator('input[name=factor][value="150"]').check();
      await page.locator('#breaks').fill('10');
      await page.locator('input[name=font][value="150"]').check();
      await look('person');
      await page.getByRole('button', { name: says('time-save') }).click();
      await page.getByText(/1,5/).waitFor();
    });
  }
});
