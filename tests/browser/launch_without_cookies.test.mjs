// Stories of activities that open although the browser keeps no cookies of frames: by one tap, by its own storage, by
// the platform's, in a window by a ticket; and of forms and tickets that somebody else sends. What the service judges
// without a browser stands in tests/it/launch_without_cookies.rs.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { SAMPLE, STUDENTS, openInFrame, serviceFrame, signIn } from './college.mjs';
import { KEEPS_STORAGE, KEEPS_WHAT_IS_ALLOWED, answerStorageAccess, useForgetfulDemo } from './frames.mjs';
import { PHONE, assertAccessible, shot, useBrowser } from './harness.mjs';
import { freePort, startDemo, useDemo } from './product.mjs';
import { start } from './quizzes.mjs';
import { says } from './texts.mjs';

const [STUDENT, OTHER] = STUDENTS;

/** What the platform's page does badly. */
const FAULTS = ['silent', 'error', 'other-id', 'other-key', 'other-origin', 'twice', 'late'];

const windowButton = (frame) => frame.getByRole('button', { name: says('login-window-button') });
const hereButton = (frame) => frame.getByRole('button', { name: says('login-here-button') });

async function openedBy(page, button) {
  const [window] = await Promise.all([page.waitForEvent('popup'), button.click()]);
  return window;
}

async function openWithStorage(page, demo, storage) {
  await page.goto(`${demo.open}mod/lti/view.php?id=${SAMPLE}&storage=${storage}`);
  return page.frameLocator('#contentframe');
}

async function showsWhose(window, demo, student = STUDENT) {
  await window.waitForURL(`${demo.service}/s/**`);
  assert.equal(await window.locator('.who .name').textContent(), student.name);
}

describe('a frame whose cookies are blocked', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('asks once, says that the browser said no, and offers the window', async (t) => {
    const page = await browser.page(t, { cookies: 'blocked', viewport: PHONE });
    await signIn(page, demo, STUDENT);
    const frame = await openInFrame(page, demo);
    await hereButton(frame).waitFor();
    const content = await serviceFrame(page, demo, '/lti/login');
    await assertAccessible(content);
    await shot(page, 'launch-choice');
    await hereButton(frame).click();
    await frame.getByText(says('login-here-denied-title')).waitFor();
    assert.equal(await hereButton(frame).count(), 0);
    await assertAccessible(content);
    await shot(page, 'launch-choice-denied');
    await showsWhose(await openedBy(page, windowButton(frame)), demo);
  });

  it('does not believe a yes that brings no cookies', async (t) => {
    const page = await browser.page(t, { cookies: 'blocked' });
    await answerStorageAccess(page, demo, 'granted');
    await signIn(page, demo, STUDENT);
    const frame = await openInFrame(page, demo);
    await hereButton(frame).click();
    await frame.getByText(says('login-here-denied-title')).waitFor();
    await showsWhose(await openedBy(page, windowButton(frame)), demo);
  });

  it('goes on by the storage of the platform, and opens a window', async (t) => {
    const page = await browser.page(t, { cookies: 'blocked' });
    await signIn(page, demo, STUDENT);
    const frame = await openWithStorage(page, demo, 'on');
    await frame.getByRole('heading', { name: says('login-ticket-title') }).waitFor();
    assert.deepEqual(await page.evaluate(() => window.storageMessages), ['capabilities', 'put', 'get']);
    assert.equal(await frame.locator('.who').count(), 0, 'nobody is named in the frame');
    await assertAccessible(await serviceFrame(page, demo, '/lti/launch'));
    await shot(page, 'launch-ticket');
    await showsWhose(await openedBy(page, windowButton(frame)), demo);
    await frame.getByText(says('login-window-continued-title')).waitFor();
  });

  it('is not concerned by the platform’s storage while cookies come', async (t) => {
    for (const cookies of ['partitioned', 'allowed']) {
      const page = await browser.page(t, { cookies });
      await signIn(page, demo, STUDENT);
      const frame = await openWithStorage(page, demo, 'on');
      assert.equal(await frame.locator('.who .name').textContent(), STUDENT.name);
      assert.deepEqual(await page.evaluate(() => window.storageMessages), [], cookies);
    }
  });

  for (const fault of FAULTS) {
    for (const message of ['capabilities', 'put']) {
      if (message === 'capabilities' && fault === 'other-key') continue; // it names no key
      it(`offers the window when the platform answers ${message} badly: ${fault}`, async (t) => {
        const page = await browser.page(t, { cookies: 'blocked' });
        await signIn(page, demo, STUDENT);
        const frame = await openWithStorage(page, demo, `${message}:${fault}`);
        await showsWhose(await openedBy(page, windowButton(frame)), demo);
      });
    }
    it(`opens nothing when the platform answers get badly: ${fault}`, async (t) => {
      const page = await browser.page(t, { cookies: 'blocked' });
      await signIn(page, demo, STUDENT);
      const frame = await openWithStorage(page, demo, `get:${fault}`);
      await frame.getByRole('heading', { name: says('problem-lti-sta-browser') }).waitFor();
      assert.equal(await frame.locator('form, button').count(), 0);
    });
  }
});

