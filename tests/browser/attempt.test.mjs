// Stories of taking a quiz: by keyboard on a phone, without scripts, without a network, in two tabs, against the clock.
// How its answers become a grade in the course stands in grade.test.mjs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { STUDENTS, openHere, openInWindow, signIn } from './college.mjs';
import { PHONE, assertAccessible, assertFits, tabTo, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { answer, option, saved, start, submit } from './quizzes.mjs';
import { says, within } from './texts.mjs';

/** How many orders of the questions the focus is led through: among fewer, none may cut a control off by part of a pixel. */
const ORDERS = 6;

// A story that fails leaves an attempt open: each one has a student of its own, and the college has five.

/** How often somebody presses Tab to get from one end of the attempt to the other. */
const MOST_TABS = 120;

describe('an attempt', () => {
  const browser = useBrowser();
  const demo = useDemo();
  const attempt = (t, student) => attemptOf(t, browser, demo, student);

  it('is taken by keyboard alone on a phone, from start to result', async (t) => {
    const page = await browser.page(t, { viewport: PHONE });
    await signIn(page, demo, STUDENTS[0]);
    await openHere(page, demo);
    await assertAccessible(page);
    await tabTo(page, page.getByRole('button', { name: says('attempt-start') }), MOST_TABS);
    await page.keyboard.press('Enter');
    await page.locator('fieldset.question').first().waitFor();
    await assertFits(page);
    await assertAccessible(page);

    const questions = await page.locator('fieldset.question').all();
    for (const question of questions) {
      const choices = question.locator('.choice input');
      await tabTo(page, choices.first(), MOST_TABS);
      await assertInSight(page);
      await saved(page, () => page.keyboard.press('Space'));
      if ((await choices.first().getAttribute('type')) === 'radio') {
        await saved(page, () => page.keyboard.press('ArrowDown'));
        assert.ok(await choices.nth(1).isChecked());
      } else {
        await page.keyboard.press('Tab');
        await saved(page, () => page.keyboard.press('Space'));
        assert.equal(await question.locator('.choice :checked').count(), 2);
      }
    }
    const flag = questions.at(-1).locator('.flag input');
    await tabTo(page, flag, MOST_TABS);
    await saved(page, () => page.keyboard.press('Space'));
    assert.match(await page.locator('#tally').textContent(), within('attempt-tally', 'vi', `${questions.length}`));
    await tabTo(page, page.getByRole('button', { name: says('attempt-to-submit') }), MOST_TABS);
    await page.keyboard.press('Enter');

    const last = page.getByRole('button', { name: says('attempt-submit') });
    await last.waitFor();
    await page.getByText(says('attempt-flagged')).waitFor();
    await assertAccessible(page);
    await tabTo(page, last, MOST_TABS);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: says('attempt-result') }).waitFor();
    await assertFits(page);
    await assertAccessible(page);
  });

  it('works without JavaScript: saved, shown again, confirmed, submitted, reviewed', async (t) => {
    const page = await browser.page(t, { javaScript: false, viewport: PHONE });
    await signIn(page, demo, STUDENTS[1]);
    await openHere(page, demo);
    await start(page);
    await page.getByText(says('attempt-no-script')).waitFor();
    await option(page, 'q1', 'a').check();
    await option(page, 'q3', 'a').check();
    await option(page, 'q3', 'b').check();
    await page.locator('[name="flag/q3"]').check();
    await page.getByRole('button', { name: says('attempt-save') }).click();
    await page.locator('#saved').getByText(within('attempt-saved-at')).waitFor();
    for (const [slot, id] of [['q1', 'a'], ['q3', 'a'], ['q3', 'b']]) {
      assert.ok(await option(page, slot, id).isChecked(), `${slot} ${id} is shown again`);
    }
    assert.equal(await page.locator('.choice :checked').count(), 3);

    await option(page, 'q3', 'b').uncheck();
    await option(page, 'q2', 'false').check();
    await page.getByRole('button', { name: says('attempt-to-submit') }).click();
    const open = page.locator('.open-questions li');
    await open.first().waitFor();
    assert.equal(await open.count(), 8, 'seven are not answered, one is flagged');
    await open.first().getByRole('link').click();
    await page.locator('fieldset.question').first().waitFor();
    assert.ok(await option(page, 'q2', 'false').isChecked());
    assert.ok(!(await option(page, 'q3', 'b').isChecked()));
    await page.getByRole('button', { name: says('attempt-to-submit') }).click();
    await page.getByRole('button', { name: says('attempt-submit') }).click();
    await page.getByRole('heading', { name: says('attempt-result') }).waitFor();
    assert.equal(await page.locator('.reviewed.chosen').count(), 3);
    await assertFits(page);
  });

  it('keeps each answer at once, and a reload shows it again', async (t) => {
    const page = await attempt(t, STUDENTS[2]);
    await answer(page, { q1: ['a'], q3: ['a', 'b'] });
    await saved(page, () => page.locator('[name="flag/q5"]').check());
    await page.locator('#q-1, [data-slot=q1]').getByText(within('attempt-saved-at')).first().waitFor();
    await page.reload();
    assert.deepEqual(await chosen(page), ['q1 a', 'q3 a', 'q3 b']);
    assert.ok(await page.locator('[name="flag/q5"]').isChecked());

    await saved(page, () => option(page, 'q3', 'a').uncheck());
    await saved(page, () => page.locator('[name="flag/q5"]').uncheck());
    await page.reload();
    assert.deepEqual(await chosen(page), ['q1 a', 'q3 b']);
    assert.ok(!(await page.locator('[name="flag/q5"]').isChecked()));
    await submit(page);
  });

  it('keeps what is ticked before the scripts have come over a weak line', async (t) => {
    const page = await attempt(t, STUDENTS[3]);
    await saved(page, () => option(page, 'q2', 'true').check());
    let arrive;
    const ticked = new Promise((done) => {
      arrive = done;
    });
    await page.route('**/static/attempt.*.js', (route) => ticked.then(() => route.continue()));
    await page.goto(page.url(), { waitUntil: 'commit' });
    await option(page, 'q1', 'a').check();
    await option(page, 'q2', 'false').check();
    await page.locator('[name="flag/q2"]').check();
    await saved(page, arrive);
    await page.reload();
    assert.deepEqual(await chosen(page), ['q1 a', 'q2 false']);
    assert.ok(await page.locator('[name="flag/q2"]').isChecked());
    await submit(page);
  });

  it('in two tabs is written by one at a time: the other says so, and may take over', async (t) => {
    const first = await attempt(t, STUDENTS[4]);
    const second = await first.context().newPage();
    await second.goto(first.url());
    await answer(first, { q4: ['a'] });

    await option(second, 'q5', 'a').check();
    await second.locator('[data-notice=elsewhere]').waitFor();
    await assertAccessible(second);
    const reloaded = second.waitForEvent('load');
    await second.locator('#take-over').click();
    await reloaded;
    assert.ok(await option(second, 'q4', 'a').isChecked(), 'what the first tab saved is shown');
    assert.ok(await option(second, 'q5', 'a').isChecked(), 'what was refused before is saved');

    await option(first, 'q6', 'a').check();
    await first.locator('[data-notice=elsewhere]').waitFor();
    await answer(second, { q7: ['a'] });
  });

});

