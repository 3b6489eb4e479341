// What browser tests share: a Chromium whose treatment of third-party cookies is known, pages that belong to one test,
// the accessibility check and screenshots. It leaves out the product (product.mjs) and every story.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** The two screens that every page is made for. */
export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };

/** How long one step in a page may take, in milliseconds. */
const STEP = 15_000;

/** How long one run of axe-core may take, in milliseconds. */
const AXE_LONGEST = 30_000;

/** What a page may need round a frame, in pixels. */
const ROUND_A_FRAME = 500;

const SCREENSHOTS = fileURLToPath(new URL('./screenshots/', import.meta.url));

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules of WCAG 2.0, 2.1 and 2.2, levels A and AA. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

const FLAGS = [
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Frames of other sites stay in their page's process: now and then the driver loses one that changes process while the
 * machine is busy. What cookies and messages do between sites is the same.
 */
const ONE_PROCESS = '--disable-site-isolation-trials';

/**
 * Browsers for the tests of the `describe` block in which this is called; they are closed after its last test.
 *
 * @returns {{ page: (t: import('node:test').TestContext, options?: PageOptions) => Promise<import('playwright-core').Page> }}
 *
 * @typedef {object} PageOptions
 * @property {'allowed' | 'partitioned' | 'blocked'} [cookies] What a frame from another site may keep: all cookies, only
 *   those with the attribute Partitioned (what Chromium does when third-party cookies are off, the default here), or none.
 * @property {typeof PHONE} [viewport] PHONE is a touch screen that honours the page's viewport tag. Default DESKTOP.
 * @property {boolean} [javaScript] Default true.
 * @property {string} [locale] What the browser asks for in Accept-Language. Default `vi-VN`.
 * @property {'light' | 'dark'} [colorScheme] Default light.
 * @property {string} [userAgent] What the browser calls itself, where a platform goes by it. Default its own.
 * @property {boolean} [ownProcesses] Each site has a process of its own, so that one page can die alone.
 * @property {boolean} [tolerant] Do not fail the test for script errors and breaches of the page's security policy.
 */
export function useBrowser() {
  const launched = new Map();
  after(async () => {
    for (const opening of launched.values()) await (await opening).close();
  });
  const browserFor = ({ cookies = 'partitioned', ownProcesses = false }) => {
    const kind = `${cookies} ${ownProcesses}`;
    if (!launched.has(kind)) launched.set(kind, launch(cookies, ownProcesses ? FLAGS : [...FLAGS, ONE_PROCESS]));
    return launched.get(kind);
  };
  return {
    async page(t, options = {}) {
      const { browser } = await browserFor(options);
      const context = await browser.newContext(contextOptions(options));
      context.setDefaultTimeout(STEP);
      const problems = options.tolerant ? [] : watch(context);
      t.after(async () => {
        // Node.js 18 does not tell
        if (t.error) await tellWhatShows(t, context);
        await context.close();
        assert.deepEqual(problems, [], 'the pages ran without script errors and kept to their security policy');
      });
      return context.newPage();
    },
  };
}

/** What stands in each page and frame that a failed test leaves, for those who were not there. */
async function tellWhatShows(t, context) {
  for (const frame of context.pages().flatMap((page) => page.frames())) {
    const reading = frame.locator('body').innerText({ timeout: 1000 });
    const words = await reading.catch((error) => `(${error.message.split('\n', 1)[0]})`);
    t.diagnostic(`shows ${frame.url()}: ${words.replaceAll(/\s+/g, ' ').slice(0, 600)}`);
  }
}

/** A screenshot of the whole page as it is now: screenshots/NAME-WIDTH.png. */
export async function screenshot(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const path = join(SCREENSHOTS, `${name}-${page.viewportSize().width}.png`);
  await onTallScreen(page, () => page.screenshot({ path, fullPage: true, animations: 'disabled' }));
}

/** Does something on a screen that holds the page and its frames whole: nothing that sticks to an edge covers anything. */
export async function onTallScreen(page, act) {
  const { width, height } = page.viewportSize();
  await page.waitForLoadState('load');
  await framesFit(page);
  const heights = page.frames().map((frame) => frame.evaluate(() => document.documentElement.scrollHeight));
  const [own, ...inner] = await Promise.all(heights);
  const tall = inner.length > 0 ? Math.max(own, ROUND_A_FRAME + Math.max(...inner)) : own;
  await page.setViewportSize({ width, height: Math.max(height, tall) });
  await framesFit(page);
  await act();
  await page.setViewportSize({ width, height });
}

/** Waits until each frame is laid out for the room that its element has: another process does that, in its own time. */
async function framesFit(page) {
  for (const frame of page.frames().filter((frame) => frame.parentFrame())) {
    const element = await frame.frameElement();
    const end = Date.now() + STEP;
    for (;;) {
      const room = await element.evaluate((node) => `${node.clientWidth} × ${node.clientHeight}`);
      const laidOut = await frame.evaluate(() => `${innerWidth} × ${innerHeight}`);
      if (room === laidOut) break;
      assert.ok(Date.now() < end, `${frame.url()} is laid out for ${laidOut} in a room of ${room}`);
    }
  }
}

/** Screenshots of the page in both widths; nothing may stick out to the side in either. */
export async function shot(page, name) {
  const before = page.viewportSize();
  for (const viewport of [PHONE, DESKTOP]) {
    await page.setViewportSize(viewport);
    await screenshot(page, name);
    await assertFits(page);
  }
  await page.setViewportSize(before);
}

/** The page at both widths: nothing sticks out, no rule is broken; with its screenshots. */
export async function inspect(page, name) {
  const before = page.viewportSize();
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    await assertFits(page);
    await assertAccessible(page);
  }
  await page.setViewportSize(before);
  await shot(page, name);
}

