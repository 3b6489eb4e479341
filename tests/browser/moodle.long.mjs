// The whole way on a real Moodle, told as one story in chapters that build on each other: registering, adding quizzes,
// opening them, grades, what teachers do to grades and courses, a Moodle that is down. It leaves out every rule that the
// practice platform can show; those stories are quicker and stand in the other files.
//
// What it needs stands in moodle/story.mjs; the files moodle_*.long.mjs tell of copies, reviews, windows and what
// administrators and teachers do.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { PHONE, assertAccessible, useBrowser } from './harness.mjs';
import * as moodle from './moodle/moodle.mjs';
import { HALF, QUIZZES, RIGHT, WRONG, answer, english, pick, submit, writeQuiz } from './moodle/quizzes.mjs';
import { startService } from './moodle/service.mjs';
import { SKIP, ownFrame } from './moodle/story.mjs';
import { says, within } from './texts.mjs';

const { MOODLE, until } = moodle;

const PHONE_AGENT =
  'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';

const SCREENSHOTS = fileURLToPath(new URL('./screenshots/', import.meta.url));

/** A grade must be in Moodle's gradebook after so many milliseconds, reading it included. */
const SECONDS = 6_000;

for (const [host, site] of [['127.0.0.1', 'another site'], ['localhost', 'the same site']]) {
  describe(`a real Moodle, Taynghe on ${site}`, { skip: SKIP }, () => {
    const browser = useBrowser();
    let service;
    let tool;
    /** Activities of the course by the quiz's title. */
    const made = new Map();
    const [first, second, third, fourth] = QUIZZES.map(({ title }) => title);

    before(async () => {
      mkdirSync(SCREENSHOTS, { recursive: true });
      service = await startService(host);
    });
    after(() => service?.stop());

    /** Somebody's browser, signed in to Moodle. */
    const as = async (t, person, options = {}) => {
      const page = await browser.page(t, { locale: 'en-US', ...options });
      await moodle.logIn(page, person);
      return page;
    };
    const see = async (page, name) => {
      if (host === '127.0.0.1') await page.screenshot({ path: `${SCREENSHOTS}moodle-${name}.png`, animations: 'disabled' });
    };
    const noteActivities = async (page) => {
      for (const { id, title } of await moodle.activities(page)) made.set(title, id);
    };

    it('the administrator registers Taynghe by an invitation, activates it and shows it to teachers', async (t) => {
      const invitation = await service.command('platform', 'invite', '--host', new URL(MOODLE.url).host);
      const page = await as(t, MOODLE.administrator);
      const frame = await moodle.beginRegistration(page, invitation);
      await frame.getByRole('button', { name: english('registration-button') }).waitFor();
      await see(page, 'register');
      await frame.getByRole('button', { name: english('registration-button') }).click();
      await frame.getByRole('heading', { name: english('registration-done-title') }).waitFor();
      const close = frame.getByRole('button', { name: english('registration-close') });
      await close.evaluate((button) => button.scrollIntoView({ block: 'end' }));
      await see(page, 'registered');
      await close.click();
      await moodle.toolCard(page).getByText('Pending', { exact: true }).waitFor();
      await moodle.toolCard(page).scrollIntoViewIfNeeded();
      await see(page, 'pending');
      tool = await moodle.activateTool(page);
      await moodle.openToolSettings(page, tool);
      await moodle.saveToolSettings(page, { lti_coursevisible: '2' });

      const listed = JSON.parse(await service.command('platform', 'list', '--format', 'json'));
      assert.equal(listed.length, 1);
      const checked = JSON.parse(await service.command('platform', 'check', listed[0].id, '--format', 'json'));
      assert.deepEqual(checked.filter(({ verdict }) => verdict === 'bad'), []);
      // spent
      await page.goto(invitation);
      await page.getByText('LTI-REG-INVITE').waitFor();
    });

    it('a teacher writes a quiz in "Select content" and adds it', async (t) => {
      const page = await as(t, MOODLE.teacher);
      const choice = await moodle.openChooser(page, tool);
      await see(page, 'chooser');
      await choice.click();
      const picker = await moodle.openPicker(page);
      await writeQuiz(picker, QUIZZES[0], (name) => see(page, name));
      await see(page, 'picker');
      await pick(picker, [first]);
      await page.getByText('Content selected').waitFor();
      await see(page, 'selected');
      assert.equal(await page.inputValue('#id_name'), first);
      assert.equal(await page.inputValue('[name="grade[modgrade_point]"]'), '10');
      await moodle.saveForm(page);
      await noteActivities(page);
      assert.ok(made.has(first));
    });

    it('a teacher adds three quizzes at once', async (t) => {
      const page = await as(t, MOODLE.teacher);
      await moodle.openForm(page, tool);
      const picker = await moodle.openPicker(page);
      for (const quiz of QUIZZES.slice(1, 3)) await writeQuiz(picker, quiz);
      const before = (await moodle.activities(page)).map(({ id }) => id);
      await moodle.openForm(page, tool);
      await pick(await moodle.openPicker(page), [first, second, third]);
      await page.getByText('The following items will be added to your course').waitFor();
      await see(page, 'three');
      await page.getByRole('button', { name: 'Save and return to course' }).last().click();
      await page.waitForURL('**/course/view.php*');
      const added = (await moodle.activities(page)).filter(({ id }) => !before.includes(id));
      assert.deepEqual(added.map(({ title }) => title).sort(), [first, second, third].sort());
      for (const { id, title } of added) if (!made.has(title)) made.set(title, id);
    });

    it('a teacher picks in a new window when cookies are blocked', { skip: host === 'localhost' && 'no third party' }, async (t) => {
      const page = await as(t, MOODLE.teacher, { cookies: 'blocked' });
      await moodle.openForm(page, tool);
      const frame = await moodle.openPicker(page);
      const button = frame.getByRole('button', { name: english('login-window-button') });
      await button.waitFor();
      await see(page, 'blocked');
      const [window] = await Promise.all([page.waitForEvent('popup'), button.click()]);
      await window.waitForURL(`${service.url}/s/**`);
      await frame.getByText(english('login-window-continued-title')).waitFor();
      const closed = window.waitForEvent('close');
      await writeQuiz(window, QUIZZES[3]);
      await pick(window, [fourth]);
      await closed;
      await page.getByText('Content selected').waitFor();
      assert.equal(await page.inputValue('#id_name'), fourth);
      await moodle.saveForm(page);
      await noteActivities(page);
      assert.ok(made.has(fourth));
    });

    it('everybody comes in as who they are', async (t) => {
      for (const [person, role] of [
        [MOODLE.teacher, 'instructor'],
        [MOODLE.assistant, 'instructor'],
        [MOODLE.administrator, 'instructor'],
        [MOODLE.students[0], 'learner'],
      ]) {
        const page = await as(t, person);
        const { given, family } = await moodle.profile(page);
        const frame = await moodle.openActivity(page, made.get(first));
        await frame.getByText(english(`common-role-${role}`)).waitFor();
        assert.equal(await frame.locator('.who .name').textContent(), `${given} ${family}`);
        await frame.getByRole('button', { name: 'Tiếng Việt' }).click();
        await frame.getByText(says(`common-role-${role}`)).waitFor();
        assert.equal(await frame.locator('.who .name').textContent(), `${family} ${given}`);
        if (role === 'learner') await see(page, 'student');
        await page.context().close();
      }
      const page = await as(t, MOODLE.outsider);
      await page.goto(moodle.activityPage(made.get(first)));
      assert.match(page.url(), /\/enrol\//, 'Moodle does not let them in');
    });

    it('a student’s phone shows Taynghe in the whole window', async (t) => {
      const page = await as(t, MOODLE.students[1], { viewport: PHONE, userAgent: PHONE_AGENT });
      await page.goto(moodle.coursePage());
      await page.locator(`a.aalink[href$="id=${made.get(first)}"]`).click();
      await page.waitForURL(`${service.url}/s/**`);
      await answer(page, HALF);
      await see(page, 'phone');
      await assertAccessible(page);
    });

    it('a grade and its feedback are in the gradebook seconds after submitting, and a better attempt replaces them', async (t) => {
      const page = await as(t, MOODLE.students[0]);
      const other = await as(t, MOODLE.students[0]);
      for (const [words, grade] of [[WRONG, '0.00'], [HALF, '5.00'], [RIGHT, '10.00']]) {
        const frame = await moodle.openActivity(page, made.get(first));
        await answer(frame, words);
        if (words === RIGHT) await see(page, 'attempt');
        await submit(frame);
        const submitted = Date.now();
        const seen = await until(
          `grade ${grade}`,
          async () => {
            const own = await moodle.ownGrade(other, made.get(first));
            return own?.grade.startsWith(grade) && own;
          },
          SECONDS,
        );
        t.diagnostic(`${seen.grade} "${seen.feedback}" seen in the gradebook ${((Date.now() - submitted) / 1000).toFixed(1)} s after submitting`);
        assert.match(seen.feedback, new RegExp(`/2 → ${Number(grade)}/10`));
      }
      await see(other, 'gradebook-student');
      const frame = await moodle.openActivity(page, made.get(first));
      await frame.getByText(english('attempt-none-left-title')).waitFor();
      await frame.getByText(english('delivery-delivered-badge')).waitFor();
      await see(page, 'delivered');
    });

    it('a worse attempt leaves the better grade', async (t) => {
      const page = await as(t, MOODLE.students[1]);
      for (const words of [RIGHT, WRONG]) {
        const frame = await moodle.openActivity(page, made.get(second));
        await answer(frame, words);
        await submit(frame);
        await until('10', async () => (await moodle.ownGrade(page, made.get(second)))?.grade.startsWith('10.00'));
      }
      const frame = await moodle.openActivity(page, made.get(second));
      await until('delivered', async () => {
        await page.reload();
        await frame.locator('.delivery').first().waitFor();
        return frame.getByText(english('delivery-delivered-badge')).isVisible();
      });
      assert.match((await moodle.ownGrade(page, made.get(second))).grade, /^10\.00/);
    });

    it('a teacher’s grade in Moodle is kept, and Taynghe shows both', async (t) => {
      const student = await as(t, MOODLE.students[0]);
      const { id, given, family } = await moodle.profile(student);
      const teacher = await as(t, MOODLE.teacher);
      await moodle.override(teacher, made.get(first), { id }, '9');
      assert.match((await moodle.ownGrade(student, made.get(first))).grade, /^9\.00/);

      const frame = await moodle.openActivity(teacher, made.get(first));
      const row = frame.locator('table.gradebook tbody tr', { hasText: `${given} ${family}` });
      const both = row.getByText(within('delivery-kept', 'en'));
      await both.waitFor();
      assert.match(await both.textContent(), /\b9\b.*\b10\b/s);
      await row.evaluate((line) => line.scrollIntoView({ block: 'end' }));
      await see(teacher, 'override');
      await row.getByRole('button', { name: within('gradebook-overwrite', 'en') }).click();
      await frame.locator('.notice.good').waitFor();
      await until('the override stays in the activity’s column, and is said', async () => {
        const again = await moodle.openActivity(teacher, made.get(first));
        await again.locator('table.gradebook').waitFor();
        return again.getByText(english('gradebook-stays')).isVisible();
      });
      assert.match((await moodle.ownGrade(student, made.get(first))).grade, /^9\.00/);
    });

    it('a locked grade is refused in plain words', async (t) => {
      const student = await as(t, MOODLE.students[2]);
      const { id } = await moodle.profile(student);
      const teacher = await as(t, MOODLE.teacher);
      await moodle.lock(teacher, made.get(second), { id });
      const frame = await moodle.openActivity(student, made.get(second));
      await answer(frame, HALF);
      await submit(frame);
      await until('locked', async () => {
        const page = await moodle.openActivity(teacher, made.get(second));
        await page.locator('table.gradebook').waitFor();
        return page.getByText(within('delivery-reason-locked', 'en')).isVisible();
      });
      await see(teacher, 'locked');
    });

    it('a student who was taken out of the course is named as such, and the grade arrives when they are back', async (t) => {
      const student = await as(t, MOODLE.students[3]);
      const person = await moodle.profile(student);
      const teacher = await as(t, MOODLE.teacher);
      const frame = await moodle.openActivity(student, made.get(second));
      await answer(frame, RIGHT);
      await moodle.unenrol(teacher, person);
      await submit(frame);
      const instructor = () => moodle.openActivity(teacher, made.get(second));
      await until('not enrolled', async () => {
        const page = await instructor();
        await page.locator('table.gradebook').waitFor();
        return page.getByText(within('delivery-reason-not-enrolled', 'en')).isVisible();
      });
      await moodle.enrol(teacher, person);
      const page = await instructor();
      const row = page.locator('table.gradebook tbody tr', { hasText: person.family });
      await row.getByRole('button', { name: within('delivery-send-again', 'en') }).click();
      await until('the grade', async () => (await moodle.ownGrade(student, made.get(second)))?.grade.startsWith('10.00'));
    });

    it('an activity without a column keeps its grades until the instructor asks for one', async (t) => {
      const teacher = await as(t, MOODLE.teacher);
      const before = (await moodle.activities(teacher)).map(({ id }) => id);
      await moodle.openForm(teacher, tool);
      const picker = await moodle.openPicker(teacher);
      if (!made.has(fourth)) await writeQuiz(picker, QUIZZES[3]);
      await pick(picker, [fourth], { column: false });
      await teacher.getByText('Content selected').waitFor();
      await moodle.saveForm(teacher);
      const { id } = (await moodle.activities(teacher)).find((activity) => !before.includes(activity.id));

      const student = await as(t, MOODLE.students[4]);
      const frame = await moodle.openActivity(student, id);
      await answer(frame, HALF);
      await submit(frame);
      await frame.getByText(english('delivery-no-column-badge')).waitFor();
      const gradebook = await moodle.openActivity(teacher, id);
      const make = gradebook.getByRole('button', { name: english('gradebook-make-column') });
      await make.waitFor();
      await see(teacher, 'no-column');
      await make.click();
      await gradebook.locator('.notice.good').waitFor();
      const own = await ownFrame(frame);
      await until('delivered', async () => {
        await own.goto(own.url());
        return own.getByText(english('delivery-delivered-badge')).isVisible();
      });
      assert.match(await moodle.ownColumn(student, fourth), /^5\.00/);
    });

    it('names nobody whose name Moodle keeps to itself', async (t) => {
      const administrator = await as(t, MOODLE.administrator);
      await moodle.openToolSettings(administrator, tool);
      await moodle.saveToolSettings(administrator, { lti_sendname: '0', lti_sendemailaddr: '0' });
      const student = await as(t, MOODLE.students[4]);
      const frame = await moodle.openActivity(student, made.get(first));
      await frame.locator('.who .role').waitFor();
      await see(student, 'nameless');
      t.diagnostic(`the page calls the student "${await frame.locator('.who').innerText()}"`);
      await moodle.openToolSettings(administrator, tool);
      await moodle.saveToolSettings(administrator, { lti_sendname: '1', lti_sendemailaddr: '1' });
    });

    it('a copied activity is one of its own, with its own column', async (t) => {
      const teacher = await as(t, MOODLE.teacher);
      const copy = await moodle.duplicate(teacher, made.get(third));
      const student = await as(t, MOODLE.students[4]);
      for (const [activity, words, grade] of [[made.get(third), RIGHT, '10.00'], [copy, HALF, '5.00']]) {
        const frame = await moodle.openActivity(student, activity);
        await answer(frame, words);
        await submit(frame);
        await until(`${grade} in its column`, async () => (await moodle.ownGrade(student, activity))?.grade.startsWith(grade));
      }
      assert.match((await moodle.ownGrade(student, made.get(third))).grade, /^10\.00/);
    });

    it('an activity that was brought into another course opens there', async (t) => {
      const page = await as(t, MOODLE.administrator);
      const course = await moodle.createCourse(page, `CNC ${Date.now()}`);
      await moodle.importInto(page, course, MOODLE.course);
      const there = await moodle.activities(page, course);
      assert.ok(there.length > 0);
      const frame = await moodle.openActivity(page, there.find(({ title }) => title === first).id);
      await frame.locator('h1', { hasText: first }).waitFor();
      assert.match(await frame.locator('.who .course').textContent(), /^CNC /);
      assert.equal(await frame.locator('table.gradebook tbody tr').count(), 0, 'nobody has begun here');
      await moodle.deleteCourse(page, course);
    });

    it('the instructor’s page knows the class, also as CSV', async (t) => {
      const page = await as(t, MOODLE.teacher);
      const frame = await moodle.openActivity(page, made.get(first));
      await frame.getByText(within('roster-read', 'en')).waitFor();
      await see(page, 'instructor');
      const [download] = await Promise.all([page.waitForEvent('download'), frame.getByRole('link', { name: english('gradebook-csv') }).click()]);
      const csv = readFileSync(await download.path(), 'utf8');
      assert.ok(csv.startsWith('\ufeff'));
      const lines = csv.trim().split('\r\n');
      t.diagnostic(lines.slice(0, 3).join(' | '));
      assert.equal(lines.length, 1 + MOODLE.students.length, 'a heading, and each student once');
      await assertAccessible(await ownFrame(frame));
    });

    it('a grade waits while Moodle is down, and arrives when it is back', { skip: !moodle.CAN_STOP && 'no commands to stop and start Moodle' }, async (t) => {
      const student = await as(t, MOODLE.students[2]);
      const page = await as(t, MOODLE.students[2]);
      const frame = await moodle.openActivity(student, made.get(third));
      await answer(frame, RIGHT);
      moodle.stopMoodle();
      try {
        await submit(frame);
        const own = await ownFrame(frame);
        await until('the page says that it tries again', async () => {
          await own.goto(own.url());
          return own.getByText(english('delivery-retrying-badge')).isVisible();
        }, 30_000);
        await see(student, 'down');
      } finally {
        moodle.startMoodle();
      }
      const back = Date.now();
      await until('the grade', async () => (await moodle.ownGrade(page, made.get(third)))?.grade.startsWith('10.00'), 300_000);
      t.diagnostic(`arrived ${((Date.now() - back) / 1000).toFixed(0)} s after Moodle came back`);
    });

    it('reloading a launch or going back says what to do', async (t) => {
      const page = await as(t, MOODLE.students[0], { viewport: PHONE, userAgent: PHONE_AGENT });
      const logins = [];
      page.on('request', (request) => {
        if (request.url().startsWith(`${service.url}/lti/`) && request.method() === 'POST') logins.push(request);
      });
      await page.goto(moodle.coursePage());
      await page.locator(`a.aalink[href$="id=${made.get(first)}"]`).click();
      await page.waitForURL(`${service.url}/s/**`);
      const launch = logins.find((request) => request.url().endsWith('/lti/launch'));
      await page.evaluate(([action, body]) => {
        const form = Object.assign(document.createElement('form'), { method: 'post', action });
        for (const [name, value] of new URLSearchParams(body)) form.append(Object.assign(document.createElement('input'), { name, value }));
        document.body.append(form);
        form.submit();
      }, [launch.url(), launch.postData()]);
      await page.getByText(/LTI-STA/).waitFor();
      await see(page, 'again');
      assert.equal(await page.locator('.who').count(), 0);
      await page.goBack();
      t.diagnostic(`Back from there: ${new URL(page.url()).pathname.split('/')[1]}`);

      // the hint in a login initiation is good for one launch: Moodle itself says so
      const login = logins.find((request) => request.url().endsWith('/lti/login'));
      await page.goto(`${service.url}/lti/login?${login.postData()}`);
      await page.waitForURL(/\/mod\/lti\//);
      await see(page, 'hint-spent');
      t.diagnostic(`a login initiation again: ${new URL(page.url()).pathname}: ${(await page.locator('body').innerText()).slice(0, 200)}`);
    });

    it('the administrator of Taynghe sees launches, deliveries and refusals', async (t) => {
      const page = await browser.page(t, { locale: 'en-US' });
      await page.goto(await service.command('admin', 'link'));
      await page.getByRole('button').first().click();
      await page.getByRole('heading', { name: english('administration-title') }).waitFor();
      await page.locator('.refusals .card', { hasText: 'LTI-STA' }).first().waitFor();
      assert.ok((await page.locator('[aria-labelledby=launches] tbody tr').count()) > 5);
      await page.getByRole('button', { name: within('administration-check', 'en') }).first().click();
      // what is in order stands in a closed fold when something else deserves a look
      await page.locator('main .notice').first().waitFor();
      assert.ok((await page.locator('.findings li').count()) > 10);
      await see(page, 'administration');
      await assertAccessible(page);
    });

    it('a deleted activity’s column is said to be gone', async (t) => {
      const page = await as(t, MOODLE.students[4]);
      const frame = await moodle.openActivity(page, made.get(second));
      await answer(frame, RIGHT);
      const teacher = await as(t, MOODLE.teacher);
      const gradebook = await ownFrame(await moodle.openActivity(teacher, made.get(second)));
      await moodle.deleteActivities(await as(t, MOODLE.teacher));
      await submit(frame);
      await until('gone', async () => {
        await gradebook.goto(gradebook.url());
        return gradebook.getByText(within('gradebook-missing-link-title', 'en')).isVisible();
      });
      await see(teacher, 'gone');
      const administrator = await as(t, MOODLE.administrator);
      await moodle.deleteTool(administrator, tool);
    });
  });
}
