// Keeps a device's unsent entries and the ends of its chains, in IndexedDB;
// where the browser denies that, in localStorage; else only while the page lives.
// A writer: {writer, attempt, number, hash, used_at}. An entry: as sent, with
// its writer, attempt and, once the server refused it for good, `refused`.

const DAYS_KEPT = 14;

export async function openStore() {
  try {
    return databaseStore(await openDatabase());
  } catch {
    return plainStore();
  }
}

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function openDatabase() {
  const request = indexedDB.open("taynghe-entries", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("writers", { keyPath: "writer" });
    request.result.createObjectStore("entries", { keyPath: ["writer", "number"] });
  };
  return done(request);
}

function databaseStore(database) {
  const write = (change) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(["writers", "entries"], "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      change(transaction.objectStore("writers"), transaction.objectStore("entries"));
    });
  return {
    async load(attempt) {
      const read = database.transaction(["writers", "entries"]);
      const writers = await done(read.objectStore("writers").getAll());
      const entries = await done(read.objectStore("entries").getAll());
      const stale = writers.filter((writer) => writer.used_at < Date.now() - DAYS_KEPT * 86_400_000);
      for (const { writer } of stale) await this.forget(writer);
      const ofAttempt = (row) => row.attempt === attempt;
      return { writers: writers.filter(ofAttempt), entries: entries.filter(ofAttempt) };
    },
    put: (writer, entry) =>
      write((writers, entries) => {
        writers.put(writer);
        entries.put(entry);
      }),
    remove: (writer, upTo) =>
      write((_, entries) => entries.delete(IDBKeyRange.bound([writer, 0], [writer, upTo]))),
    forget: (writer) =>
      write((writers, entries) => {
        writers.delete(writer);
        entries.delete(IDBKeyRange.bound([writer, 0], [writer, Infinity]));
      }),
  };
}

function plainStore() {
  const name = "taynghe-entries";
  let rows = { writers: [], entries: [] };
  try {
    rows = JSON.parse(localStorage.getItem(name)) ?? rows;
  } catch {
    // denied or broken: memory it is
  }
  const keep = () => {
    try {
      localStorage.setItem(name, JSON.stringify(rows));
    } catch {
      // as above
    }
  };
  const same = (a, b) => a.writer === b.writer && a.number === b.number;
  return {
    async load(attempt) {
      const ofAttempt = (row) => row.attempt === attempt;
      return { writers: rows.writers.filter(ofAttempt), entries: rows.entries.filter(ofAttempt) };
    },
    async put(writer, entry) {
      rows.writers = [...rows.writers.filter((other) => other.writer !== writer.writer), { ...writer }];
      rows.entries = [...rows.entries.filter((other) => !same(other, entry)), entry];
      keep();
    },
    async remove(writer, upTo) {
      rows.entries = rows.entries.filter((entry) => entry.writer !== writer || entry.number > upTo);
      keep();
    },
    async forget(writer) {
      rows.writers = rows.writers.filter((other) => other.writer !== writer);
      rows.entries = rows.entries.filter((entry) => entry.writer !== writer);
      keep();
    },
  };
}
