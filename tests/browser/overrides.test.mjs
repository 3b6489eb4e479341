// Stories of what is arranged beforehand: a group with more time, a student with an accommodation, and what each of them
// then sees. What overrides do to every rule stands in tests/it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INSTRUCTOR, STUDENTS, openHere, signIn } from './college.mjs';
import { PHONE, assertAccessible, assertFits, shot, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { option, saved, start } from './quizzes.mjs';
import { says, within } from './texts.mjs';

const GROUP = 'Lớp buổi tối';

describe('overrides', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('give a group more time, and what was mistyped is asked for again', async (t) => {
    const teacher = await browser.page(t, { viewport: PHONE });
    await overrides(teacher, demo);
    await looksRight(teacher, 'overrides-none');

    await teacher.getByRole('link', { name: says('time-groups') }).click();
    await teacher.getByRole('button', { name: says('time-group-make') }).click();
    await teacher.getByText(says('time-group-name-wrong')).waitFor();
    await looksRight(teacher, 'groups-wrong');
    await teacher.getByLabel(says('time-group-name')).fill(GROUP);
    await teacher.getByRole('button', { name: says('time-group-make') }).click();
    await teacher.getByRole('heading', { name: GROUP }).waitFor();
    await teacher.getByLabel(STUDENTS[1].name).check();
    await looksRight(teacher, 'group');
    await teacher.getByRole('button', { name: says('time-save') }).click();
    await teacher.getByText(says('time-saved-title')).waitFor();
    await looksRight(teacher, 'groups');

    await teacher.getByRole('link', { name: within('time-overrides') }).click();
    await teacher.getByRole('link', { name: says('time-override-add') }).click();
    const group = teacher.locator('#whom option', { hasText: GROUP });
    await teacher.locator('#whom').selectOption(await group.getAttribute('value'));
    await teacher.locator('#time_limit').fill('viel');
    await teacher.locator('#more_attempts').fill('101');
    await teacher.getByRole('button', { name: says('time-save') }).click();
    await teacher.getByText(says('time-wrong-title')).waitFor();
    await teacher.getByText(says('time-more-attempts-wrong')).waitFor();
    await looksRight(teacher, 'override-wrong');
    await teacher.locator('#time_limit').fill('45');
    await teacher.locator('#more_attempts').fill('1');
    await teacher.getByRole('button', { name: says('time-save') }).click();
    await teacher.getByText(says('time-saved-title')).waitFor();
    await looksRight(teacher, 'overrides');

    for (const [student, clock] of [
      [STUDENTS[0], /^(19|20):/],
      [STUDENTS[1], /^(44|45):/],
    ]) {
      const page = await browser.page(t, { viewport: PHONE });
      await signIn(page, demo, student);
      await openHere(page, demo);
      await start(page);
      assert.match(await page.locator('#clock').textContent(), clock, student.name);
    }
  });

  it('and accommodations are set without JavaScript, and the clock of a running attempt follows', async (t) => {
    const student = await browser.page(t, { viewport: PHONE });
    await signIn(student, demo, STUDENTS[2]);
    await openHere(student, demo);
    await start(student);
    assert.match(await student.locator('#clock').textContent(), /^(19|20):/);

    const teacher = await browser.page(t, { viewport: PHONE, javaScript: false });
    await overrides(teacher, demo);
    await teacher.getByRole('link', { name: says('time-needs') }).click();
    const row = teacher.getByRole('row', { name: STUDENTS[2].name });
    await row.getByRole('link', { name: within('time-change') }).click();
    await teacher.getByLabel(within('time-breaks-minutes')).fill('10');
    await teacher.locator('[name=factor][value="other"]').check();
    await teacher.locator('#other_factor').fill('9');
    await teacher.getByRole('button', { name: says('time-save') }).click();
    await teacher.getByText(says('time-factor-wrong')).waitFor();
    assert.equal(await teacher.getByLabel(within('time-breaks-minutes')).inputValue(), '10');
    await teacher.locator('#other_factor').fill('1,5');
    await teacher.locator('[name=font][value="150"]').check();
    await teacher.getByRole('button', { name: says('time-save') }).click();
    await teacher.getByText(says('time-saved-title')).waitFor();
    await row.getByText('1,5').waitFor();

    await saved(student, () => option(student, 'q1', 'b').check());
    await student.locator('#clock', { hasText: /^(29|30):/ }).waitFor();
    await student.reload();
    await looksRight(student, 'accommodated-attempt');
    await student.getByRole('button', { name: within('time-break-start') }).waitFor();
  });

  it('and accommodations look right', async (t) => {
    const teacher = await browser.page(t, { viewport: PHONE });
    await overrides(teacher, demo);
    await teacher.getByRole('link', { name: says('time-needs') }).click();
    await looksRight(teacher, 'accommodations');
    await teacher.getByRole('row', { name: STUDENTS[3].name }).getByRole('link').click();
    await looksRight(teacher, 'accommodation');
  });
});

/** From the course into the page that lists an activity's overrides. */
async function overrides(page, demo) {
  await signIn(page, demo, INSTRUCTOR);
  await openHere(page, demo);
  await page.getByRole('link', { name: within('time-overrides') }).click();
}

async function looksRight(page, name) {
  await assertFits(page);
  await assertAccessible(page);
  await shot(page, name);
}
