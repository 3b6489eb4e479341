// What administrators do with the connection to a real Moodle: the health check and what it finds when Moodle is set
// otherwise, the test launch, a refused launch looked at again, a new key, registering again by "Update", and a second
// registration of the same Moodle, joined. What the stories need stands in moodle/story.mjs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertAccessible, shot } from './harness.mjs';
import * as moodle from './moodle/moodle.mjs';
import { QUIZZES, RIGHT, answer, english, submit } from './moodle/quizzes.mjs';
import { SKIP, see, seeFrame, useMoodle } from './moodle/story.mjs';
import { within } from './texts.mjs';

const { MOODLE, until } = moodle;
const [QUIZ] = QUIZZES;

/** What the health check finds when Moodle's settings of the tool are these. */
const SET_OTHERWISE = [
  [{ ltiservice_gradesynchronization: '1' }, 'scope-line-item-missing'],
  [{ ltiservice_gradesynchronization: '0' }, 'scope-score-missing'],
  [{ ltiservice_memberships: '0' }, 'scope-membership-missing'],
];
const AS_ASKED = { ltiservice_gradesynchronization: '2', ltiservice_memberships: '1' };

describe('the connection with a real Moodle', { skip: SKIP }, () => {
  const story = useMoodle();
  const { made } = story;
  const STUDENT = MOODLE.students[0];
  const own = (page, path = '') => `${new URL(page.url()).pathname.split('/administration')[0]}/administration${path}`;
  const to = (page, path) => page.goto(new URL(own(page, path), page.url()).href);
  const check = async () => JSON.parse(await story.service.command('platform', 'check', story.registration, '--format', 'json'));
  const bad = (findings) => findings.filter(({ verdict }) => verdict === 'bad').map(({ key }) => key);

  it('the health check is right before anybody opened anything, and after', async (t) => {
    await story.connect(t);
    const fresh = await check();
    assert.deepEqual(bad(fresh), []);
    assert.ok(fresh.some(({ key }) => key === 'context-none'));
    await story.add(t, [QUIZ]);
    const student = await story.as(t, STUDENT);
    const frame = await moodle.openActivity(student, made.get(QUIZ.title));
    await answer(frame, RIGHT);
    await submit(frame);
    await until('the grade', async () => (await moodle.ownGrade(student, made.get(QUIZ.title)))?.grade.startsWith('10.00'));
    const used = await check();
    t.diagnostic(used.map(({ verdict, key }) => `${verdict} ${key}`).join(', '));
    for (const key of ['line-items-read', 'members-read', 'token-granted', 'scopes-granted', 'configuration-same', 'clock-right', 'key-set-usable', 'deliveries-settled']) {
      assert.ok(used.some((finding) => finding.key === key && finding.verdict === 'ok'), `${key} is not found`);
    }

    const page = await story.administration(t);
    await page.getByRole('button', { name: within('administration-check', 'en') }).first().click();
    await page.getByRole('heading', { name: within('check-title', 'en') }).waitFor();
    await page.locator('main .notice').first().waitFor();
    const good = page.locator('main details');
    if (!(await good.evaluate((details) => details.open))) await good.locator('summary').click();
    await shot(page, 'moodle-health-check');
    await assertAccessible(page);
    await page.getByRole('link', { name: english('check-back') }).click();
    await shot(page, 'moodle-overview');
  });

  it('what is set otherwise in Moodle is found, with the menu that mends it', async (t) => {
    const page = await story.as(t, MOODLE.administrator);
    const looking = await story.administration(t);
    for (const [setting, key] of SET_OTHERWISE) {
      await moodle.openToolSettings(page, story.tool);
      await moodle.saveToolSettings(page, { ...AS_ASKED, ...setting });
      const failed = await story.service.command('platform', 'check', story.registration, '--format', 'json').catch((error) => error.stdout);
      const found = JSON.parse(failed).map((finding) => finding.key);
      assert.ok(found.includes(key), `${key} is not among ${found}`);
      if (key === 'scope-score-missing') {
        await to(looking, `/registrations/${story.registration}/check`);
        await looking.getByRole('button', { name: english('check-again') }).click();
        await looking.getByRole('heading', { name: english('check-section-bad') }).waitFor();
        await shot(looking, 'moodle-health-check-bad');
      }
    }
    await moodle.openToolSettings(page, story.tool);
    await moodle.saveToolSettings(page, AS_ASKED);
    assert.deepEqual(bad(await check()), []);
  });

  it('a test launch shows what Moodle sends', async (t) => {
    const page = await story.administration(t);
    await to(page, `/registrations/${story.registration}/test-launch`);
    await page.getByRole('button', { name: english('launch-test-begin') }).click();
    await page.getByText(within('launch-test-waits', 'en')).waitFor();
    await shot(page, 'moodle-test-launch-waits');
    const teacher = await story.as(t, MOODLE.teacher);
    const { given, family } = await moodle.profile(teacher);
    await (await moodle.openActivity(teacher, made.get(QUIZ.title))).locator('table.gradebook').waitFor();
    await page.getByRole('link', { name: english('launch-test-look') }).click();
    await page.getByRole('link', { name: within('launch-test-newest', 'en') }).click();
    await page.getByText(english('launch-accepted')).waitFor();
    const text = await page.locator('main').textContent();
    for (const name of [given, family, `${MOODLE.teacher.name}@`]) assert.ok(!text.includes(name), `${name} is kept`);
    await shot(page, 'moodle-test-launch');
    await assertAccessible(page);
  });

  it('a refused launch is kept, and judged again after it was mended', async (t) => {
    const page = await story.administration(t);
    const student = await story.as(t, STUDENT);
    // what somebody on the way makes of a launch
    await student.route('**/lti/launch', (route) => {
      const form = new URLSearchParams(route.request().postData());
      const [header, claims, signature] = form.get('id_token').split('.');
      const turned = signature[9] === 'A' ? 'B' : 'A';
      form.set('id_token', [header, claims, signature.slice(0, 9) + turned + signature.slice(10)].join('.'));
      return route.continue({ postData: form.toString() });
    });
    const frame = await moodle.openActivity(student, made.get(QUIZ.title));
    await frame.getByText('LTI-TOK-SIG').waitFor();
    await student.unroute('**/lti/launch');
    await seeFrame(student, frame, 'refused');
    const trace = (await frame.locator('dl.codes dd').last().textContent()).trim();
    const told = await story.service.command('doctor', 'launch', trace).catch((error) => error.stdout + error.stderr);
    t.diagnostic(told);
    assert.match(told, /LTI-TOK-SIG/);
    await to(page, '');
    await page.locator('.refusals .card', { hasText: trace }).getByRole('link').click();
    await page.getByText(within('launch-failed', 'en')).first().waitFor();
    await shot(page, 'moodle-refused-launch');
    const found = await check();
    assert.ok(found.some(({ key }) => key === 'refusal-last' || key === 'refusal-earlier'));
    await (await moodle.openActivity(student, made.get(QUIZ.title))).locator('.who').waitFor();
  });

  it('a new key is proven with Moodle, and grades go on', async (t) => {
    const told = await story.service.command('keys', 'rotate');
    t.diagnostic(told);
    const student = await story.as(t, MOODLE.students[1]);
    const frame = await moodle.openActivity(student, made.get(QUIZ.title));
    await answer(frame, RIGHT);
    await submit(frame);
    await until('the grade', async () => (await moodle.ownGrade(student, made.get(QUIZ.title)))?.grade.startsWith('10.00'));
    assert.ok((await check()).some(({ key }) => key === 'own-key-proven'));
    const page = await story.administration(t);
    await to(page, '/keys');
    await shot(page, 'moodle-keys');
  });

  it('"Update" in Moodle brings the same registration up to date', async (t) => {
    const invitation = await story.service.command('platform', 'invite', '--host', new URL(MOODLE.url).host);
    const page = await story.as(t, MOODLE.administrator);
    const choice = await moodle.beginRegistration(page, invitation);
    await see(page, 'update-or-new');
    await choice.getByRole('button', { name: 'Update' }).click();
    await choice.getByText(within('registration-known-title', 'en')).waitFor();
    await seeFrame(page, choice, 'update');
    await choice.getByRole('button', { name: english('registration-button') }).click();
    await choice.getByText(within('registration-updated-notice', 'en')).waitFor();
    await seeFrame(page, choice, 'updated');
    await choice.getByRole('button', { name: english('registration-close') }).click();
    assert.equal(JSON.parse(await story.service.command('platform', 'list', '--format', 'json')).length, 1);
    const frame = await moodle.openActivity(await story.as(t, STUDENT), made.get(QUIZ.title));
    await frame.getByText(english('delivery-delivered-badge')).waitFor();
    assert.deepEqual(bad(await check()), []);
  });

  it('a second registration of the same Moodle is joined, and the join undone', async (t) => {
    const invitation = await story.service.command('platform', 'invite', '--host', new URL(MOODLE.url).host);
    const page = await story.as(t, MOODLE.administrator);
    const choice = await moodle.beginRegistration(page, invitation);
    await choice.getByRole('button', { name: 'Register as a new external tool' }).click();
    await choice.getByText(within('registration-known-title', 'en')).waitFor();
    await story.register(page, choice);
    const second = await moodle.activateTool(page);
    assert.equal(JSON.parse(await story.service.command('platform', 'list', '--format', 'json')).length, 2);
    const teacher = await story.as(t, MOODLE.teacher);
    await moodle.openForm(teacher, second);
    await (await moodle.openPicker(teacher)).locator('.who').waitFor();

    const joins = await story.administration(t);
    await joins.getByRole('link', { name: english('joins-look') }).click();
    await joins.getByRole('button', { name: english('joins-join') }).waitFor();
    await shot(joins, 'moodle-joins');
    await joins.getByRole('button', { name: english('joins-join') }).click();
    await joins.getByText(english('joins-in-force')).waitFor();
    await shot(joins, 'moodle-joined');
    await joins.getByRole('button', { name: english('joins-undo') }).click();
    await joins.getByText(english('joins-undone')).first().waitFor();
    await (await moodle.openActivity(await story.as(t, STUDENT), made.get(QUIZ.title))).getByText(english('delivery-delivered-badge')).waitFor();
    await moodle.deleteTool(page, second);
  });

  it('everything is removed', (t) => story.removeAll(t));
});
