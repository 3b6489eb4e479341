// The page in the platform's frame when cookies do not come back, or get lost:
// goes on here when browser or platform let it, else leaves it to the window.

import { showNotice } from "./new-window.js";
import { keep } from "./browser-storage.js";
import { platformStorage } from "./platform-storage.js";
import { requestStorageAccess, storageAccess } from "./storage-access.js";

const form = document.getElementById("continue");
const here = document.getElementById("here");
const { action, storageTarget, storageOrigin } = here.dataset;
const platform = platformStorage(storageTarget, storageOrigin);
let platformStores = false;

function work(working) {
  document.getElementById("working").hidden = !working;
  document.getElementById("before").hidden = working;
}

// Begins the login; its secret is stored here and at the platform before the browser leaves.
async function prepare(way) {
  const fields = new URLSearchParams(new FormData(form));
  fields.set("taynghe_way", way);
  const answer = await fetch(action, { method: "POST", body: fields });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const login = await answer.json();
  login.kept = keep(login.key, login.secret);
  login.keptThere = platformStores && (await platform.put(login.key, login.secret));
  return login;
}

// In a frame that has its cookies: what was set with the first answer comes back with the second.
async function openWithCookies() {
  let login = await prepare("storage-access");
  if (!login.kept && !login.keptThere && !login.returning) login = await prepare("storage-access");
  if (!login.kept && !login.keptThere && !login.returning) return false;
  location.assign(login.address);
  return true;
}

async function openByItself() {
  if ("atOnce" in here.dataset) {
    platformStores = Boolean(platform) && (await platform.supports());
    location.assign((await prepare("")).address);
    return true;
  }
  if ((await storageAccess()) === "granted" && (await requestStorageAccess()) && (await openWithCookies())) return true;
  platformStores = Boolean(platform) && (await platform.supports());
  if (!platformStores) return false;
  const login = await prepare("");
  if (login.keptThere) location.assign(login.address);
  return login.keptThere;
}

async function offer() {
  work(false);
  if ((await storageAccess()) === "denied") return;
  here.hidden = false;
  if (!("windowFirst" in here.dataset)) {
    here.after(document.getElementById("window"));
    here.querySelector("button").className = "primary big";
    form.querySelector("button").className = "quiet big";
  }
}

here.querySelector("button").addEventListener("click", async () => {
  if ((await requestStorageAccess()) && (await openWithCookies().catch(() => false))) return work(true);
  here.hidden = true;
  form.querySelector("button").className = "primary big";
  showNotice("denied");
});

work("atOnce" in here.dataset || Boolean(platform));
if (!(await openByItself().catch(() => false))) await offer();
