// Stories of opening an activity: in the course's frame under each treatment of cookies, in a window, and by several
// people or in several tabs of one browser. What happens in the quiz itself stands in attempt.test.mjs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INSTRUCTOR, STUDENTS, openHere, openInFrame, openInWindow, serviceFrame, signIn } from './college.mjs';
import { PHONE, assertAccessible, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { TITLES, addQuizzes, answer, option, saved, start } from './quizzes.mjs';
import { says, within } from './texts.mjs';

const [STUDENT, OTHER] = STUDENTS;

describe('an activity in the frame of the course', () => {
  const browser = useBrowser();
  const demo = useDemo();

  for (const cookies of ['allowed', 'partitioned']) {
    it(`shows itself there when cookies are ${cookies}, and goes on there`, async (t) => {
      const page = await browser.page(t, { cookies });
      await signIn(page, demo, STUDENT);
      const activity = await openInFrame(page, demo);
      assert.equal(await activity.locator('.who .name').textContent(), STUDENT.name);
      await start(activity);
      assert.equal(page.context().pages().length, 1, 'no window opened');
      await assertAccessible(await serviceFrame(page, demo));
    });
  }

  for (const javaScript of [true, false]) {
    it(`goes on in a window when cookies are blocked, scripts ${javaScript ? 'on' : 'off'}`, async (t) => {
      const page = await browser.page(t, { cookies: 'blocked', viewport: PHONE, javaScript });
      await signIn(page, demo, STUDENT);
      const frame = await openInFrame(page, demo);
      if (!javaScript) await frame.getByRole('button').click();
      const button = frame.getByRole('button', { name: says('login-window-button') });
      await button.waitFor();
      assert.equal(await frame.locator('.who').count(), 0, 'nobody is named before the launch');
      const [window] = await Promise.all([page.waitForEvent('popup'), button.click()]);
      if (!javaScript) await window.getByRole('button').click();
      await window.waitForURL(`${demo.service}/s/**`);
      assert.equal(await window.locator('.who .name').textContent(), STUDENT.name);
      await window.locator('h1').waitFor();
      if (javaScript) {
        await frame.getByText(says('login-window-continued-title')).waitFor();
        await assertAccessible(await serviceFrame(page, demo, '/lti/login'));
      }
    });
  }

  it('needs the window each time when cookies are blocked, and stays the same person’s', async (t) => {
    const page = await browser.page(t, { cookies: 'blocked' });
    await signIn(page, demo, STUDENT);
    for (const round of [1, 2]) {
      const frame = await openInFrame(page, demo);
      const button = frame.getByRole('button', { name: says('login-window-button') });
      const [window] = await Promise.all([page.waitForEvent('popup'), button.click()]);
      await window.waitForURL(`${demo.service}/s/**`);
      assert.equal(await window.locator('.who .name').textContent(), STUDENT.name, `round ${round}`);
      await window.close();
    }
  });
});

describe('activities in windows of one browser', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('one window shows one activity, with its person and course', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, STUDENT);
    const window = await openInWindow(page, demo);
    assert.equal(await window.locator('.who .name').textContent(), STUDENT.name);
    assert.match(await window.locator('.who .role').textContent(), within('common-role-learner'));
    assert.match(await window.locator('.who .course').textContent(), /Vận hành máy phay CNC/);
    await window.getByRole('button', { name: says('attempt-start') }).waitFor();
  });

  it('a second person at the same computer ends the first one’s session, and nothing saved is lost', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, STUDENT);
    const first = await openInWindow(page, demo);
    await start(first);
    await answer(first, { q1: ['a'] });

    await signIn(page, demo, OTHER);
    const others = await openInWindow(page, demo);
    assert.equal(await others.locator('.who .name').textContent(), OTHER.name);
    await others.getByRole('button', { name: says('attempt-start') }).waitFor();

    // the first person's page is still open: what is typed there is refused, said so, and kept on the device
    const refused = first.waitForResponse((answer) => answer.request().method() === 'PUT');
    await option(first, 'q4', 'b').check();
    assert.equal((await refused).status(), 401);
    await first.locator('[data-notice=session]').waitFor();
    await first.reload();
    await first.getByRole('heading', { name: says('problem-web-session') }).waitFor();
    assert.equal(await first.locator('.who').count(), 0, 'the page of an ended session names nobody');
    assert.equal(await others.locator('.who .name').textContent(), OTHER.name);

    await signIn(page, demo, STUDENT);
    const again = await openInWindow(page, demo);
    const sent = again.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok());
    await again.getByRole('button', { name: says('attempt-continue') }).click();
    await sent;
    await again.reload();
    assert.ok(await option(again, 'q1', 'a').isChecked(), 'what was saved is there');
    assert.ok(await option(again, 'q4', 'b').isChecked(), 'what was kept was sent');
  });

  it('two tabs keep two activities of one person apart', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, INSTRUCTOR);
    const [added] = await addQuizzes(page, demo, [TITLES[1]]);
    await signIn(page, demo, STUDENTS[2]);
    const sample = await openInWindow(page, demo);
    const other = await openInWindow(page, demo, added);
    const titles = [];
    for (const tab of [sample, other]) {
      titles.push(await tab.locator('h1').textContent());
      await start(tab);
      await saved(tab, () => tab.locator('fieldset.question').first().locator('.choice input').first().check());
    }
    assert.notEqual(titles[0], titles[1]);
    for (const [index, tab] of [sample, other].entries()) {
      await tab.reload();
      assert.equal(await tab.locator('h1').textContent(), titles[index]);
      assert.equal(await tab.locator('.choice input:checked').count(), 1);
    }
  });

  it('"Not me" ends the session of this page only', async (t) => {
    const page = await browser.page(t);
    await signIn(page, demo, STUDENTS[3]);
    const stays = await openInWindow(page, demo);
    await openHere(page, demo);
    const address = page.url();
    await page.getByRole('button', { name: says('common-not-me') }).click();
    await page.getByRole('heading', { name: says('login-ended-title') }).waitFor();
    assert.equal(await page.locator('.who').count(), 0);
    await assertAccessible(page);
    await page.goto(address);
    await page.getByRole('heading', { name: says('problem-web-session') }).waitFor();
    await stays.reload();
    assert.equal(await stays.locator('.who .name').textContent(), STUDENTS[3].name);
  });
});
