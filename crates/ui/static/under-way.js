// Work that goes on without the reader: its page shows how far it is, and what came of it once it is done. Where this
// cannot run, a link asks for the newest state.

const PAUSE = 2000;

async function look() {
  if (document.hidden) return true;
  const answer = await fetch(location.href, { redirect: "error" });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const newer = page.querySelector("[data-under-way]");
  if (!newer) {
    location.reload();
    return false;
  }
  const shown = document.querySelector("[data-under-way]");
  shown.querySelector("progress").value = newer.querySelector("progress").value;
  shown.querySelector("h2").textContent = newer.querySelector("h2").textContent;
  return true;
}

async function follow() {
  // a weak line is tried again
  if (await look().catch(() => true)) setTimeout(follow, PAUSE);
}

if (document.querySelector("[data-under-way]")) setTimeout(follow, PAUSE);
