// An attempt's entries on this device: numbered, chained and kept before they
// are sent, sent until the server has acknowledged them.
//
// PUT {entries address}, X-CSRF-Token, JSON
//   {writer, take_over, entries: [{number, kind, slot, payload, device_at,
//    elapsed_ms, previous_hash, hash}]}        (no entries: asks for the time)
// 200 {acknowledged, server_time, remaining_seconds}; `acknowledged` is the
// writer's last saved number. Refusals are application/problem+json with `code`.
// Without crypto.subtle (a page framed over plain http) hashes are null and the
// server makes them. The form of the hash: crates/assessment/src/entry_hash.rs.

import { openStore } from "./entry-store.js";

const PAUSE_MS = 400;
const LONGEST_WAIT_MS = 30_000;
const BATCH = 100;
// our numbering and the server's differ: number anew under another writer
const OUT_OF_STEP = ["ATT-ENTRY-CONFLICT", "ATT-ENTRY-GAP", "ATT-CHAIN"];
// about one question that another tab has finished, or one answer that its question does not take: the others go on
const OF_ONE_QUESTION = ["ATT-QUESTION-FINISHED", "ATT-NOT-CHECKABLE", "ATT-RESPONSE-INVALID"];

// `tell(event, detail)` hears: saving · saved (entries, answer) · offline · passedOver (code, slot) · refused (code)
export async function openLog({ attempt, address, csrf, tell }) {
  const store = await openStore();
  const kept = await store.load(attempt);
  const writer = (await reusable(kept.writers)) ?? (await newWriter(attempt));
  const unsent = kept.entries.filter((entry) => !entry.refused).sort(byTime);
  // what a closed tab could not send goes first, under its own numbers
  const queues = new Map();
  for (const entry of unsent) queues.set(entry.writer, [...(queues.get(entry.writer) ?? []), entry]);
  queues.delete(writer.writer);
  queues.set(writer.writer, unsent.filter((entry) => entry.writer === writer.writer));
  const log = new Log({ attempt, address, csrf, tell, store, writer, queues });
  // without locks nobody knows whether another tab lives; the latest page wins
  log.takeOver = !navigator.locks || queues.size > 1;
  return log;
}

const byTime = (a, b) => a.device_at - b.device_at || a.number - b.number;

class Log {
  wait = 1000;
  blocked = "";
  renumbered = false;
  order = Promise.resolve();

  constructor(parts) {
    Object.assign(this, parts);
  }

  // What is not acknowledged yet, oldest first.
  pending() {
    return [...this.queues.values()].flat().sort(byTime);
  }

  // Keeps an entry, then sends it after a short pause.
  append(kind, slot, payload) {
    const now = { device_at: Date.now(), elapsed_ms: Math.round(performance.now()) };
    this.tell("saving", { slot });
    this.order = this.order.then(async () => {
      await this.#add({ kind, slot, payload, ...now });
      this.#later(PAUSE_MS);
    });
    return this.order;
  }

