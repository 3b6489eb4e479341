// The pages of a real Moodle 4.5 as a person uses them, in English: signing in, the administrator's tools, a course's
// activities and its gradebook. What Taynghe does inside its frame belongs to the stories.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

const settings = process.env;

/** The Moodle to drive, from the environment; `url` is undefined when none is named. */
export const MOODLE = {
  url: settings.TAYNGHE_MOODLE_URL?.replace(/\/$/, ''),
  course: Number(settings.TAYNGHE_MOODLE_COURSE ?? 2),
  administrator: person(settings.TAYNGHE_MOODLE_ADMIN ?? 'admin', settings.TAYNGHE_MOODLE_ADMIN_PASSWORD),
  teacher: person(settings.TAYNGHE_MOODLE_TEACHER ?? 'teacher1'),
  /** A non-editing teacher of the course. */
  assistant: person(settings.TAYNGHE_MOODLE_ASSISTANT ?? 'teacher2'),
  students: (settings.TAYNGHE_MOODLE_STUDENTS ?? 'student1,student2,student3,student4,student5')
    .split(',')
    .map((name) => person(name)),
  /** Somebody who is in no course. */
  outsider: person(settings.TAYNGHE_MOODLE_OUTSIDER ?? 'outsider1'),
};

function person(name, password = settings.TAYNGHE_MOODLE_PASSWORD) {
  return { name, password };
}

/** Whether a shell command was named with which the tests take the Moodle down and up again. */
export const CAN_STOP = Boolean(settings.TAYNGHE_MOODLE_STOP && settings.TAYNGHE_MOODLE_START);

/** Takes the Moodle down; what it answers then is its proxy's affair. */
export const stopMoodle = () => shell(settings.TAYNGHE_MOODLE_STOP);
export const startMoodle = () => shell(settings.TAYNGHE_MOODLE_START);

function shell(command) {
  execFileSync('sh', ['-c', command], { stdio: 'ignore', timeout: 60_000 });
}

const address = (path) => `${MOODLE.url}${path}`;

/** How long a story waits for what happens by itself, in milliseconds. */
const BY_ITSELF = 15_000;

/** Asks again and again until the answer is something else than null, undefined or false; gives it. */
export async function until(what, look, longest = BY_ITSELF) {
  const end = Date.now() + longest;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < end, `not seen in ${longest / 1000} s: ${what}`);
    await new Promise((done) => setTimeout(done, 250));
  }
}

/** Signs a person in by the form. */
export async function logIn(page, { name, password }) {
  // the button that shows the password is made late, and its field anew with it
  await page.goto(address('/login/index.php'), { waitUntil: 'networkidle' });
  await page.fill('#username', name);
  await page.fill('#password', password);
  const inside = page.waitForURL((url) => !url.pathname.startsWith('/login/'));
  await page.click('#loginbtn');
  await inside;
}

/** `{ id, given, family }` of who is signed in, as their profile has it. */
export async function profile(page) {
  await page.goto(address('/user/edit.php'));
  const [given, family] = await Promise.all(['#id_firstname', '#id_lastname'].map((id) => page.inputValue(id)));
  const id = Number(await page.locator('form.mform input[name=id]').first().getAttribute('value'));
  return { id, given, family };
}

/** Moodle's scripts have bound themselves to the page's buttons. */
async function scriptsReady(page) {
  await page.waitForLoadState('load');
  await page.waitForFunction(() => window.M?.util?.pending_js?.length === 0);
}

// ---- the administrator ----

/** "Manage tools" with the invitation pasted; gives the content of the frame in which Taynghe registers. */
export async function beginRegistration(page, invitation) {
  await page.goto(address('/mod/lti/toolconfigure.php'));
  await page.fill('#tool-url', invitation);
  await page.click('#tool-create-button');
  return page.frameLocator('#external-registration-template-container iframe, #external-registration-container iframe');
}

/** The card of the newest tool on "Manage tools". */
export const toolCard = (page) => page.locator('.tool-card').last();

/** Presses "Activate" on the card that waits for it; gives the tool's number. */
export async function activateTool(page) {
  const waiting = page.locator('.tool-card:has(a.activate)').last();
  const id = Number(await waiting.getAttribute('data-type-id'));
  await waiting.locator('a.activate').click();
  await page.locator(`.tool-card[data-type-id="${id}"]`).getByText('Active', { exact: true }).waitFor();
  return id;
}

