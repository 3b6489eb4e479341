// What people do with single grades and columns in the gradebook of a real Moodle 4.5, in English, beyond moodle.mjs:
// opening the work behind a grade, unlocking, deleting and rescaling columns, and who is suspended.

import { MOODLE, openGrader } from './moodle.mjs';

const address = (path) => `${MOODLE.url}${path}`;

/** "Grade analysis" in the menu of a student's cell, in the grader report; gives the content of the frame that opens. */
export async function analyse(page, activity, student) {
  await page.goto(address(`/grade/report/grader/index.php?id=${MOODLE.course}`));
  const cell = page.locator(`#u${student.id}i${await itemOf(page, activity)}`);
  await cell.locator('.cellmenubtn').click();
  await page.getByRole('menuitem', { name: 'Grade analysis' }).click();
  return page.frameLocator('#contentframe');
}

/** "Grade analysis" in a student's own gradebook; gives the content of the frame that opens. */
export async function analyseOwn(page, activity) {
  await page.goto(address(`/grade/report/user/index.php?id=${MOODLE.course}`));
  const row = page.locator('table.user-grade tr', { has: page.locator(`a[href$="/mod/lti/view.php?id=${activity}"]`) });
  await row.locator('td.column-grade [data-toggle=dropdown]').click();
  await page.getByRole('menuitem', { name: 'Grade analysis' }).click();
  return page.frameLocator('#contentframe');
}

/**
 * Asks for somebody's work by the address of the frame's content, which Moodle signs for anybody; Taynghe then has the
 * whole window.
 */
export async function analyseByAddress(page, activity, student) {
  await page.goto(address(`/mod/lti/launch.php?id=${activity}&triggerview=0&action=gradeReport&user=${student.id}`));
  await page.locator('main').waitFor();
}

/** The number of the activity's column in the open grader report. */
export async function itemOf(page, activity) {
  const header = page.locator('#user-grades th[data-itemid]', {
    has: page.locator(`a[href$="/mod/lti/view.php?id=${activity}"]`),
  });
  return header.first().getAttribute('data-itemid');
}

/** The numbers of the columns with this name, activities' columns included. */
export async function columnsNamed(page, name, course = MOODLE.course) {
  await page.goto(address(`/grade/edit/tree/index.php?id=${course}`));
  const rows = page.locator('tr.item', { hasText: name });
  return rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-itemid') ?? row.id));
}

/** Deletes the columns with this name that belong to no activity. */
export async function deleteColumns(page, name, course = MOODLE.course) {
  for (const id of await columnsNamed(page, name, course)) {
    const item = id.replace(/\D/g, '');
    const key = await page.evaluate(() => window.M.cfg.sesskey);
    await page.goto(address(`/grade/edit/tree/index.php?id=${course}&action=delete&confirm=1&eid=ig${item}&sesskey=${key}`));
  }
}

/** Takes the lock off one student's grade. */
export async function unlock(page, activity, student) {
  await openGrader(page);
  const cell = page.locator(`#u${student.id}i${await itemOf(page, activity)}`);
  await page.goto(await cell.locator('a[href*="action=unlock"]').getAttribute('href'));
}

/** Sets the activity's maximum grade in its settings, which Moodle allows until somebody has a grade. */
export async function setMaximum(page, activity, maximum) {
  await page.goto(address(`/course/modedit.php?update=${activity}`));
  const expand = page.locator('.collapseexpand.collapsed');
  if (await expand.count()) await expand.first().click();
  await page.fill('[name="grade[modgrade_point]"]', String(maximum));
  const back = page.waitForURL('**/course/view.php*');
  await page.locator('#id_submitbutton2').click();
  await back;
}

/** Sets the maximum grade of the column with this name that belongs to no activity, and has grades rescaled. */
export async function setColumnMaximum(page, name, maximum) {
  const [id] = await columnsNamed(page, name);
  await page.goto(address(`/grade/edit/tree/item.php?courseid=${MOODLE.course}&id=${id.replace(/\D/g, '')}`));
  await page.locator('[name=rescalegrades]').selectOption('yes');
  await page.fill('[name=grademax]', String(maximum));
  await page.locator('#id_submitbutton').click();
  await page.waitForURL('**/grade/edit/tree/index.php*');
}

/** Suspends somebody's enrolment in the course, or ends the suspension. */
export async function setSuspended(page, student, suspended) {
  await page.goto(address(`/user/index.php?id=${MOODLE.course}&perpage=100`));
  const link = page.locator(`tr:has(a[href*="/user/view.php?id=${student.id}&"]) a.editenrollink`);
  await page.goto(await link.getAttribute('href'));
  await page.locator('#id_status').selectOption(suspended ? '1' : '0');
  await page.locator('#id_submitbutton').click();
  await page.waitForURL('**/user/index.php*');
}