/** The page, or one frame of it, needs no scrolling to the side. */
export async function assertFits(page) {
  await page.waitForLoadState('load');
  const [content, room] = await page.evaluate(() => {
    const root = document.documentElement;
    return [root.scrollWidth, root.clientWidth];
  });
  assert.ok(content <= room, `${page.url()} is ${content} px wide on a screen of ${room} px`);
}

/** Presses Tab until the element has the focus, as far as a person would go. */
export async function tabTo(page, element, most = 100) {
  for (let presses = 0; presses < most; presses += 1) {
    if (await element.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reaches ${element}`);
}

/** Goes to a link or button by the Tab key and presses it. */
export async function press(page, element) {
  await element.waitFor();
  await tabTo(page, element);
  await page.keyboard.press('Enter');
}

/**
 * No rule of WCAG 2.2 A/AA that axe-core can see is broken in the page, or in one frame of it. Frames inside are not
 * looked into: hand over each one that is ours.
 */
export async function assertAccessible(page) {
  // Without its style nothing has its size yet.
  await page.waitForLoadState('load');
  const broken = await violations(page);
  assert.equal(broken.join('\n'), '', `${page.url()} breaks accessibility rules`);
}

/** What axe-core finds, one line for each broken rule and element; empty when all is well. Needs scripts in the page. */
export async function violations(page) {
  await page.evaluate(AXE);
  const running = page.evaluate(
    (tags) =>
      window.axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        // axe-core leaves this one off unless it is named
        rules: { 'target-size': { enabled: true } },
        iframes: false,
        resultTypes: ['violations'],
      }),
    WCAG,
  );
  const found = await within(AXE_LONGEST, running, 'axe-core does not end; are scripts off in this page?');
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.target.join(' ')}: ${node.failureSummary}`),
  );
}

function contextOptions({ viewport = DESKTOP, javaScript = true, locale = 'vi-VN', colorScheme = 'light', userAgent }) {
  const phone = viewport.width < 600;
  return {
    viewport,
    isMobile: phone,
    hasTouch: phone,
    javaScriptEnabled: javaScript,
    userAgent,
    locale,
    colorScheme,
    timezoneId: 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
  };
}

/** Collects what no page may do: throw in a script, or ask for something its own security policy forbids. */
function watch(context) {
  const problems = [];
  context.on('weberror', (error) => problems.push(`script error: ${error.error()}`));
  context.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && text.includes('Content Security Policy')) problems.push(text);
  });
  return problems;
}

/** `page.evaluate` waits for ever by itself. */
async function within(milliseconds, running, complaint) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(complaint)), milliseconds);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
    running.catch(() => {}); // it ends with its page, when nobody listens any more
  }
}

async function launch(cookies, flags) {
  const profile = mkdtempSync(join(tmpdir(), 'taynghe-browser-'));
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences(cookies)));
  // Only a browser started on a profile reads preferences; the contexts made from it take them over.
  const first = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    chromiumSandbox: process.getuid?.() !== 0,
    args: flags,
    timeout: 60_000,
  });
  const close = async () => {
    await first.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { browser: first.browser(), close };
}

/**
 * The flags and features for this change their names and their effect from release to release, and Chromium's default
 * differs by build; these preferences are what the settings page writes. cookies.test.mjs holds what they do.
 */
function preferences(cookies) {
  const blocked = { setting: 2 };
  const exceptions = {
    'http://127.0.0.1:*,http://localhost:*': blocked,
    'http://localhost:*,http://127.0.0.1:*': blocked,
  };
  return {
    profile: {
      cookie_controls_mode: cookies === 'allowed' ? 0 : 1,
      content_settings: { exceptions: { cookies: cookies === 'blocked' ? exceptions : {} } },
    },
  };
}

function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) return named;
  const usual = '/usr/bin/chromium';
  try {
    accessSync(usual, constants.X_OK);
    return usual;
  } catch {
    // not Debian's place
  }
  try {
    return execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
  } catch {
    throw new Error('there is no Chromium: install the package chromium, or name a browser in the variable CHROMIUM');
  }
}
