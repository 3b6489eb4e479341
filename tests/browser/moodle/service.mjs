// Starts `taynghe serve` for a run against a real Moodle, with a database of its own, and runs its commands beside it.

import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../product.mjs';

/** How long the program may take until it answers, in milliseconds. */
const START = 30_000;

/**
 * @param {string} host `127.0.0.1` is another site than a Moodle on `localhost`, `localhost` the same.
 * @returns `url` of the service; `command(...)` runs the program with the same settings and gives its stdout; `log()`;
 *   `stop()`.
 */
export async function startService(host) {
  const program = process.env.TAYNGHE_BIN;
  if (!program) throw new Error('TAYNGHE_BIN names no program');
  const folder = mkdtempSync(join(tmpdir(), 'taynghe-moodle-'));
  const port = await freePort();
  const url = `http://${host}:${port}`;
  const options = { cwd: folder, env: { ...environment(), TAYNGHE_LISTEN: `127.0.0.1:${port}`, TAYNGHE_PUBLIC_URL: url } };
  const child = spawn(resolve(program), ['serve'], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part) => {
      log += part;
    });
  }
  const gone = new Promise((done) => child.once('close', done));
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  const stop = async () => {
    process.off('exit', killed);
    child.kill('SIGTERM');
    await gone;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const command = async (...words) => (await promisify(execFile)(resolve(program), words, { ...options, timeout: 30_000 })).stdout.trim();
  try {
    await ready(url, child);
  } catch (error) {
    await stop();
    throw new Error(`taynghe serve does not answer; it wrote:\n${log}`, { cause: error });
  }
  return { url, command, log: () => log, stop };
}

/** A developer's own settings must not rule the run, and the Moodle of the tests is on this machine. */
function environment() {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('TAYNGHE_'));
  return { ...Object.fromEntries(own), TAYNGHE_OUTBOUND_ALLOW_PRIVATE: 'localhost,127.0.0.1' };
}

async function ready(url, child) {
  const end = Date.now() + START;
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > end || child.exitCode !== null) throw new Error('not ready');
    await new Promise((done) => setTimeout(done, 100));
  }
}
