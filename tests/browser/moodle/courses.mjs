// How a course of a real Moodle 4.5 becomes another one, in English: "Copy course", and backup and restore. It leaves out
// "Import" (moodle.mjs), which needs an empty course to begin with.

import { execFileSync } from 'node:child_process';
import { MOODLE, until } from './moodle.mjs';

/** A shell command that does what waits for Moodle's cron; without it a cron must run by itself. */
const CRON = process.env.TAYNGHE_MOODLE_CRON;

/** How long copying, a backup or a restore may take, in milliseconds. */
const LONGEST = 120_000;

const address = (path) => `${MOODLE.url}${path}`;

function cron() {
  if (CRON) execFileSync('sh', ['-c', CRON], { stdio: 'ignore', timeout: LONGEST });
}

/** "Course reuse" > "Copy course", with everybody of the course in it and nothing that they did; gives the copy's number. */
export async function copyCourse(page, name, from = MOODLE.course) {
  await page.goto(address(`/backup/copy.php?id=${from}`));
  await page.fill('#id_fullname', name);
  await page.fill('#id_shortname', name);
  // two courses cannot have the same one
  await page.fill('#id_idnumber', '');
  for (const role of await page.locator('input[type=checkbox][name^="role_"]').all()) await role.check();
  await page.locator('[name=submitreturn]').click();
  await page.waitForURL('**/course/view.php*');
  cron();
  return until(`the copy ${name}`, () => findCourse(page, name), LONGEST);
}

async function findCourse(page, name) {
  await page.goto(address(`/course/search.php?q=${encodeURIComponent(name)}`));
  const link = page.locator('.courses a.aalink', { hasText: name });
  if ((await link.count()) === 0) return null;
  return Number(new URL(await link.first().getAttribute('href')).searchParams.get('id'));
}

/** Backs a course up and restores it into a new one named after it; gives the new course's number. */
export async function backUpAndRestore(page, name, from = MOODLE.course) {
  await page.goto(address(`/backup/backup.php?id=${from}`));
  await page.getByRole('button', { name: 'Jump to final step' }).click();
  await page.getByText(/is pending|successfully created/).first().waitFor({ timeout: LONGEST });
  cron();
  const restore = await until('the backup', async () => {
    await page.goto(address(`/backup/restorefile.php?contextid=${await contextOf(page, from)}`));
    const link = page.locator('a[href*="action=choosebackupfile"]');
    return (await link.count()) > 0 && link.first();
  }, LONGEST);
  await restore.click();
  await page.getByRole('button', { name: 'Continue' }).click();
  const anew = page.locator('.bcs-new-course');
  await anew.locator('.restore-course-search input[type=radio]').first().check();
  await anew.locator('input[type=submit][value=Continue]').click();
  await page.locator('[name=submitbutton]').click();
  await page.fill('input[type=text][name^=setting_course_course_fullname]', name);
  await page.fill('input[type=text][name^=setting_course_course_shortname]', name);
  await page.locator('[name=submitbutton]').click();
  await page.getByRole('button', { name: 'Perform restore' }).click();
  await page.getByRole('button', { name: 'Continue' }).or(page.getByText(/is pending/)).first().waitFor({ timeout: LONGEST });
  cron();
  return until(`the restored ${name}`, () => findCourse(page, name), LONGEST);
}

/** The number by which files of a course are found. */
async function contextOf(page, course) {
  await page.goto(address(`/course/view.php?id=${course}`));
  return page.evaluate(() => window.M.cfg.contextid);
}

