// Stories of the open courses: a guest finds one, reads, tries questions, stops and goes on; with and without scripts.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PHONE, inspect, tabTo, useBrowser } from './harness.mjs';
import { useDemo } from './product.mjs';
import { says } from './texts.mjs';

const COURSE = 'workshop-safety';

describe('an open course', () => {
  const browser = useBrowser();
  const demo = useDemo();

  it('is found, read and gone on with on the same device, by keyboard', async (t) => {
    const page = await browser.page(t);
    await page.goto(`${demo.service}/`);
    await page.getByRole('link', { name: says('home-courses-link') }).click();
    await page.getByRole('searchbox').fill('an toan');
    await page.getByRole('button', { name: says('course-search-button') }).click();
    await inspect(page, 'course-catalogue');
    await page.locator('.courses a').first().click();
    await inspect(page, 'course-front');
    assert.equal(await page.locator('[data-read]').count(), 0);

    await page.getByRole('link', { name: says('course-begin') }).click();
    const lesson = page.url();
    await inspect(page, 'course-lesson');
    const note = page.locator('[data-reflection] textarea');
    if ((await note.count()) > 0) await note.first().fill('Ở cửa xưởng.');
    const question = page.locator('fieldset.question').first();
    const answer = question.locator('input:not([type=hidden])').first();
    await tabTo(page, answer);
    await page.keyboard.press('Space');
    await tabTo(page, question.locator('[data-check]'));
    await page.keyboard.press('Enter');
    await page.locator('.found .badge').first().waitFor();
    await inspect(page, 'course-lesson-checked');

    await page.goto(lesson);
    if ((await note.count()) > 0) assert.equal(await note.first().inputValue(), 'Ở cửa xưởng.', 'kept on the device');
    await page.locator('[data-done]').click();
    await page.goto(`${demo.service}/courses/${COURSE}?language=vi`);
    assert.equal(await page.locator('[data-read]').count(), 1);
    await inspect(page, 'course-front-read');
    await page.getByRole('link', { name: says('course-continue') }).click();
    assert.notEqual(page.url(), lesson, 'it goes on behind what was read');
  });

  it('is read and tried without scripts', async (t) => {
    const page = await browser.page(t, { javaScript: false, viewport: PHONE });
    await page.goto(`${demo.service}/courses/${COURSE}?language=vi`);
    await page.getByRole('link', { name: says('course-begin') }).click();
    const question = page.locator('fieldset.question').first();
    await question.locator('input:not([type=hidden])').first().check();
    await question.locator('button[name=then]').first().click();
    await page.locator('.found .badge').first().waitFor();
    assert.ok((await page.locator('.found .badge').count()) > 0);
    assert.equal(await page.locator('[data-reflection]:visible').count(), 0, 'nothing is promised that is not kept');
  });
});