describe('an attempt on a bad day', () => {
  const browser = useBrowser();
  const demo = useDemo();
  const attempt = (t, student) => attemptOf(t, browser, demo, student);

  it('goes on without a network, and sends everything when it is back', async (t) => {
    const page = await attempt(t, STUDENTS[0]);
    await answer(page, { q1: ['a'] });
    await page.context().setOffline(true);
    await option(page, 'q2', 'false').check();
    await page.locator('[data-notice=offline]').waitFor();
    await option(page, 'q4', 'b').check();
    await page.getByText(says('attempt-kept')).waitFor();
    await assertFits(page);
    await page.context().setOffline(false);
    await page.locator('[data-slot=q4] [data-saved]').getByText(within('attempt-saved-at')).waitFor();
    assert.ok(await page.locator('[data-notice=offline]').isHidden());
    await page.reload();
    assert.deepEqual(await chosen(page), ['q1 a', 'q2 false', 'q4 b']);
  });

  it('a tab that dies without a network loses nothing: the next one finds its answers and sends them', async (t) => {
    const page = await attemptOf(t, browser, demo, STUDENTS[1], { ownProcesses: true });
    await answer(page, { q1: ['a'] });
    await page.context().setOffline(true);
    await option(page, 'q5', 'c').check();
    await page.locator('[data-notice=offline]').waitFor();
    const next = await page.context().newPage();
    await crash(page);

    await next.context().setOffline(false);
    await signIn(next, demo, STUDENTS[1]);
    const window = await openInWindow(next, demo);
    const sent = window.waitForResponse((reply) => reply.request().method() === 'PUT' && reply.ok());
    await start(window);
    await sent;
    await window.reload();
    assert.deepEqual(await chosen(window), ['q1 a', 'q5 c']);

    // another browser knows only what reached the service, and that is all of it
    const elsewhere = await attempt(t, STUDENTS[1]);
    assert.deepEqual(await chosen(elsewhere), ['q1 a', 'q5 c']);
  });

  it('counts down by the service’s time, warns, and submits itself when time is up', async (t) => {
    const page = await browser.page(t);
    await page.clock.install();
    await signIn(page, demo, STUDENTS[2]);
    await openHere(page, demo);
    await start(page);
    const shown = await page.locator('#clock').textContent();
    const [minutes] = shown.split(':').map(Number);
    assert.ok(minutes === 19 || minutes === 20, `${minutes} minutes of twenty`);
    // the page came with this text; it counts once the script has come, too
    await page.locator('#clock', { hasNotText: shown }).waitFor();
    await page.clock.fastForward('15:30');
    await page.locator('.clock.short').waitFor();
    await page.locator('#announce').getByText(within('attempt-minutes-left', 'vi', '5')).waitFor({ state: 'attached' });
    await answer(page, { q1: ['a'] });
    // an acknowledgement sets the clock to what the service says
    await page.locator('#clock', { hasText: /^(19|20):/ }).waitFor();
    // the page asks before it ends; the service's own clock cannot be moved, so its last word is put in its mouth
    const over = { acknowledged: 1, server_time: new Date().toISOString(), remaining_seconds: 0 };
    await page.route('**/entries', (route) => route.fulfill({ json: over }));
    await page.clock.fastForward('20:30');
    await page.getByRole('heading', { name: says('attempt-result') }).waitFor();
    assert.equal(await page.locator('.reviewed.chosen').count(), 1);
  });

  it('submitted in one tab is over in the other, which says so', async (t) => {
    const page = await attempt(t, STUDENTS[3]);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await submit(page);
    await option(other, 'q1', 'a').check();
    await other.locator('[data-notice=closed]').waitFor();
    await other.reload();
    await other.getByRole('heading', { name: says('attempt-result') }).waitFor();
  });

});

