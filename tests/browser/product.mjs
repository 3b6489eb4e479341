// Starts the built program for a test and stops it again. It leaves out what the program then does.

import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before } from 'node:test';

/** How long the program may take until it answers, in milliseconds. */
const START = 60_000;

/** The line on stdout that names the address to open. */
const OPEN = /^Open (http:\/\/\S+)/m;

/**
 * `taynghe demo` for the tests of the `describe` block in which this is called, with a database of its own.
 *
 * @param {{ env?: Record<string, string>, arguments?: string[] }} [options] More settings and arguments.
 * @returns {Demo} `open`: the address of the practice platform; `service`: that of the service; `log()`: what the
 *   program wrote so far; `directory`: where its data lies. They are known once the tests run.
 *
 * @typedef {{ open: string, service: string, directory: string, log: () => string }} Demo
 */
export function useDemo(options = {}) {
  const demo = {};
  let started;
  before(async () => {
    started = await startDemo(options);
    Object.assign(demo, started);
  });
  after(() => started?.stop());
  return demo;
}

/**
 * The same without the hooks: the caller awaits `stop()`. `kill()` ends the program as a power cut would, and
 * `directory` keeps its data, so that a second start with `{ directory, port }` finds them.
 */
export async function startDemo({ env = {}, arguments: more = [], directory, port } = {}) {
  const program = process.env.TAYNGHE_BIN;
  if (!program) throw new Error('TAYNGHE_BIN names no program: build one, or call ./run test');
  const folder = directory ?? mkdtempSync(join(tmpdir(), 'taynghe-demo-'));
  const listen = port ?? (await freePort());
  const service = `http://localhost:${listen}`;
  const child = spawn(resolve(program), ['demo', '--folder', '.', '--platform-port', '0', ...more], {
    cwd: folder,
    env: {
      ...withoutSettings(process.env),
      TAYNGHE_LISTEN: `127.0.0.1:${listen}`,
      TAYNGHE_PUBLIC_URL: service,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  const gone = new Promise((done) => child.once('close', done));
  const end = async (signal) => {
    process.off('exit', killed);
    child.kill(signal);
    const late = setTimeout(killed, 10_000);
    await gone;
    clearTimeout(late);
  };
  const stop = async () => {
    await end('SIGTERM');
    if (!directory) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const output = collect(child);
  try {
    const open = await addressToOpen(child, output);
    return { open, service, port: listen, directory: folder, log: output, kill: () => end('SIGKILL'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs a command of the program on the data of a running demo, `['platform', 'invite']`; gives what it wrote on stdout. */
export function runCommand(demo, words) {
  const settings = {
    TAYNGHE_PUBLIC_URL: demo.service,
    TAYNGHE_DATABASE_URL: `sqlite://${join(demo.directory, 'demo.db')}`,
    TAYNGHE_SECRET_KEY_FILE: join(demo.directory, 'secret.key'),
  };
  const env = { ...withoutSettings(process.env), ...settings };
  return new Promise((done, fail) => {
    execFile(resolve(process.env.TAYNGHE_BIN), words, { cwd: demo.directory, env, timeout: START }, (error, out, problem) => {
      if (error) fail(new Error(`taynghe ${words.join(' ')} failed: ${problem}`));
      else done(out);
    });
  });
}

/** A loopback port that nobody listens on. */
export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** The program refuses settings that it does not know, and a developer's own must not rule a test. */
function withoutSettings(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('TAYNGHE_')));
}

function collect(child) {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (part) => {
      text = (text + part).slice(-200_000);
    });
  }
  return () => text;
}

function addressToOpen(child, output) {
  return new Promise((done, fail) => {
    const settle = (finish, value) => {
      clearTimeout(late);
      child.stdout.off('data', look);
      finish(value);
    };
    const no = (why) => settle(fail, new Error(`taynghe demo ${why}; it wrote:\n${output().slice(-4000)}`));
    const look = () => {
      const found = OPEN.exec(output());
      if (found) settle(done, found[1]);
    };
    const late = setTimeout(() => no(`named no address in ${START / 1000} s`), START);
    child.stdout.on('data', look);
    child.once('error', (error) => no(`did not start: ${error.message}`));
    child.once('close', (code, signal) => no(`ended (${signal ?? code}) before it named its address`));
  });
}