describe('a browser that keeps the storage of frames and no cookies', () => {
  const browser = useBrowser();
  const demo = useForgetfulDemo(KEEPS_STORAGE);
  const evil = useForeignSite();

  // up to the page with the ticket
  async function proven(t, options) {
    const page = await browser.page(t, { cookies: 'allowed', ...options });
    await answerStorageAccess(page, demo, 'granted');
    await signIn(page, demo, STUDENT);
    const frame = await openInFrame(page, demo);
    await frame.getByRole('heading', { name: says('login-ticket-title') }).waitFor();
    return { page, frame, ticket: frame.locator('input[name=ticket]') };
  }

  it('proves itself by its own storage, and a window opens once', async (t) => {
    const { page, frame } = await proven(t, { viewport: PHONE });
    const kept = await (await serviceFrame(page, demo, '/lti/launch')).evaluate(() => localStorage.length);
    assert.equal(kept, 0, 'the secret is taken out');
    const window = await openedBy(page, windowButton(frame));
    await showsWhose(window, demo);
    await start(window);
    const asked = page.waitForResponse(`${demo.service}/lti/launch/ticket`);
    await windowButton(frame).click();
    assert.equal((await asked).status(), 400, 'there is nothing left to open');
    await window.locator('.who').waitFor();
    assert.match(window.url(), /\/s\/[^/]+\/attempts\//, 'the window is left alone');
  });

  it('refuses a ticket that is posted again', async (t) => {
    const { page, frame, ticket } = await proven(t);
    const used = await ticket.inputValue();
    const window = await openedBy(page, windowButton(frame));
    await showsWhose(window, demo);
    const answer = await window.evaluate(async (value) => {
      const body = new URLSearchParams({ ticket: value });
      const replayed = await fetch('/lti/launch/open', { method: 'POST', body, headers: { accept: 'application/json' } });
      return [replayed.status, (await replayed.json()).code];
    }, used);
    assert.deepEqual(answer, [400, 'LTI-STA-TICKET']);
  });

  it('gives a reader who takes their time a new ticket, and says when it is too late', async (t) => {
    const page = await browser.page(t, { cookies: 'allowed' });
    await page.clock.install();
    await answerStorageAccess(page, demo, 'granted');
    await signIn(page, demo, STUDENT);
    const frame = await openInFrame(page, demo);
    const field = frame.locator('input[name=ticket]');
    const first = await field.inputValue();
    const renewed = page.waitForResponse(`${demo.service}/lti/launch/ticket`);
    await page.clock.fastForward(41_000);
    const { ticket } = await (await renewed).json();
    assert.notEqual(ticket, first);
    await frame.locator(`input[name=ticket][value="${ticket}"]`).waitFor({ state: 'attached' });
    await showsWhose(await openedBy(page, windowButton(frame)), demo);
  });

  it('refuses a ticket that another site posts, and keeps it good', async (t) => {
    const { page, frame, ticket } = await proven(t);
    const victim = await browser.page(t, { cookies: 'allowed' });
    await evil.post(victim, `${demo.service}/lti/launch/open`, { ticket: await ticket.inputValue() });
    await victim.getByRole('heading', { name: says('problem-lti-sta-ticket') }).waitFor();
    assert.deepEqual(await cookiesOf(victim, demo), [], 'the refusal sets none');
    await showsWhose(await openedBy(page, windowButton(frame)), demo);
  });

  it('refuses a form that was begun in another browser, also with everything that stands in it', async (t) => {
    const attacker = await browser.page(t, { cookies: 'allowed' });
    await answerStorageAccess(attacker, demo, 'granted');
    await signIn(attacker, demo, OTHER);
    const posted = new Promise((done) => {
      attacker.route('**/lti/launch', (route) => {
        done(Object.fromEntries(new URLSearchParams(route.request().postData())));
        return route.abort();
      });
    });
    await openInFrame(attacker, demo);
    const form = await posted;
    assert.ok(form.id_token && form.state);

    const victim = await browser.page(t, { cookies: 'allowed' });
    await signIn(victim, demo, STUDENT);
    await evil.post(victim, `${demo.service}/lti/launch`, form);
    await victim.getByRole('heading', { name: says('problem-lti-sta-browser') }).waitFor();
    assert.equal(await victim.locator('.who').count(), 0);
    assert.deepEqual(await cookiesOf(victim, demo), []);
  });
});

describe('a browser that keeps cookies of frames only while the reader allows it', () => {
  const browser = useBrowser();
  const demo = useForgetfulDemo(KEEPS_WHAT_IS_ALLOWED);

  it('opens the activity in the frame once they were allowed', async (t) => {
    const page = await browser.page(t, { cookies: 'partitioned' });
    await signIn(page, demo, STUDENT);
    const choice = await openInFrame(page, demo);
    await hereButton(choice).waitFor();
    await answerStorageAccess(page, demo, 'granted');
    await hereButton(choice).click();
    const activity = page.frameLocator('#contentframe');
    await activity.locator('.who .name').waitFor();
    assert.equal(await activity.locator('.who .name').textContent(), STUDENT.name);
    await start(activity);
    assert.equal(page.context().pages().length, 1, 'no window opened');

    // The browser knows the answer: nobody is asked again.
    const again = await openInFrame(page, demo);
    await again.locator('.who .name').waitFor();
  });
});

describe('a service under the platform’s own host name', () => {
  const browser = useBrowser();
  const demo = {};
  let stop;
  before(async () => {
    const port = await freePort();
    const service = `http://127.0.0.1:${port}`;
    const started = await startDemo({ port, env: { TAYNGHE_PUBLIC_URL: service } });
    stop = started.stop;
    Object.assign(demo, started, { service });
  });
  after(() => stop?.());

  for (const cookies of ['allowed', 'partitioned', 'blocked']) {
    it(`needs nothing of this, cookies of other sites ${cookies}`, async (t) => {
      const page = await browser.page(t, { cookies });
      await signIn(page, demo, STUDENT);
      const activity = await openInFrame(page, demo);
      assert.equal(await activity.locator('.who .name').textContent(), STUDENT.name);
    });
  }
});

async function cookiesOf(page, demo) {
  return (await page.context().cookies(demo.service)).map(({ name }) => name).filter((name) => name.includes('taynghe'));
}

/** A site of somebody else, whose page posts a form. */
function useForeignSite() {
  const site = {
    post: async (page, action, fields) => {
      await page.goto(`${site.address}/`);
      await page.evaluate(
        ([address, pairs]) => {
          const form = Object.assign(document.createElement('form'), { method: 'post', action: address });
          for (const [name, value] of pairs) form.append(Object.assign(document.createElement('input'), { name, value }));
          document.body.append(form);
          form.submit();
        },
        [action, Object.entries(fields)],
      );
    },
  };
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end('<!doctype html><title>another site</title>');
  });
  before(async () => {
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    site.address = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return site;
}
