// Stories of learners who come from no platform: a guest reads, signs in at a real OpenID Connect provider or with a code
// from a slip, takes over what the device kept, and goes on elsewhere.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PHONE, inspect, press, useBrowser } from './harness.mjs';
import { SECRET, signInAtProvider, startProvider, withoutFonts } from './openid.mjs';
import { freePort, runCommand, startDemo } from './product.mjs';
import { says, within } from './texts.mjs';

const COURSE = 'workshop-safety';
const ACCOUNTS = { anh: { name: 'Nguyễn Thị Ánh', email: 'anh@example.vn', email_verified: true } };

describe('a learner without a platform', () => {
  const browser = withoutFonts(useBrowser());
  const college = {};
  let provider;
  let demo;

  before(async () => {
    const port = await freePort();
    provider = await startProvider(`http://localhost:${port}/sign-in/answer`, ACCOUNTS);
    college.folder = mkdtempSync(join(tmpdir(), 'taynghe-learner-'));
    writeFileSync(join(college.folder, 'secret'), `${SECRET}\n`, { mode: 0o600 });
    writeFileSync(join(college.folder, 'taynghe.toml'), settings(provider.issuer, join(college.folder, 'secret')));
    demo = await startDemo({ port, arguments: ['--config', join(college.folder, 'taynghe.toml')] });
  });
  after(async () => {
    await demo?.stop();
    provider?.server.close();
    if (college.folder) rmSync(college.folder, { recursive: true, force: true });
  });

  /** Reads two lessons as a guest, tries a question and writes a thought down; gives the lesson at which they stop. */
  async function readAsGuest(page) {
    await page.goto(`${demo.service}/courses/${COURSE}?language=vi`);
    await page.getByRole('link', { name: says('course-begin') }).click();
    const question = page.locator('fieldset.question').first();
    await question.locator('input:not([type=hidden])').first().check();
    await question.locator('[data-check]').click();
    await page.locator('.found .badge').first().waitFor();
    for (let lesson = 0; lesson < 2; lesson += 1) {
      const here = page.url();
      await remembered(page);
      await page.locator('a[data-done]').click();
      await page.waitForURL((url) => url.href !== here);
    }
    await remembered(page);
    return page.locator('article[data-lesson]').getAttribute('data-lesson');
  }

  /** Until its script runs, a lesson remembers nothing. */
  const remembered = (page) =>
    page.waitForFunction((key) => {
      const { lesson } = document.querySelector('article').dataset;
      return lesson && JSON.parse(localStorage.getItem(`taynghe-course-${key}`))?.last === lesson;
    }, COURSE);

  const keptHere = (page) => page.evaluate((key) => localStorage.getItem(`taynghe-course-${key}`), COURSE);

  /** A page that is left at once does not come to run its script. */
  const nameForgotten = (page) => page.waitForFunction(() => localStorage.getItem('taynghe-learner') === null);

  async function signInWithAccount(page) {
    await page.getByRole('link', { name: within('learner-with', 'vi', 'Trường nghề') }).click();
    await signInAtProvider(page, provider, 'anh');
    await page.getByRole('heading', { name: says('learner-learning-title'), level: 1 }).waitFor();
  }

  /** Slips with codes, by an administrator. */
  async function slips(t, count) {
    const page = await browser.page(t);
    await page.goto((await runCommand(demo, ['admin', 'link'])).trim());
    await page.getByRole('button', { name: says('administration-sign-in-button') }).click();
    await page.getByRole('link', { name: says('learner-codes-title') }).click();
    await page.getByLabel(says('learner-codes-label')).fill('Lớp hàn K20');
    await page.getByLabel(says('learner-codes-count')).fill(String(count));
    await page.getByRole('button', { name: says('learner-codes-sheet') }).click();
    await page.getByRole('heading', { name: says('learner-sheet-title') }).waitFor();
    return { page, codes: await page.locator('.sheet code').allTextContents() };
  }

  it('reads as a guest, signs in, takes the progress over and goes on in another browser', async (t) => {
    const page = await browser.page(t);
    const stopped = await readAsGuest(page);
    await page.getByRole('link', { name: says('common-sign-in') }).click();
    await page.getByRole('heading', { name: says('learner-sign-in-title') }).waitFor();
    await inspect(page, 'learner-sign-in');
    await signInWithAccount(page);
    assert.match(page.url(), new RegExp(`^${demo.service}/s/[^/?]+/learning$`), 'no code and no state stay');
    await page.locator('.who').getByText(ACCOUNTS.anh.name).waitFor();

    const offer = page.locator(`form[data-device-course="${COURSE}"]`);
    await offer.waitFor();
    assert.match(await offer.locator('[data-count]').textContent(), /2/);
    await inspect(page, 'learner-learning-offer');
    assert.notEqual(await keptHere(page), null, 'nothing is taken before the learner says so');
    await press(page, offer.getByRole('button', { name: says('learner-device-take') }));
    await page.locator('progress').waitFor();
    assert.equal(await keptHere(page), null, 'the device keeps nothing of it any more');
    await offer.waitFor({ state: 'hidden' });
    await inspect(page, 'learner-learning');

    // The public pages know who is there, and lead back.
    await page.goto(`${demo.service}/courses?language=vi`);
    await page.getByRole('link', { name: within('common-continue-as', 'vi', ACCOUNTS.anh.name) }).click();
    await page.getByRole('heading', { name: says('learner-learning-title'), level: 1 }).waitFor();

    const phone = await browser.page(t, { viewport: PHONE });
    await phone.goto(`${demo.service}/sign-in`);
    await signInWithAccount(phone);
    await phone.getByRole('link', { name: within('learner-continue') }).click();
    await phone.waitForURL(`**/courses/${COURSE}/${stopped}`);
    await phone.getByRole('link', { name: within('common-sign-in') }).waitFor({ state: 'detached' });

    const inside = page.url();
    await page.getByRole('button', { name: says('common-sign-out') }).click();
    await page.getByText(says('learner-signed-out')).waitFor();
    await nameForgotten(page);
    await page.goto(inside);
    await page.getByRole('heading', { name: says('problem-web-session') }).waitFor();
    await page.goto(`${demo.service}/courses?language=vi`);
    await page.getByRole('link', { name: says('common-sign-in') }).waitFor();
  });

  it('leaves on the device what is somebody else’s', async (t) => {
    const page = await browser.page(t);
    await readAsGuest(page);
    await page.goto(`${demo.service}/sign-in`);
    await signInWithAccount(page);
    const offer = page.locator(`form[data-device-course="${COURSE}"]`);
    await offer.getByRole('button', { name: says('learner-device-leave') }).click();
    await offer.waitFor({ state: 'hidden' });
    await page.reload();
    await page.getByRole('heading', { name: says('learner-learning-title'), level: 1 }).waitFor();
    assert.equal(await offer.isVisible(), false, 'it does not ask again');
    assert.notEqual(await keptHere(page), null);
  });

  it('comes with a code from a slip, on a phone, and back with a code of their own', async (t) => {
    const { page: office, codes } = await slips(t, 3);
    assert.equal(codes.length, 3);
    await inspect(office, 'learner-code-sheet');
    const page = await browser.page(t, { viewport: PHONE });
    await page.goto(`${demo.service}/sign-in`);
    await page.getByLabel(says('learner-code')).fill('K7PM 3XQT');
    await page.getByRole('button', { name: says('learner-code-button') }).click();
    await page.getByText('WEB-CODE').waitFor();
    await inspect(page, 'learner-code-wrong');
    await page.getByLabel(says('learner-code')).fill(codes[0].toLowerCase().replace('-', ''));
    await page.getByRole('button', { name: says('learner-code-button') }).click();
    await page.getByLabel(says('learner-name')).fill('Trần Văn Bảo');
    await inspect(page, 'learner-name');
    await page.getByRole('button', { name: says('learner-name-button') }).click();
    const own = await page.locator('.big-code code').textContent();
    await inspect(page, 'learner-return-code');
    await page.getByRole('link', { name: says('learner-return-next') }).click();
    await page.getByRole('link', { name: says('learner-account-link') }).click();
    await inspect(page, 'learner-account');

    const other = await browser.page(t);
    await other.goto(`${demo.service}/sign-in`);
    await other.getByLabel(says('learner-code')).fill(own);
    await other.getByRole('button', { name: says('learner-code-button') }).click();
    await other.locator('.who').getByText('Trần Văn Bảo').waitFor();

    await office.goto(office.url().replace(/\/codes$/, ''));
    await office.getByRole('cell', { name: 'Trần Văn Bảo', exact: true }).waitFor();
    await inspect(office, 'learner-codes');
  });

  it('needs no JavaScript for either way in, and for the end', async (t) => {
    const { codes } = await slips(t, 1);
    const page = await browser.page(t, { javaScript: false });
    await page.goto(`${demo.service}/sign-in`);
    await page.getByLabel(says('learner-code')).fill(codes[0]);
    await page.getByRole('button', { name: says('learner-code-button') }).click();
    await page.getByLabel(says('learner-name')).fill('Lê Thị Hoa');
    await page.getByRole('button', { name: says('learner-name-button') }).click();
    await page.getByRole('link', { name: says('learner-return-next') }).click();
    await page.getByRole('link', { name: says('learner-account-link') }).click();
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: says('learner-delete-button') }).click();
    await page.getByText(says('learner-deleted')).waitFor();

    await signInWithAccount(page);
    await page.getByRole('button', { name: says('common-sign-out') }).click();
    await page.getByText(says('learner-signed-out')).waitFor();
  });
});

function settings(issuer, secretFile) {
  return `
outbound_allow_private = ["127.0.0.1"]

[sign_in.college]
name = "Trường nghề"
issuer = "${issuer}"
client_id = "taynghe"
client_secret_file = "${secretFile}"
learners = true
`;
}