describe('the page of an attempt', () => {
  const browser = useBrowser();
  const demo = useDemo();
  const attempt = (t, student) => attemptOf(t, browser, demo, student);

  for (const [language, student, text] of [['vi', STUDENTS[2], '100%'], ['de', STUDENTS[3], '100%'], ['vi', STUDENTS[4], '200%']]) {
    it(`keeps the focus in sight in any order of the questions: ${language}, text at ${text}`, async (t) => {
      const page = await browser.page(t, { viewport: PHONE });
      await signIn(page, demo, student, language);
      await openHere(page, demo);
      await start(page, language);
      await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), text);
      const random = numbers(7);
      for (let order = 0; order < ORDERS; order += 1) {
        await reorder(page, random);
        await assertFocusInSight(page, 'Tab', `order ${order}`);
        await assertFocusInSight(page, 'Shift+Tab', `order ${order} backwards`);
      }
    });
  }

  it('hashes its entries as the service does', async (t) => {
    const file = new URL('../data/entry-hashes.json', import.meta.url);
    const { vectors } = JSON.parse(readFileSync(file, 'utf8'));
    const page = await attempt(t, STUDENTS[0]);
    const computed = await page.evaluate(async (entries) => {
      const link = document.querySelector('link[rel=modulepreload][href*="entry-log"]');
      const { canonicalForm, hashOf } = await import(link.href);
      return Promise.all(
        entries.map(async ({ device_at_ms, ...entry }) => {
          const read = { ...entry, device_at: device_at_ms };
          return { name: entry.name, canonical: canonicalForm(read), hash: await hashOf(read) };
        }),
      );
    }, vectors);
    assert.ok(vectors.length > 5);
    assert.deepEqual(computed, vectors.map(({ name, canonical, hash }) => ({ name, canonical, hash })));
  });

  it('weighs at most 40 KB on the first visit and 12 KB on the next', async (t) => {
    const page = await attempt(t, STUDENTS[1]);
    // scripts of this page may still be on their way when its questions stand there
    await page.waitForLoadState('networkidle');
    const weigh = await scale(page);
    const first = await weigh(async () => {
      await page.goto('about:blank');
      return page.url();
    });
    assert.equal(first.bytes, 0);
    await page.goBack();
    const address = page.url();
    const client = await page.context().newCDPSession(page);
    await client.send('Network.clearBrowserCache');
    const fresh = await weigh(() => page.goto(address, { waitUntil: 'networkidle' }));
    const repeated = await weigh(() => page.goto(address, { waitUntil: 'networkidle' }));
    const questions = await page.locator('fieldset.question').count();
    t.diagnostic(`${questions} questions: ${fresh.bytes} bytes in ${fresh.requests} requests, then ${repeated.bytes} in ${repeated.requests}`);
    assert.ok(fresh.requests >= 4, 'page, style and scripts were loaded');
    assert.ok(fresh.bytes <= 40 * 1024, `${fresh.bytes} bytes`);
    assert.ok(repeated.bytes <= 12 * 1024, `${repeated.bytes} bytes`);
  });
});

