// What several stories do with quizzes: pick them for the course, take them, submit them.

import assert from 'node:assert/strict';
import { COURSE, openInWindow } from './college.mjs';
import { says } from './texts.mjs';

/** The tool's number on the practice platform. */
export const TOOL = 1;

/** Titles of the quizzes that the demo brings, in Vietnamese. */
export const TITLES = [
  'An toàn trong xưởng cắt gọt kim loại',
  'Đo bằng thước cặp',
  'Kỹ năng số: mật khẩu và lừa đảo trực tuyến',
  'Làm thử các dạng câu hỏi',
  'Thi thử nghề cắt gọt kim loại: phần 2 theo quy chế Đức',
];

/** Opens the platform's form for a new activity with the picker in its modal frame; gives the frame's content. */
export async function openPicker(page, demo) {
  await page.goto(`${demo.open}course/modedit.php?course=${COURSE.id}&type=${TOOL}`);
  await page.locator('#id_selectcontent').click();
  return page.frameLocator('#selectframe');
}

/** Ticks the quizzes with these titles in an open picker (a page or the content of a frame), and adds them. */
export async function pick(picker, titles) {
  for (const title of titles) {
    await picker.locator('.entry', { hasText: title }).locator('input[name=pick]').check();
  }
  await picker.getByRole('button', { name: says('picker-pick') }).click();
}

/** The instructor adds quizzes to the course, from the platform's form to its course page; gives the activities' numbers. */
export async function addQuizzes(page, demo, titles) {
  await page.goto(`${demo.open}course/view.php?id=${COURSE.id}`);
  const before = await activities(page);
  await pick(await openPicker(page, demo), titles);
  await saveForm(page);
  return (await activities(page)).filter((activity) => !before.includes(activity));
}

/** Presses "Save and return to course" once the platform's form knows what was picked. */
export async function saveForm(page) {
  await page.waitForURL('**/course/modedit.php*selection=*');
  await page.locator('#id_submitbutton').click();
  await page.waitForURL('**/course/view.php*');
}

/** The numbers of the activities on the course's page that is open, top to bottom. */
export async function activities(page) {
  const addresses = await page.locator('.card h3 a').evaluateAll((links) => links.map((link) => link.href));
  return addresses.map((address) => Number(new URL(address).searchParams.get('id')));
}

/** Does something in an attempt's page and waits until the service has acknowledged what its script sent. */
export async function saved(page, act) {
  const acknowledged = page.waitForResponse((answer) => answer.request().method() === 'PUT');
  await act();
  const answer = await acknowledged;
  assert.equal(answer.status(), 200, `saved: ${await answer.text()}`);
}

/** Presses "Start", or "Continue", on the activity's front; the questions are there then. */
export async function start(page, language = 'vi') {
  const names = ['attempt-start', 'attempt-start-again', 'attempt-continue'].map((key) => says(key, language).source);
  await page.getByRole('button', { name: new RegExp(names.join('|')) }).click();
  await page.locator('fieldset.question').first().waitFor();
}

/** The input of an option on an attempt's page. */
export function option(page, slot, id) {
  return page.locator(`input[name="answer/${slot}"][value="${id}"], input[name="answer/${slot}/${id}"]`);
}

/** Ticks options, `{ q1: ['a'], … }`, and waits until all are acknowledged. */
export async function answer(page, answers) {
  for (const [slot, ids] of Object.entries(answers)) {
    for (const id of ids) await saved(page, () => option(page, slot, id).check());
  }
}

/** From the questions through the page that asks "Submit?" to the review. */
export async function submit(page) {
  await page.getByRole('button', { name: says('attempt-to-submit') }).click();
  await page.getByRole('button', { name: says('attempt-submit') }).click();
  await page.getByRole('heading', { name: says('attempt-result') }).waitFor();
}

/** A student opens an activity in a window, answers and submits; gives the window with the review. */
export async function takeQuiz(page, demo, answers, activity = undefined) {
  const window = await openInWindow(page, demo, activity);
  await start(window);
  await answer(window, answers);
  await submit(window);
  return window;
}
