// Runs the browser tests with Node's own runner: `node run.mjs`, or `node run.mjs launch quiz` for files whose names
// contain one of these words. Ends with the runner's exit code; a run that hangs is ended.

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LONGEST = 20 * 60_000;

// A story mostly waits; the runner's own choice leaves one of two cores to nobody. Node.js 18 does not know the option.
const [major] = process.versions.node.split('.').map(Number);
const AT_ONCE = major >= 20 ? ['--test-concurrency=2'] : [];

const here = fileURLToPath(new URL('.', import.meta.url));
const words = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();

if (files.length === 0) {
  console.error(`no test file has a name with ${words.join(' or ')}`);
  process.exit(2);
}

const runner = spawn(process.execPath, ['--test', '--test-reporter=spec', ...AT_ONCE, ...files], { cwd: here, stdio: 'inherit' });
const late = setTimeout(() => {
  console.error(`the browser tests did not end in ${LONGEST / 60_000} minutes`);
  runner.kill('SIGTERM');
}, LONGEST);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => runner.kill('SIGTERM'));
runner.once('exit', (code) => {
  clearTimeout(late);
  process.exitCode = code ?? 1;
});