/** A student's attempt in a window of a new browser. */
async function attemptOf(t, browser, demo, student, options = {}) {
  const page = await browser.page(t, options);
  await signIn(page, demo, student);
  const window = await openInWindow(page, demo);
  await start(window);
  return window;
}

/** What has the focus is in sight as soon as it has it: whole, with its words where the screen holds them, and not under the bar. */
async function assertInSight(page, when = 'the focus') {
  const seen = await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const focused = document.activeElement;
    const bar = document.querySelector('.statusbar');
    if (bar.contains(focused)) return null;
    const { top, bottom } = bar.getBoundingClientRect();
    const from = getComputedStyle(bar).position === 'sticky' && top <= 0.5 ? bottom : 0;
    const words = (focused.closest('label') ?? focused).getBoundingClientRect();
    // with the outline and the margins that scrolling keeps
    const whole = words.height <= innerHeight - from - 80 ? words : focused.getBoundingClientRect();
    const name = focused.name || focused.textContent.trim();
    return { name, from, top: whole.top, bottom: whole.bottom, to: innerHeight };
  });
  assert.ok(seen === null || (seen.top >= seen.from && seen.bottom <= seen.to), `${when} is in sight: ${JSON.stringify(seen)}`);
}

/** Leads the focus through all that an attempt's form has, in one direction, and looks at each step. */
async function assertFocusInSight(page, key, when) {
  const reachable = '#attempt :is(input:not([type=hidden]), a, button)';
  const steps = await page.evaluate(
    ([selector, backwards]) => {
      const all = [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
      all.at(backwards ? -1 : 0).focus();
      // of the radio buttons of one question Tab reaches one
      const stops = all.filter((element) => element.type !== 'radio');
      return stops.length + document.querySelectorAll('.question:has([type=radio])').length - 1;
    },
    [reachable, key !== 'Tab'],
  );
  assert.ok(steps > 30, `${steps} steps`);
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press(key);
    await assertInSight(page, `${when}, step ${step}`);
  }
}

/** The same numbers from 0 to 1 in each run. */
function numbers(seed) {
  let last = seed;
  return () => {
    last = (last * 1_103_515_245 + 12_345) % 2_147_483_648;
    return last / 2_147_483_648;
  };
}

/** The questions as another seed would order them. */
async function reorder(page, random) {
  const questions = await page.locator('.question').count();
  const keys = Array.from({ length: questions }, random);
  await page.evaluate((ranks) => {
    const list = document.querySelector('.questions');
    const ranked = [...list.children].map((question, index) => [ranks[index], question]);
    for (const [, question] of ranked.sort(([one], [other]) => one - other)) list.append(question);
  }, keys);
}

/** What is ticked on an attempt's page, as "q3 a", in the order of the quiz. */
async function chosen(page) {
  const names = await page.locator('.choice input:checked').evaluateAll((inputs) =>
    inputs.map((input) => `${input.name.split('/')[1]} ${input.dataset.option ?? input.value}`),
  );
  return names.sort();
}

/** Ends a page as a killed browser does: none of its handlers run. */
async function crash(page) {
  const gone = page.waitForEvent('crash');
  page.goto('chrome://crash').catch(() => {});
  await gone;
  await page.close();
}

/** Sums up what moves over the network while something is done, headers included. */
async function scale(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  let sum = { bytes: 0, requests: 0 };
  client.on('Network.loadingFinished', ({ encodedDataLength }) => {
    if (encodedDataLength > 0) sum = { bytes: sum.bytes + encodedDataLength, requests: sum.requests + 1 };
  });
  return async (act) => {
    sum = { bytes: 0, requests: 0 };
    await act();
    return sum;
  };
}
