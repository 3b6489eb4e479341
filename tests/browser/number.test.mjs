// The page's reader of numbers against the table that judges the service's as well. It needs no browser.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const TABLE = new URL('../data/numbers.toml', import.meta.url);
const SCRIPT = new URL('../../crates/ui/static/number.js', import.meta.url);
// by its text: without a package.json beside it, older versions of Node.js would not take it for a module
const script = await import(`data:text/javascript,${encodeURIComponent(readFileSync(SCRIPT, 'utf8'))}`);
const { formatNumber, readNumber, readQuantity } = script;

/** The cases of the table, which has one value a line, each of them JSON. */
function cases() {
  const found = [];
  for (const line of readFileSync(TABLE, 'utf8').split('\n')) {
    const [, kind] = /^\[\[(\w+)\]\]$/.exec(line) ?? [];
    const [, key, value] = /^(\w+) = (.+)$/.exec(line) ?? [];
    if (kind) found.push({ kind });
    else if (key) found.at(-1)[key] = JSON.parse(value);
    else assert.match(line, /^(#.*)?$/);
  }
  return found.flatMap(({ languages, ...one }) => languages.map((language) => ({ ...one, language })));
}

function expected(one) {
  if (one.kind === 'read') return { kind: 'read', value: one.value, text: one.text };
  if (one.kind === 'refused') return { kind: 'not-a-number' };
  return {
    kind: 'ambiguous',
    decimal: { kind: 'read', value: one.decimal, text: one.decimal_text },
    grouped: { kind: 'read', value: one.grouped, text: one.grouped_text },
  };
}

describe('the reader of numbers in the page', () => {
  const all = cases();

  it('reads what the table says', () => {
    const typed = all.filter((one) => one.kind !== 'written');
    assert.ok(typed.length > 200, `${typed.length} cases`);
    for (const one of typed) {
      const where = `${one.language}: ${one.typed}`;
      const alone = one.unit ? { kind: 'not-a-number' } : expected(one);
      assert.deepEqual(readNumber(one.typed, one.language), alone, where);
      if (one.kind === 'refused') continue;
      const read = readQuantity(one.typed, one.language);
      assert.deepEqual(read, { number: expected(one), unit: one.unit ?? '' }, where);
    }
  });

  it('writes numbers as the table says', () => {
    const written = all.filter((one) => one.kind === 'written');
    assert.ok(written.length > 20, `${written.length} cases`);
    for (const one of written) assert.equal(formatNumber(one.value, one.language), one.text, one.language);
  });
});