  async #add(fields) {
    const { writer } = this;
    const entry = { ...fields, attempt: this.attempt, writer: writer.writer };
    entry.number = writer.number + 1;
    entry.previous_hash = writer.hash;
    entry.hash = await hashOf(entry);
    Object.assign(writer, { number: entry.number, hash: entry.hash, used_at: Date.now() });
    this.queues.get(writer.writer).push(entry);
    await this.store.put({ ...writer }, entry).catch(() => {});
  }

  #later(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), ms);
  }

  // Sends all there is; true when nothing is left. One request at a time.
  async send() {
    await this.order;
    while (this.sending) await this.sending;
    this.sending = this.#sendAll().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  async #sendAll() {
    clearTimeout(this.timer);
    for (const [writer, queue] of this.queues) {
      while (queue.length > 0 && !this.blocked) {
        const outcome = await this.#put(writer, queue.slice(0, BATCH));
        if (outcome === "retry") return this.#retry();
        if (outcome === "renumbered") return this.#sendAll();
      }
    }
    if (this.blocked) this.tell("refused", { code: this.blocked });
    return !this.blocked;
  }

  #retry() {
    this.tell("offline");
    this.#later(this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
    return false;
  }

  // Asks only how much time is left; true when the server answered.
  async ping() {
    return !this.blocked && (await this.#put(this.writer.writer, [])) === "saved";
  }

  // The last chance when a page goes away: no waiting for the answer.
  leave() {
    if (this.blocked) return;
    for (const [writer, queue] of this.queues) {
      if (queue.length > 0) this.#request(writer, queue.slice(0, BATCH), true).catch(() => {});
    }
  }

  #request(writer, entries, keepalive) {
    return fetch(this.address, {
      method: "PUT",
      keepalive,
      headers: { "Content-Type": "application/json", "X-CSRF-Token": this.csrf },
      body: JSON.stringify({ writer, take_over: this.takeOver, entries: entries.map(onWire) }),
      signal: keepalive ? undefined : timeLimit(20_000),
    });
  }

  async #put(writer, entries) {
    let response, answer;
    try {
      response = await this.#request(writer, entries, false);
      answer = await response.json();
    } catch {
      // no line, or a gateway's page instead of our answer
      return "retry";
    }
    if (response.ok) return this.#acknowledged(writer, answer);
    if (!answer?.code || response.status >= 500 || response.status === 429) return "retry";
    if (OUT_OF_STEP.includes(answer.code) && !this.renumbered) return this.#renumber();
    if (OF_ONE_QUESTION.includes(answer.code) && entries.length > 0) return this.#passOver(writer, answer.code);
    await this.#refused(entries, answer.code);
    return "refused";
  }

  async #acknowledged(writer, answer) {
    this.wait = 1000;
    const queue = this.queues.get(writer);
    const saved = queue.filter((entry) => entry.number <= answer.acknowledged);
    if (saved.length > 0) this.takeOver = false;
    queue.splice(0, saved.length);
    await this.store.remove(writer, answer.acknowledged).catch(() => {});
    this.tell("saved", { entries: saved, answer });
    return saved.length > 0 || queue.length === 0 ? "saved" : "retry";
  }

  async #refused(entries, code) {
    this.blocked = code;
    // a session that ended is opened again; then these are sent after all
    if (!code.startsWith("WEB-") && code !== "ATT-WRITER") {
      for (const entry of entries) await this.store.put({ ...this.writer }, { ...entry, refused: code }).catch(() => {});
    }
  }

  // The first entry is not taken, ever; what comes after it is about other questions.
  async #passOver(writer, code) {
    const { slot } = this.queues.get(writer).shift();
    this.tell("passedOver", { code, slot });
    return this.#renumber();
  }

  // All that is unsent again, under a new writer that asks to go on.
  async #renumber() {
    const entries = this.pending();
    for (const writer of this.queues.keys()) await this.store.forget(writer).catch(() => {});
    this.renumbered = true;
    this.takeOver = true;
    this.writer = await newWriter(this.attempt);
    this.queues = new Map([[this.writer.writer, []]]);
    for (const { kind, slot, payload, device_at, elapsed_ms } of entries) {
      await this.#add({ kind, slot, payload, device_at, elapsed_ms });
    }
    return "renumbered";
  }

  // The student wants to go on here although another tab wrote last.
  async goOnHere() {
    this.blocked = "";
    this.takeOver = true;
    return this.send();
  }
}

const onWire = ({ number, kind, slot, payload, device_at, elapsed_ms, previous_hash, hash }) => ({
  number, kind, slot, payload, device_at: new Date(device_at).toISOString(), elapsed_ms, previous_hash, hash,
});

function timeLimit(ms) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller.signal;
}

const lockName = (writer) => `taynghe-writer-${writer}`;

// Holds the writer's lock as long as this page lives; false when another has it.
function hold(writer) {
  if (!navigator.locks) return Promise.resolve(false);
  return new Promise((resolve) => {
    const held = () => {
      resolve(true);
      return new Promise(() => {});
    };
    // the page that a reload replaced may let go a moment later
    navigator.locks.request(lockName(writer), { signal: timeLimit(300) }, held).catch(() => resolve(false));
  });
}

async function reusable(writers) {
  for (const writer of writers.sort((a, b) => b.used_at - a.used_at)) {
    if (await hold(writer.writer)) return writer;
  }
  return null;
}

async function newWriter(attempt) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const writer = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  await hold(writer);
  return { writer, attempt, number: 0, hash: null, used_at: Date.now() };
}

export function canonicalForm(entry) {
  const fields = [
    entry.attempt, entry.writer, entry.number, entry.kind, entry.slot, entry.payload,
    entry.device_at, entry.elapsed_ms, entry.previous_hash,
  ];
  const line = (value) => (value === null || value === undefined ? "-\n" : `${bytesOf(`${value}`).length}:${value}\n`);
  return `taynghe-entry-1\n${fields.map(line).join("")}`;
}

const bytesOf = (text) => new TextEncoder().encode(text);

export async function hashOf(entry) {
  if (!globalThis.crypto?.subtle) return null;
  const digest = await crypto.subtle.digest("SHA-256", bytesOf(canonicalForm(entry)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
