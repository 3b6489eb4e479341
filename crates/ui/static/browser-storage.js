// The secrets of launches under way, in this site's own storage. In a frame of
// another site that is a part of its own, or nothing at all.

const PREFIX = "taynghe-login-";
// as long as a login may take
const KEPT = 10 * 60_000;

/** Keeps a secret; false where the browser stores nothing. */
export function keep(key, secret) {
  try {
    forgetOld();
    localStorage.setItem(key, JSON.stringify({ secret, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

/** Takes a secret out; empty when there is none. */
export function take(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    localStorage.removeItem(key);
    return kept?.secret ?? "";
  } catch {
    return "";
  }
}

function forgetOld() {
  const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index));
  for (const key of keys.filter((key) => key?.startsWith(PREFIX))) {
    const at = JSON.parse(localStorage.getItem(key) ?? "null")?.at ?? 0;
    if (Date.now() - at > KEPT) localStorage.removeItem(key);
  }
}
