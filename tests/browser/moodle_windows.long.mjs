// How a student comes in from a real Moodle where the browser gives frames no cookies at all, only partitioned ones, or
// all, in Moodle's frame and in a new window. What the stories need stands in moodle/story.mjs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertAccessible, shot } from './harness.mjs';
import * as moodle from './moodle/moodle.mjs';
import { HALF, QUIZZES, answer, english, submit } from './moodle/quizzes.mjs';
import { SKIP, ownFrame, seeFrame, useMoodle } from './moodle/story.mjs';

const { MOODLE, until } = moodle;
const [QUIZ] = QUIZZES;

/** Moodle's words for "Embed, without blocks" and "New window". */
const [EMBEDDED, WINDOW] = ['3', '4'];

describe('frames, windows and cookies with a real Moodle', { skip: SKIP }, () => {
  const story = useMoodle();
  const { made } = story;
  const container = async (t, value) => {
    const page = await story.as(t, MOODLE.administrator);
    await moodle.openToolSettings(page, story.tool);
    await moodle.saveToolSettings(page, { lti_launchcontainer: value });
  };
  const takes = async (page, student, frame) => {
    await answer(frame, HALF);
    await submit(frame);
    await until('the grade', async () => (await moodle.ownGrade(student, made.get(QUIZ.title)))?.grade.startsWith('5.00'));
  };

  it('a quiz is there', async (t) => {
    await story.connect(t);
    await story.add(t, [QUIZ]);
  });

  for (const [index, cookies] of [[0, 'allowed'], [1, 'partitioned']]) {
    it(`in Moodle's frame, cookies of other sites ${cookies}`, async (t) => {
      const page = await story.as(t, MOODLE.students[index], { cookies });
      const frame = await moodle.openActivity(page, made.get(QUIZ.title));
      await takes(page, await story.as(t, MOODLE.students[index]), frame);
    });
  }

  it('in Moodle’s frame with every cookie of frames blocked: one press, a window, nobody logs in again', async (t) => {
    const page = await story.as(t, MOODLE.students[2], { cookies: 'blocked' });
    const frame = await moodle.openActivity(page, made.get(QUIZ.title));
    const button = frame.getByRole('button', { name: english('login-window-button') });
    await button.waitFor();
    await seeFrame(page, frame, 'cookies-blocked');
    await assertAccessible(await ownFrame(frame));
    const [window] = await Promise.all([page.waitForEvent('popup'), button.click()]);
    await window.waitForURL(`${story.service.url}/s/**`);
    await shot(window, 'moodle-own-window');
    await takes(window, await story.as(t, MOODLE.students[2]), window);
    await frame.locator('main').waitFor();
    await seeFrame(page, frame, 'cookies-blocked-after');
  });

  it('in a new window, which Moodle opens', async (t) => {
    await container(t, WINDOW);
    for (const cookies of ['partitioned', 'blocked']) {
      const page = await story.as(t, MOODLE.students[3], { cookies });
      const [window] = await Promise.all([page.waitForEvent('popup'), page.goto(moodle.activityPage(made.get(QUIZ.title)))]);
      await window.waitForURL(`${story.service.url}/s/**`);
      await window.locator('.who').waitFor();
      if (cookies === 'partitioned') await takes(window, page, window);
      await page.context().close();
    }
    await container(t, EMBEDDED);
  });

  it('the administrator reads how browsers came in', async (t) => {
    const page = await story.administration(t);
    await page.getByRole('link', { name: english('ways-title') }).click();
    await page.getByRole('heading', { name: english('ways-title') }).waitFor();
    await shot(page, 'moodle-ways');
    const found = JSON.parse(await story.service.command('platform', 'check', story.registration, '--format', 'json'));
    t.diagnostic(JSON.stringify(found.filter(({ key }) => key.startsWith('cookies-'))));
    assert.ok(found.some(({ key }) => key === 'cookies-blocked' || key === 'cookies-kept'));
  });

  it('everything is removed', (t) => story.removeAll(t));
});
