// What the stories of a real Moodle share: a service, somebody's browser, pictures, a registration and activities. What
// a story is about stands in its own file (*.long.mjs), and how Moodle's pages are used in moodle.mjs and beside it.
//
// They need a Moodle 4.5 in English that may be played with: a course with an editing teacher, a non-editing teacher and
// five students, and somebody outside. They make activities and grades there and remove the tool at the end. Moodle must
// be allowed to call 127.0.0.1 (Site administration > General > Security > HTTP security).
//
//   TAYNGHE_MOODLE_URL=http://localhost:8090 TAYNGHE_MOODLE_ADMIN_PASSWORD=… TAYNGHE_MOODLE_PASSWORD=… ./run long
//
// More, with what is taken without them: TAYNGHE_MOODLE_COURSE (2), …_ADMIN (admin), …_TEACHER (teacher1), …_ASSISTANT
// (teacher2), …_STUDENTS (student1,…,student5), …_OUTSIDER (outsider1); shell commands: …_STOP and …_START, which take the
// Moodle down and up, and …_CRON, which does what waits for Moodle's cron (else its own must run every minute).

import { mkdirSync } from 'node:fs';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DESKTOP, PHONE, useBrowser } from '../harness.mjs';
import * as moodle from './moodle.mjs';
import { english, pick, writeQuiz } from './quizzes.mjs';
import { startService } from './service.mjs';

const { MOODLE } = moodle;

const SCREENSHOTS = fileURLToPath(new URL('../screenshots/', import.meta.url));

/** Why a story of a real Moodle is not told, or false. */
export const SKIP = !MOODLE.url && 'TAYNGHE_MOODLE_URL is not set';

/**
 * A service on 127.0.0.1, which is another site than a Moodle on localhost, for the stories of the `describe` block in
 * which this is called. `story.service`, `story.tool` (Moodle's number of us, after `connect`), `story.made` (activities'
 * numbers by title).
 */
export function useMoodle() {
  const browser = useBrowser();
  const story = { browser, made: new Map() };
  before(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    story.service = await startService('127.0.0.1');
  });
  after(() => story.service?.stop());

  /** Somebody's browser, signed in to Moodle. */
  story.as = async (t, person, options = {}) => {
    const page = await browser.page(t, { locale: 'en-US', ...options });
    await moodle.logIn(page, person);
    return page;
  };

  /** The administration of Taynghe, signed in. */
  story.administration = async (t) => {
    const page = await browser.page(t, { locale: 'en-US' });
    await page.goto(await story.service.command('admin', 'link'));
    await page.getByRole('button').first().click();
    await page.getByRole('heading', { name: english('administration-title') }).waitFor();
    return page;
  };

  /** Moodle's administrator registers and activates Taynghe, and shows it to teachers. */
  story.connect = async (t) => {
    const invitation = await story.service.command('platform', 'invite', '--host', new URL(MOODLE.url).host);
    const page = await story.as(t, MOODLE.administrator);
    const frame = await moodle.beginRegistration(page, invitation);
    await story.register(page, frame);
    story.tool = await moodle.activateTool(page);
    await moodle.openToolSettings(page, story.tool);
    await moodle.saveToolSettings(page, { lti_coursevisible: '2' });
    const [{ id }] = JSON.parse(await story.service.command('platform', 'list', '--format', 'json'));
    story.registration = id;
  };

  /** Presses through Taynghe's registration in the frame. */
  story.register = async (page, frame) => {
    await frame.getByRole('button', { name: english('registration-button') }).click();
    await frame.getByRole('heading', { name: english('registration-done-title') }).waitFor();
    await frame.getByRole('button', { name: english('registration-close') }).click();
  };

  /** A teacher writes quizzes and adds each of them as an activity. */
  story.add = async (t, quizzes, options = {}) => {
    const page = await story.as(t, MOODLE.teacher);
    for (const quiz of quizzes) {
      const before = (await moodle.activities(page)).map(({ id }) => id);
      await moodle.openForm(page, story.tool);
      const picker = await moodle.openPicker(page);
      await writeQuiz(picker, quiz);
      await pick(picker, [quiz.title], options);
      await page.getByText('Content selected').waitFor();
      await moodle.saveForm(page);
      const added = (await moodle.activities(page)).find(({ id }) => !before.includes(id));
      story.made.set(quiz.title, added.id);
    }
  };

  /** Removes the activities and the tool. */
  story.removeAll = async (t) => {
    const page = await story.as(t, MOODLE.administrator);
    await moodle.deleteActivities(page);
    if (story.tool) await moodle.deleteTool(page, story.tool);
  };
  return story;
}

/** Pictures of a page as it is now, at both widths: screenshots/moodle-NAME-WIDTH.png. */
export async function see(page, name) {
  const before = page.viewportSize();
  for (const viewport of [PHONE, DESKTOP]) {
    await page.setViewportSize(viewport);
    // Moodle sets the frame's height by a script of its own after that
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${SCREENSHOTS}moodle-${name}-${viewport.width}.png`, fullPage: true, animations: 'disabled' });
  }
  await page.setViewportSize(before);
}

/** The frame itself behind what finds its content, to load it again: its cookies exist only inside Moodle's page. */
export async function ownFrame(content) {
  await content.locator('main').waitFor();
  return (await content.owner().elementHandle()).contentFrame();
}

/**
 * A picture of Taynghe's page inside the frame at both widths, as large as it is: Moodle's own page around it would hide
 * its end.
 */
export async function seeFrame(page, content, name) {
  const before = page.viewportSize();
  const owner = content.owner();
  for (const viewport of [PHONE, DESKTOP]) {
    await page.setViewportSize(viewport);
    const frame = await (await owner.elementHandle()).contentFrame();
    const fit = async (height) => {
      await owner.evaluate((element, [width, height]) => {
        const place = { position: 'fixed', inset: '0 auto auto 0', zIndex: '100000', background: '#fff' };
        Object.assign(element.style, place, { width: `${width}px`, height: `${height}px` });
      }, [viewport.width, height]);
      await page.waitForTimeout(300);
    };
    await fit(200);
    const tall = await frame.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ ...viewport, height: tall });
    await fit(tall);
    await page.screenshot({ path: `${SCREENSHOTS}moodle-${name}-${viewport.width}.png`, animations: 'disabled' });
    await owner.evaluate((element) => element.removeAttribute('style'));
  }
  await page.setViewportSize(before);
}
