// Stories of administrators who sign in by their college's account: a real OpenID Connect provider (oidc-provider, which
// nobody here wrote) stands beside the demo, on another site; and the audit trail that they read.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assertAccessible, assertFits, shot, useBrowser } from './harness.mjs';
import { SECRET, signInAtProvider, startProvider, withoutFonts } from './openid.mjs';
import { freePort, runCommand, startDemo } from './product.mjs';
import { says, within } from './texts.mjs';

/** Who has an account at the college. */
const ACCOUNTS = {
  khue: { name: 'Lê Minh Khuê', email: 'khue@truong.edu.vn', email_verified: true, roles: ['staff', 'taynghe'] },
  an: { name: 'Phạm Văn An', email: 'an@truong.edu.vn', email_verified: true, roles: ['staff'] },
};

describe("sign-in by the college's account", () => {
  const browser = withoutFonts(useBrowser());
  const college = {};
  let provider;
  let demo;

  before(async () => {
    const port = await freePort();
    provider = await startProvider(`http://localhost:${port}/sign-in/answer`, ACCOUNTS);
    const folder = mkdtempSync(join(tmpdir(), 'taynghe-sign-in-'));
    Object.assign(college, { folder });
    writeFileSync(join(folder, 'secret'), `${SECRET}\n`, { mode: 0o600 });
    writeFileSync(join(folder, 'taynghe.toml'), settings(provider.issuer, join(folder, 'secret')));
    demo = await startDemo({ port, arguments: ['--config', join(folder, 'taynghe.toml')] });
  });
  after(async () => {
    await demo?.stop();
    provider?.server.close();
    if (college.folder) rmSync(college.folder, { recursive: true, force: true });
  });

  it('leads from the front page to the administration and out again', async (t) => {
    const page = await browser.page(t);
    await page.goto(demo.service);
    await page.getByRole('link', { name: says('home-sign-in') }).click();
    await page.getByRole('heading', { name: says('entrance-title') }).waitFor();
    await assertAccessible(page);
    await shot(page, 'administration-entrance-vi');
    await page.getByRole('link', { name: within('entrance-with', 'vi', 'Trường Cao đẳng') }).click();
    await signInAtProvider(page, provider, 'khue');
    await page.getByRole('heading', { name: says('administration-title') }).waitFor();
    assert.match(page.url(), new RegExp(`^${demo.service}/s/[^/?]+/administration$`), 'no code and no state stay');
    await page.locator('.who').getByText(ACCOUNTS.khue.name).waitFor();

    await page.getByRole('link', { name: says('audit-title') }).click();
    await page.getByRole('cell', { name: says('audit-action-administrator-sign-in') }).waitFor();
    await assertAccessible(page);
    await shot(page, 'administration-audit-vi');
    await page.goBack();

    const inside = page.url();
    await page.getByRole('button', { name: says('common-sign-out') }).click();
    await page.getByText(says('entrance-signed-out')).waitFor();
    await assertAccessible(page);
    await shot(page, 'administration-signed-out-vi');
    await page.goto(inside);
    await page.getByRole('heading', { name: says('problem-web-session') }).waitFor();
  });

  it('works without JavaScript, and by keyboard', async (t) => {
    const page = await browser.page(t, { javaScript: false });
    await page.goto(`${demo.service}/administration`);
    const link = page.getByRole('link', { name: within('entrance-with', 'vi', 'Trường Cao đẳng') });
    await link.focus();
    await page.keyboard.press('Enter');
    await signInAtProvider(page, provider, 'khue');
    await page.getByRole('heading', { name: says('administration-title') }).waitFor();
  });

  it('turns away who is no administrator, and tells the administrators', async (t) => {
    const page = await browser.page(t);
    await page.goto(`${demo.service}/sign-in/college`);
    await signInAtProvider(page, provider, 'an');
    await page.getByRole('heading', { name: says('problem-oid-role') }).waitFor();
    await page.getByText('OID-ROLE').waitFor();
    await assertAccessible(page);
    await assertFits(page);
    const page2 = await browser.page(t);
    await page2.goto(`${demo.service}/sign-in/college`);
    await signInAtProvider(page2, provider, 'khue');
    await page2.getByText('OID-ROLE').first().waitFor();
    assert.equal(await page2.getByText(ACCOUNTS.an.name).count(), 0, 'the record has no name');
  });

  it('comes back when the person says no', async (t) => {
    const page = await browser.page(t);
    await page.goto(`${demo.service}/sign-in/college`);
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: says('problem-oid-denied') }).waitFor();
    await page.getByText('OID-DENIED').waitFor();
  });

  it('takes an answer once, and in the browser that began', async (t) => {
    const page = await browser.page(t);
    const answers = [];
    page.on('request', (request) => {
      if (request.url().includes('/sign-in/answer?')) answers.push(request.url());
    });
    await page.goto(`${demo.service}/sign-in/college`);
    await signInAtProvider(page, provider, 'khue');
    await page.getByRole('heading', { name: says('administration-title') }).waitFor();
    const [answer] = answers;
    assert.ok(new URL(answer).searchParams.get('iss') === provider.issuer, 'the provider names itself (RFC 9207)');
    await page.goto(answer);
    await page.getByText('OID-STATE').waitFor();

    // An attacker's answer, which their own browser did not spend, opened by somebody else: it is not theirs.
    const attacker = await browser.page(t);
    attacker.on('request', (request) => {
      if (request.url().includes('/sign-in/answer?')) answers.push(request.url());
    });
    await attacker.goto(`${demo.service}/sign-in/college`);
    await attacker.context().clearCookies({ domain: 'localhost' });
    await signInAtProvider(attacker, provider, 'khue');
    await attacker.getByText('OID-BROWSER').waitFor();
    await page.goto(answers.at(-1));
    await page.getByText('OID-BROWSER').waitFor();
  });

  it('prints the audit trail on the command line', async () => {
    const csv = await runCommand(demo, ['admin', 'audit', '--format', 'csv', '--action', 'administrator.sign-in']);
    assert.ok(csv.startsWith('\ufeffWhen,Who,What,'), csv);
    assert.ok(csv.includes(ACCOUNTS.khue.name), csv);
    assert.ok(!csv.includes(ACCOUNTS.an.name), csv);
  });
});

function settings(issuer, secretFile) {
  return `
outbound_allow_private = ["127.0.0.1"]

[sign_in.college]
name = "Trường Cao đẳng Công nghệ"
issuer = "${issuer}"
client_id = "taynghe"
client_secret_file = "${secretFile}"
administrator_claim = "roles"
administrator_claim_values = ["taynghe"]
scopes = ["profile", "email", "roles"]
`;
}
