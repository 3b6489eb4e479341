// The practice platform's college as a test uses it: who is in it, and the ways from its pages into the service. What
// happens inside the service belongs to the stories.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** The numbers of people; the names are those that a Vietnamese reader sees. */
export const ADMINISTRATOR = { id: 2, name: 'Quản Trị Tập Dượt' };
export const INSTRUCTOR = { id: 3, name: 'Phạm Văn Mẫu' };
export const STUDENTS = [
  { id: 5, name: 'Nguyễn Thị Thử' },
  { id: 6, name: 'Trần Văn Ví Dụ' },
  { id: 7, name: 'Lê Minh Hoạ' },
  { id: 8, name: 'Đặng Giả Định' },
  { id: 9, name: 'Huỳnh Ngọc Diễn Tập' },
];

/** The course of the sample activity, and the activity's own number in it. */
export const COURSE = { id: 2, label: 'CNC101', title: 'Vận hành máy phay CNC cơ bản' };
export const SAMPLE = 3;

/** How long a story waits for what happens by itself, in milliseconds. */
const BY_ITSELF = 15_000;

/** Signs a person in on the practice platform, in place of whoever was; the course's page is open then. */
export async function signIn(page, demo, person, language = 'vi') {
  await page.goto(`${demo.open}?lang=${language}`);
  await page.locator(`form:has(input[name=user][value="${person.id}"]) .person`).click();
  await page.waitForURL('**/course/view.php*');
}

/** Opens an activity in the frame of its page; gives the frame's content. */
export async function openInFrame(page, demo, activity = SAMPLE) {
  await page.goto(`${demo.open}mod/lti/view.php?id=${activity}`);
  return page.frameLocator('#contentframe');
}

/** Opens an activity from the course's page in a new window; gives the window, when the service shows in it. */
export async function openInWindow(page, demo, activity = SAMPLE) {
  await page.goto(`${demo.open}course/view.php?id=${COURSE.id}`);
  const link = page.locator(`a[href*="launch.php?id=${activity}&"]`);
  const [opened] = await Promise.all([page.waitForEvent('popup'), link.click()]);
  await opened.waitForURL(`${demo.service}/s/**`);
  return opened;
}

/** The same in the page itself, as a phone does; works without JavaScript. */
export async function openHere(page, demo, activity = SAMPLE) {
  await page.goto(`${demo.open}mod/lti/launch.php?id=${activity}&container=window`);
  await goOnWithoutScript(page, demo);
}

/** Presses through the platform's self-posting forms when scripts are off; waits for the service either way. */
async function goOnWithoutScript(page, demo) {
  const button = page.locator('noscript button, form[id] > button');
  while (!page.url().startsWith(`${demo.service}/s/`)) {
    const arrived = page.waitForURL(`${demo.service}/s/**`).then(() => 'arrived');
    const pressed = button.waitFor({ state: 'visible' }).then(() => 'button');
    pressed.catch(() => {});
    arrived.catch(() => {});
    if ((await Promise.race([arrived, pressed])) === 'button') await button.click();
  }
}

/** The frame in which the service is shown, once its address matches. */
export async function serviceFrame(page, demo, path = '/s/') {
  const shows = (frame) => frame !== page.mainFrame() && frame.url().startsWith(demo.service + path);
  const later = page.waitForEvent('framenavigated', { predicate: shows });
  later.catch(() => {});
  return page.frames().find(shows) ?? later;
}

/** Loads the page again until `look` gives something other than null, undefined or false; gives that. */
export async function reloadUntil(page, what, look) {
  const end = Date.now() + BY_ITSELF;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < end, `not seen in ${BY_ITSELF / 1000} s: ${what}`);
    await page.reload();
  }
}

/** The right options of the sample quiz's questions, from its file: `{ q1: ['a'], … }`. */
export function rightAnswers() {
  const file = new URL('../../crates/starter-content/assessments/workshop-safety.json', import.meta.url);
  const { slots } = JSON.parse(readFileSync(file, 'utf8'));
  const right = ({ item }) => item.options.filter((option) => option.correct).map((option) => option.id);
  return Object.fromEntries(slots.map((slot) => [slot.id, right(slot)]));
}