/** The tool's settings, behind the pencil. */
export async function openToolSettings(page, tool) {
  await page.goto(address('/mod/lti/toolconfigure.php'));
  await page.locator(`.tool-card[data-type-id="${tool}"] a.edit`).click();
  await page.locator('#id_lti_coursevisible').waitFor();
}

/** Chooses settings of the open page by their names, saves, and waits for "Manage tools". */
export async function saveToolSettings(page, values) {
  for (const [name, value] of Object.entries(values)) {
    await page.locator(`select[name="${name}"]`).selectOption(value, { force: true });
  }
  await page.click('#id_submitbutton');
  await page.waitForURL('**/toolconfigure.php*');
}

/** Deletes the tool, and with it what a run left behind in "Manage tools". */
export async function deleteTool(page, tool) {
  await page.goto(address('/mod/lti/toolconfigure.php'));
  await page.locator(`.tool-card[data-type-id="${tool}"] a.delete`).click();
  await page.locator('.modal.show [data-action=save], .modal.show [data-action=delete]').click();
  await page.locator(`.tool-card[data-type-id="${tool}"]`).waitFor({ state: 'detached' });
}

// ---- a course and its activities ----

export const coursePage = (course = MOODLE.course) => address(`/course/view.php?id=${course}`);
export const activityPage = (activity) => address(`/mod/lti/view.php?id=${activity}`);

/** The course's page with edit mode on. */
export async function editCourse(page, course = MOODLE.course) {
  await page.goto(coursePage(course));
  const mode = page.locator('input[name=setmode]');
  if (await mode.isChecked()) return;
  const reloaded = page.waitForEvent('load');
  await mode.click();
  await reloaded;
}

/** The tool as a teacher finds it in "Add an activity or resource". */
export async function openChooser(page, tool) {
  await editCourse(page);
  await page.locator('[data-action=open-chooser]').last().click();
  const choice = page.locator(`.modchooser a[href*="typeid=${tool}"]`).first();
  await choice.waitFor();
  return choice;
}

/** The form for a new activity of the tool. */
export async function openForm(page, tool, course = MOODLE.course) {
  await page.goto(address(`/course/modedit.php?add=lti&type=&course=${course}&section=0&return=0&typeid=${tool}`));
  await page.locator('#id_selectcontent').waitFor();
}

/** Presses "Select content" in the open form; gives the content of the frame with Taynghe's picker. */
export async function openPicker(page) {
  await scriptsReady(page);
  await page.locator('#id_selectcontent').click();
  return page.frameLocator('#contentitem-page-iframe');
}

/** Presses "Save and return to course". */
export async function saveForm(page) {
  const back = page.waitForURL('**/course/view.php*');
  await page.locator('#id_submitbutton2').click();
  await back;
}

/** `[{ id, title }]` of the External tool activities on the course's page, top to bottom. */
export async function activities(page, course = MOODLE.course) {
  await page.goto(coursePage(course));
  const links = page.locator('.modtype_lti a.aalink:has(.instancename)');
  const found = await links.evaluateAll((all) =>
    all.map((link) => ({ address: link.href, title: link.querySelector('.instancename').firstChild.textContent.trim() })),
  );
  return found.map(({ address, title }) => ({ id: Number(new URL(address).searchParams.get('id')), title }));
}

/** Opens an activity; gives the content of its frame. */
export async function openActivity(page, activity) {
  await page.goto(activityPage(activity));
  return page.frameLocator('#contentframe');
}

/** "Duplicate" in an activity's menu on the course's page; gives the copy's number. */
export async function duplicate(page, activity) {
  const before = (await activities(page)).map(({ id }) => id);
  await editCourse(page);
  await scriptsReady(page);
  const card = page.locator(`.activity[data-id="${activity}"]`);
  await card.locator('.action-menu [data-toggle=dropdown]').first().click();
  await card.locator('[data-action=cmDuplicate], a.editing_duplicate').first().click();
  return until('the copy', async () => {
    const ids = (await activities(page)).map(({ id }) => id);
    return ids.find((id) => !before.includes(id));
  });
}

