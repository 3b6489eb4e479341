// Stories of the administrators: of the platform, who registers the service there by an invitation, and of the service,
// who signs in by a one-time link, looks after registrations and invites more.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADMINISTRATOR, COURSE, INSTRUCTOR, STUDENTS, openInWindow, serviceFrame, signIn } from './college.mjs';
import { assertAccessible, useBrowser } from './harness.mjs';
import { runCommand, useDemo } from './product.mjs';
import { TITLES, activities, pick, saveForm } from './quizzes.mjs';
import { says, within } from './texts.mjs';

const MANAGE = 'mod/lti/toolconfigure.php';

describe('registration by invitation', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('leads from a pasted address in the platform to an activity that a student opens', async (t) => {
    const invitation = (await runCommand(demo, ['platform', 'invite'])).trim();
    assert.ok(invitation.startsWith(`${demo.service}/lti/register/`), invitation);

    const page = await browser.page(t);
    await page.goto(invitation);
    await page.getByRole('heading', { name: says('registration-waiting-title') }).waitFor();
    await assertAccessible(page);

    await signIn(page, demo, ADMINISTRATOR);
    await page.goto(demo.open + MANAGE);
    const tools = await page.locator('.tool-card').count();
    await page.locator('#cartridge-url').fill(invitation);
    await page.locator('button[name=register]').click();
    await page.locator('a[href*="update=0"]').click();
    const frame = page.frameLocator('#dynreg-frame');
    const button = frame.getByRole('button', { name: says('registration-button') });
    await button.waitFor();
    await assertAccessible(await serviceFrame(page, demo, '/lti/register/'));
    await button.click();
    await frame.getByRole('heading', { name: says('registration-done-title') }).waitFor();
    await frame.getByText(within('registration-moodle-activate')).waitFor();
    await assertAccessible(await serviceFrame(page, demo, '/lti/register/'));
    await frame.getByRole('button', { name: says('registration-close') }).click();
    await page.locator('#dynreg-frame').waitFor({ state: 'detached' });

    const cards = page.locator('.tool-card');
    assert.equal(await cards.count(), tools + 1);
    const card = cards.last();
    await card.locator('button[name=activate]').click();
    await page.locator('button[name=chooser]').click();
    const activity = await addWithNewestTool(page, demo);

    await signIn(page, demo, STUDENTS[0]);
    const front = await openInWindow(page, demo, activity);
    assert.equal(await front.locator('h1').textContent(), TITLES[1]);
  });

  it('an invitation is spent once', async (t) => {
    const invitation = (await runCommand(demo, ['platform', 'invite'])).trim();
    const page = await browser.page(t);
    await signIn(page, demo, ADMINISTRATOR);
    const register = async () => {
      await page.goto(`${demo.open}${MANAGE}?register=1&toolurl=${encodeURIComponent(invitation)}&update=0`);
      return page.frameLocator('#dynreg-frame');
    };
    let frame = await register();
    await frame.getByRole('button', { name: says('registration-button') }).click();
    await frame.getByRole('heading', { name: says('registration-done-title') }).waitFor();
    frame = await register();
    await frame.locator('.problem').waitFor();
    assert.equal(await frame.getByRole('button').count(), 0);
  });
});

describe('the administrator of the service', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('signs in by a link that works once, invites, checks, and turns a platform off and on', async (t) => {
    const link = (await runCommand(demo, ['admin', 'link'])).trim();
    const page = await browser.page(t);
    await page.goto(link);
    await page.getByRole('heading', { name: says('administration-sign-in-title') }).waitFor();
    await assertAccessible(page);
    await page.goto(link);
    await page.getByRole('button', { name: says('administration-sign-in-button') }).click();
    await page.getByRole('heading', { name: says('administration-title') }).waitFor();
    await assertAccessible(page);

    const stranger = await browser.page(t);
    await stranger.goto(link);
    const press = stranger.getByRole('button', { name: says('administration-sign-in-button') });
    if (await press.isVisible()) await press.click();
    await stranger.locator('.problem').waitFor();
    await stranger.goto(page.url());
    await stranger.getByRole('heading', { name: says('problem-web-session') }).waitFor();

    await page.locator('#host').fill('moodle.truong.edu.vn');
    await page.getByRole('button', { name: says('administration-invite') }).click();
    await page.getByText(says('administration-invited-title')).waitFor();
    assert.ok((await page.locator('#address').inputValue()).startsWith(`${demo.service}/lti/register/`));
    await page.locator('td, th').getByText('moodle.truong.edu.vn').waitFor();
    await assertAccessible(page);
    await page.getByRole('button', { name: says('administration-withdraw') }).click();
    await page.getByRole('button', { name: says('administration-withdraw') }).waitFor({ state: 'detached' });

    const card = page.locator('.platforms article');
    await card.getByRole('button', { name: within('administration-check') }).click();
    await page.locator('.findings').first().waitFor();
    assert.equal(await page.locator('.findings.to-mend').count(), 0, await page.locator('main').innerText());
    await assertAccessible(page);
    await page.getByRole('link', { name: says('check-back') }).click();

    await card.getByRole('button', { name: within('administration-disable') }).click();
    await card.getByText(says('administration-disabled')).waitFor();
    const students = await browser.page(t);
    await signIn(students, demo, STUDENTS[0]);
    await students.goto(`${demo.open}mod/lti/launch.php?id=3&container=window`);
    await students.getByRole('heading', { name: says('problem-lti-log-disabled') }).waitFor();

    await card.getByRole('button', { name: within('administration-enable') }).click();
    await card.getByText(says('administration-active')).waitFor();
    const front = await openInWindow(students, demo);
    await front.locator('h1').waitFor();
    await page.reload();
    await page.locator('#launches').waitFor();
    assert.ok(await page.getByText(COURSE.title).first().isVisible(), 'the launch is listed');
    assert.ok(await page.getByText('LTI-LOG-DISABLED').first().isVisible(), 'and so is the refusal');
  });
});

/** The instructor finds the newest tool in the activity chooser and adds a quiz with it; gives the activity. */
async function addWithNewestTool(page, demo) {
  await signIn(page, demo, INSTRUCTOR);
  const before = await activities(page);
  await page.goto(`${demo.open}course/modedit.php?course=${COURSE.id}`);
  await page.locator('a[href*="type="]').last().click();
  await page.locator('#id_selectcontent').click();
  await pick(page.frameLocator('#selectframe'), [TITLES[1]]);
  await saveForm(page);
  const [added] = (await activities(page)).filter((activity) => !before.includes(activity));
  return added;
}
