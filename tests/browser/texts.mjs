// The service's own sentences, read from its Fluent files, so that a story presses "the submit button" in any language
// and no wording stands twice. It reads what our files use: one-line messages, and several forms of one.

import { readFileSync, readdirSync } from 'node:fs';

const LOCALES = new URL('../../crates/ui/locales/', import.meta.url);

/** All that pages can be read in; the first is what the demo speaks. */
export const LANGUAGES = ['vi', 'en', 'de'];

const read = new Map();

/**
 * A pattern for what a page says where it uses this message: whole, with anything in the places that the page fills.
 *
 * @param {string} key For example `attempt-start`.
 * @param {string} [language] Default `vi`.
 * @param {string} [filled] What stands in the first place that is filled; anything when it is not given.
 */
export function says(key, language = 'vi', filled = undefined) {
  return new RegExp(`^\\s*${pattern(key, language, filled)}\\s*$`, 's');
}

/** The same for a message that is a part of a longer text. */
export function within(key, language = 'vi', filled = undefined) {
  return new RegExp(pattern(key, language, filled), 's');
}

function pattern(key, language, filled) {
  const message = messages(language).get(key);
  if (message === undefined) throw new Error(`there is no text ${key} in ${language}`);
  const parts = message.split(/\{[^{}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // Fluent puts marks around what it fills in, which keep right-to-left names in their place
  const first = filled === undefined ? '.+?' : `.?${filled.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}.?`;
  return parts.reduce((whole, part, index) => whole + (index === 1 ? first : '.+?') + part);
}

function messages(language) {
  if (!read.has(language)) read.set(language, parse(language));
  return read.get(language);
}

function parse(language) {
  const folder = new URL(`${language}/`, LOCALES);
  const found = new Map();
  for (const file of readdirSync(folder)) {
    for (const line of readFileSync(new URL(file, folder), 'utf8').split('\n')) {
      const [, key, message] = /^([a-z][a-z0-9-]*) = (.+)$/.exec(line) ?? [];
      if (key) found.set(key, message);
    }
  }
  return found;
}