/** Copies activities of one course into another one through "Import". */
export async function importInto(page, course, from) {
  await page.goto(address(`/backup/import.php?id=${course}&importid=${from}`));
  await page.locator('#id_oneclickbackup').click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Makes an empty course; gives its number. */
export async function createCourse(page, name) {
  await page.goto(address('/course/edit.php?category=1'));
  await page.fill('#id_fullname', name);
  await page.fill('#id_shortname', name);
  await page.locator('#id_saveanddisplay').click();
  await page.waitForURL(/[?&](id|courseid)=\d+/);
  const query = new URL(page.url()).searchParams;
  return Number(query.get('id') ?? query.get('courseid'));
}

export async function deleteCourse(page, course) {
  await page.goto(address(`/course/delete.php?id=${course}`));
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText(/has been completely deleted/).waitFor();
}

/** Deletes all External tool activities of the course. */
export async function deleteActivities(page, course = MOODLE.course) {
  for (const { id } of await activities(page, course)) {
    await page.goto(address(`/course/mod.php?delete=${id}&confirm=1&sesskey=${await sesskey(page)}`));
  }
}

const sesskey = (page) => page.evaluate(() => window.M.cfg.sesskey);

/** Takes somebody out of the course. */
export async function unenrol(page, person) {
  await page.goto(address(`/user/index.php?id=${MOODLE.course}&perpage=100`));
  const link = page.locator(`tr:has(a[href*="/user/view.php?id=${person.id}&"]) a.unenrollink`);
  await page.goto(await link.getAttribute('href'));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/user/index.php*');
}

/** Enrols somebody as a student again. */
export async function enrol(page, { family }) {
  await page.goto(address(`/user/index.php?id=${MOODLE.course}`));
  await page.locator('.enrolusersbutton button, .enrolusersbutton input').first().click();
  const dialogue = page.locator('.modal.show');
  await dialogue.locator('input[data-fieldtype=autocomplete]').first().fill(family);
  await dialogue.locator('.form-autocomplete-suggestions [role=option]', { hasText: family }).first().click();
  await dialogue.locator('.form-autocomplete-selection [role=option]', { hasText: family }).first().waitFor();
  await dialogue.locator('[data-action=save]').click();
  await dialogue.waitFor({ state: 'hidden' });
}

// ---- the gradebook ----

/**
 * What a student reads in their own gradebook in the activity's line: `{ grade, feedback }`, or null when the activity
 * has none.
 */
export async function ownGrade(page, activity, course = MOODLE.course) {
  const row = await ownRow(page, course, { has: page.locator(`a[href$="/mod/lti/view.php?id=${activity}"]`) });
  if ((await row.count()) === 0) return null;
  const cell = async (name) => (await row.locator(`td.column-${name}`).innerText()).trim();
  const [grade, feedback] = [await cell('grade'), await cell('feedback')];
  return { grade, feedback };
}

/** The same for a column that belongs to no activity, by its name: the grade alone. */
export async function ownColumn(page, name, course = MOODLE.course) {
  const row = await ownRow(page, course, { has: page.locator('.gradeitemheader:not(a)', { hasText: name }) });
  return (await row.locator('td.column-grade').first().innerText()).trim();
}

async function ownRow(page, course, filter) {
  await page.goto(address(`/grade/report/user/index.php?id=${course}`));
  return page.locator('table.user-grade tr', filter);
}

/** The grader report with edit mode on, so that a grade can be typed. */
export async function openGrader(page) {
  await editCourse(page);
  await page.goto(address(`/grade/report/grader/index.php?id=${MOODLE.course}`));
  await page.locator('#user-grades').waitFor();
}

/** The number of the activity's column in the open grader report. */
async function column(page, activity) {
  const header = page.locator('#user-grades th[data-itemid]', {
    has: page.locator(`a[href$="/mod/lti/view.php?id=${activity}"]`),
  });
  return header.first().getAttribute('data-itemid');
}

/** A teacher types a grade over what stands in the gradebook. */
export async function override(page, activity, student, grade) {
  await openGrader(page);
  await page.fill(`[name="grade[${student.id}][${await column(page, activity)}]"]`, grade);
  await page.locator('input[type=submit][value="Save changes"], button[type=submit]:has-text("Save changes")').click();
  await page.getByText('Grade changes saved', { exact: false }).or(page.locator('#user-grades')).first().waitFor();
}

/** A teacher locks one student's grade. */
export async function lock(page, activity, student) {
  await openGrader(page);
  const cell = page.locator(`#u${student.id}i${await column(page, activity)}`);
  await page.goto(await cell.locator('a[href*="action=lock"]').getAttribute('href'));
}
