// Looks at every page as it is served, in each language and both widths: nothing breaks an accessibility rule or sticks
// out to the side, and a screenshot is written. The states that a page may have besides stand in gallery.test.mjs, what
// one does with pages in the other stories.

import { before, describe, it } from 'node:test';
import { ADMINISTRATOR, COURSE, INSTRUCTOR, SAMPLE, STUDENTS, openHere, openInFrame, serviceFrame, signIn } from './college.mjs';
import { DESKTOP, PHONE, assertAccessible, assertFits, onTallScreen, screenshot, useBrowser } from './harness.mjs';
import { runCommand, useDemo } from './product.mjs';
import { TOOL, activities, answer, option, start } from './quizzes.mjs';
import { LANGUAGES, says, within } from './texts.mjs';

const LOCALES = { vi: 'vi-VN', en: 'en-US', de: 'de-DE' };
const [STUDENT, SECOND] = STUDENTS;

describe('every page', () => {
  const browser = useBrowser();
  const demo = useDemo();
  let empty;

  before(async () => {
    const t = { after: () => {} };
    const page = await browser.page(t);
    await signIn(page, demo, INSTRUCTOR);
    await page.goto(`${demo.open}course/modedit.php?course=${COURSE.id}&type=${TOOL}`);
    await page.locator('#id_name').fill('Bài chưa chọn');
    await page.locator('#id_submitbutton').click();
    await page.waitForURL('**/course/view.php*');
    empty = (await activities(page)).at(-1);
    await page.context().close();
  });

  for (const language of LANGUAGES) {
    const open = (t, options = {}) => browser.page(t, { locale: LOCALES[language], ...options });
    const look = (page, name, frame) => inspect(page, `${name}-${language}`, frame);

    it(`of a student, ${language}`, async (t) => {
      const page = await open(t);
      await signIn(page, demo, STUDENT, language);
      await openHere(page, demo, empty);
      await look(page, 'attempt-absent');
      await openHere(page, demo);
      await look(page, 'attempt-start');
      await start(page, language);
      await answer(page, { q1: ['a'], q3: ['a', 'c'], q2: ['true'] });
      await page.locator('[name="flag/q5"]').check();
      await page.locator('#announce').waitFor({ state: 'attached' });
      await look(page, 'attempt-take');
      await page.context().setOffline(true);
      await option(page, 'q4', 'a').check();
      await page.locator('[data-notice=offline]').waitFor();
      await look(page, 'attempt-take-offline');
      await page.context().setOffline(false);
      await page.locator('[data-notice=offline]').waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: says('attempt-to-submit', language) }).click();
      await page.getByRole('button', { name: says('attempt-submit', language) }).waitFor();
      await look(page, 'attempt-confirm');
      await page.getByRole('button', { name: says('attempt-submit', language) }).click();
      await page.getByRole('heading', { name: says('attempt-result', language) }).waitFor();
      await look(page, 'attempt-review');
      await page.getByRole('link', { name: says('attempt-back-to-quiz', language) }).click();
      await page.locator('#attempts').waitFor();
      await look(page, 'attempt-start-again');
      await page.getByRole('button', { name: says('common-not-me', language) }).click();
      await page.getByRole('heading', { name: says('login-ended-title', language) }).waitFor();
      await look(page, 'login-ended');
    });

    it(`of an instructor, ${language}`, async (t) => {
      const page = await open(t);
      await signIn(page, demo, INSTRUCTOR, language);
      await openHere(page, demo);
      await look(page, 'gradebook');
      await page.getByRole('link', { name: says('gradebook-edit', language) }).click();
      await page.locator('#editor').waitFor();
      await look(page, 'quiz-editor');
      await page.getByRole('button', { name: says('quiz-preview', language) }).click();
      await page.getByRole('link', { name: says('quiz-back-to-editor', language) }).first().waitFor();
      await look(page, 'quiz-preview');
      await openHere(page, demo, empty);
      await look(page, 'picker-place');

      await page.goto(`${demo.open}mod/lti/contentitem.php?course=${COURSE.id}&id=${TOOL}`);
      await page.waitForURL('**/picker');
      await look(page, 'picker');
      const picker = page.url();
      await page.getByRole('button', { name: within('picker-new', language) }).click();
      await page.locator('#editor').waitFor();
      await page.getByRole('button', { name: says('quiz-publish', language) }).click();
      await page.locator('#problem-list').waitFor();
      await look(page, 'quiz-editor-problems');
      await page.goto(picker);
      await page.locator('[name=pick]:enabled').first().check();
      await page.getByRole('button', { name: says('picker-pick', language) }).click();
      await page.getByRole('button', { name: says('login-send-button', language) }).waitFor();
      await look(page, 'login-send-back');
    });

    it(`of administrators, ${language}`, async (t) => {
      const page = await open(t);
      const invitation = (await runCommand(demo, ['platform', 'invite'])).trim();
      await page.goto(invitation);
      await look(page, 'registration-waiting');
      await signIn(page, demo, ADMINISTRATOR, language);
      await page.goto(`${demo.open}mod/lti/toolconfigure.php?register=1&toolurl=${encodeURIComponent(invitation)}&update=0`);
      const frame = page.frameLocator('#dynreg-frame');
      await frame.getByRole('button', { name: says('registration-button', language) }).waitFor();
      await look(page, 'registration-confirm', await serviceFrame(page, demo, '/lti/register/'));
      await frame.getByRole('button', { name: says('registration-button', language) }).click();
      await frame.getByRole('heading', { name: says('registration-done-title', language) }).waitFor();
      await look(page, 'registration-done', await serviceFrame(page, demo, '/lti/register/'));

      await page.goto((await runCommand(demo, ['admin', 'link'])).trim());
      await look(page, 'administration-sign-in');
      await page.getByRole('button', { name: says('administration-sign-in-button', language) }).click();
      await page.locator('#host').fill('moodle.truong.edu.vn');
      await page.getByRole('button', { name: says('administration-invite', language) }).click();
      await page.locator('#address').waitFor();
      await look(page, 'administration-overview');
      await page.getByRole('button', { name: within('administration-check', language) }).first().click();
      await page.locator('.findings').first().waitFor();
      await look(page, 'administration-check');
    });

    it(`of a refusal, and around a launch, ${language}`, async (t) => {
      const page = await open(t, { cookies: 'blocked' });
      const addresses = { '/': 'home', '/no-such-page': 'problem-not-found', '/lti/launch': 'problem-launch', '/lti/login': 'problem-login' };
      for (const [path, name] of Object.entries(addresses)) {
        await page.goto(demo.service + path);
        await look(page, name);
      }
      await page.goto(`${demo.service}/s/01a20410-0000-7000-8000-000000000000/`);
      await look(page, 'problem-session');
      await signIn(page, demo, SECOND, language);
      const frame = await openInFrame(page, demo);
      await frame.getByRole('button', { name: says('login-window-button', language) }).waitFor();
      await look(page, 'login-new-window', await serviceFrame(page, demo, '/lti/login'));
    });

    it(`of the practice platform, ${language}`, async (t) => {
      const page = await open(t);
      await page.goto(`${demo.open}?lang=${language}`);
      await look(page, 'practice-front');
      await page.goto(`${demo.open}mod/lti/toolconfigure.php`);
      await look(page, 'practice-tools-refused');
      await signIn(page, demo, INSTRUCTOR, language);
      await look(page, 'practice-course');
      const pages = {
        'practice-gradebook': `grade/report/grader/index.php?id=${COURSE.id}`,
        'practice-chooser': `course/modedit.php?course=${COURSE.id}`,
        'practice-new-activity': `course/modedit.php?course=${COURSE.id}&type=${TOOL}`,
        'practice-problem': 'no/such/page.php',
      };
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(demo.open + path);
        await look(page, name);
      }
      await page.goto(`${demo.open}course/modedit.php?course=${COURSE.id}&type=${TOOL}&select=1`);
      const title = page.frameLocator('#selectframe').locator('[name=pick]:enabled');
      await title.first().check();
      await title.nth(1).check();
      await look(page, 'practice-selecting', await serviceFrame(page, demo));
      await page.frameLocator('#selectframe').getByRole('button', { name: says('picker-pick', language) }).click();
      await page.waitForURL('**/course/modedit.php*selection=*');
      await look(page, 'practice-several');
      await openInFrame(page, demo, SAMPLE);
      await page.frameLocator('#contentframe').locator('h1').waitFor();
      await look(page, 'practice-activity', await serviceFrame(page, demo));
      await signIn(page, demo, ADMINISTRATOR, language);
      await page.goto(`${demo.open}mod/lti/toolconfigure.php`);
      await look(page, 'practice-tools');
    });
  }

  it('is as good in the dark', async (t) => {
    const page = await browser.page(t, { colorScheme: 'dark' });
    await signIn(page, demo, SECOND);
    await openHere(page, demo);
    await start(page);
    await answer(page, { q1: ['a'], q3: ['a', 'c'] });
    await inspect(page, 'attempt-take-dark');
    await page.getByRole('button', { name: says('attempt-to-submit') }).click();
    await page.getByRole('button', { name: says('attempt-submit') }).click();
    await page.getByRole('heading', { name: says('attempt-result') }).waitFor();
    await inspect(page, 'attempt-review-dark');
    await signIn(page, demo, INSTRUCTOR);
    await inspect(page, 'practice-course-dark');
    await openHere(page, demo);
    await inspect(page, 'gradebook-dark');
    await page.goto((await runCommand(demo, ['admin', 'link'])).trim());
    await page.getByRole('button', { name: says('administration-sign-in-button') }).click();
    await page.locator('#host').waitFor();
    await inspect(page, 'administration-overview-dark');
  });
});

/** Both widths: a screenshot, nothing sticks out, no rule is broken; of the frame, when one is handed over, and the page. */
async function inspect(page, name, frame = undefined) {
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    await screenshot(page, name);
    for (const content of frame ? [page, frame] : [page]) {
      await assertFits(content);
      // what the rules look at is the same in each language but for the words
      if (viewport === PHONE || name.endsWith(`-${LANGUAGES[0]}`)) {
        await onTallScreen(page, () => assertAccessible(content));
      }
    }
  }
  await page.setViewportSize(DESKTOP);
}
