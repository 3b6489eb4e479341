// Stories of an administrator who looks for the cause: a refused launch that was kept, a test launch, the health check,
// and by which ways launches arrive.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { SAMPLE, STUDENTS, openHere, openInFrame, serviceFrame, signIn } from './college.mjs';
import { assertAccessible, onTallScreen, shot, useBrowser } from './harness.mjs';
import { runCommand, useDemo } from './product.mjs';
import { says, within } from './texts.mjs';

const [STUDENT, SECOND] = STUDENTS;

describe('an administrator who looks for the cause', () => {
  const browser = useBrowser();
  const demo = useDemo();
  let registration;

  before(async () => {
    [{ id: registration }] = JSON.parse(await runCommand(demo, ['platform', 'list', '--format', 'json']));
  });

  const administration = async (t) => {
    const page = await browser.page(t);
    await page.goto((await runCommand(demo, ['admin', 'link'])).trim());
    await page.getByRole('button', { name: says('administration-sign-in-button') }).click();
    await page.getByRole('heading', { name: says('administration-title') }).waitFor();
    return page;
  };
  const look = async (page, name) => {
    await onTallScreen(page, () => assertAccessible(page));
    await shot(page, name);
  };

  it('finds a refused launch, mends the cause, and sees that it would be accepted', async (t) => {
    const student = await browser.page(t);
    await signIn(student, demo, STUDENT);
    // The platform has signed; before the form arrives somebody turns the connection off.
    await student.route('**/lti/launch', async (route) => {
      await runCommand(demo, ['platform', 'disable', registration]);
      await route.continue();
    });
    await student.goto(`${demo.open}mod/lti/launch.php?id=${SAMPLE}&container=window`);
    await student.getByText('LTI-LOG-DISABLED').waitFor();

    const page = await administration(t);
    const overview = page.url();
    await page.getByRole('link', { name: within('launch-look') }).first().click();
    await page.getByRole('heading', { name: says('launch-title') }).waitFor();
    assert.equal(await page.getByText('LTI-LOG-DISABLED').count(), 3, 'then, now, and the step that fails');
    await page.getByText(says('launch-claims')).click();
    const text = await page.locator('main').textContent();
    assert.ok(text.includes('(left out)') && !text.includes(STUDENT.name), text);
    await look(page, 'administration-launch-refused-vi');
    const launch = page.url();

    await page.goto(`${overview}/registrations/${registration}/check`);
    await page.getByRole('button', { name: says('check-now') }).click();
    await page.getByRole('heading', { name: says('check-section-bad') }).waitFor();
    await page.locator('.to-mend').getByText(says('check-finding-status-disabled')).waitFor();
    await look(page, 'administration-check-bad-vi');

    await page.goto(overview);
    await page.getByRole('button', { name: within('administration-enable') }).click();
    await page.getByRole('button', { name: within('administration-disable') }).waitFor();
    await page.goto(launch);
    await page.getByText(says('launch-mended-title')).waitFor();
    await look(page, 'administration-launch-mended-vi');
  });

  it('sees in a test launch what the platform sends', async (t) => {
    const page = await administration(t);
    await page.goto(`${page.url()}/registrations/${registration}`);
    await page.getByRole('link', { name: says('launch-test-link') }).click();
    await page.getByRole('button', { name: says('launch-test-begin') }).waitFor();
    await look(page, 'administration-test-launch-vi');
    await page.getByRole('button', { name: says('launch-test-begin') }).click();
    await page.getByText(within('launch-test-waits')).waitFor();
    await look(page, 'administration-test-launch-waits-vi');

    const student = await browser.page(t);
    await signIn(student, demo, SECOND);
    await openHere(student, demo);
    await page.getByRole('link', { name: says('launch-test-look') }).click();
    await page.getByRole('link', { name: within('launch-test-newest') }).click();
    await page.getByText(says('launch-accepted')).waitFor();
    await page.getByText(says('launch-claims')).click();
    assert.ok(!(await page.locator('main').textContent()).includes(SECOND.name));
    await look(page, 'administration-launch-accepted-vi');
  });

  it('checks the connection, and reads by which ways launches arrive', async (t) => {
    const blocked = await browser.page(t, { cookies: 'blocked' });
    await signIn(blocked, demo, STUDENT);
    const frame = await openInFrame(blocked, demo);
    const button = frame.getByRole('button', { name: says('login-window-button') });
    const [window] = await Promise.all([blocked.waitForEvent('popup'), button.click()]);
    await window.waitForURL(`${demo.service}/s/**`);
    const partitioned = await browser.page(t);
    await signIn(partitioned, demo, STUDENT);
    await openInFrame(partitioned, demo);
    await serviceFrame(partitioned, demo);

    const page = await administration(t);
    await page.getByRole('link', { name: says('ways-title') }).click();
    await page.getByRole('rowheader', { name: says('ways-new-window') }).first().waitFor();
    await page.locator('summary').first().click();
    await look(page, 'administration-ways-vi');
    await page.getByRole('link', { name: says('ways-back') }).click();

    await page.getByRole('button', { name: within('administration-check') }).click();
    await page.locator('.findings').first().waitFor();
    const good = page.locator('details > summary');
    await good.click();
    const found = await page.locator('.findings').allTextContents();
    for (const key of ['check-finding-token-granted', 'check-finding-members-read', 'check-finding-launch-last']) {
      assert.ok(found.some((text) => within(key).test(text)), `${key} is not in ${found}`);
    }
    assert.ok(found.some((text) => text.includes('Trình duyệt chặn cookie')), `${found}`);
    await look(page, 'administration-check-vi');
    await page.getByRole('link', { name: says('check-test-launch') }).click();
    await page.getByRole('heading', { name: says('launch-test-title') }).waitFor();
  });
});
