// Offers what this device keeps of a guest (course-progress.js) to whoever is signed in now. Nothing is sent before they
// say that it is theirs; then the device"s copy goes. "Somebody else"s" leaves it where it is.

const OTHERS = "taynghe-not-mine";

function read(place) {
  try {
    const found = JSON.parse(localStorage.getItem(place));
    return found && typeof found === "object" ? found : {};
  } catch {
    return {};
  }
}

function size(value) {
  return value && typeof value === "object" ? Object.keys(value).length : 0;
}

for (const form of document.querySelectorAll("[data-device-course]")) {
  const { deviceCourse: course, session } = form.dataset;
  const place = `taynghe-course-${course}`;
  const held = read(place);
  const count = size(held.steps);
  const words = Object.values(held.notes ?? {}).filter((note) => note).length;
  if (count + words === 0 || read(OTHERS)[course] === session) continue;
  const told = form.querySelector("[data-count]");
  told.textContent = told.dataset.text.replace("{}", count);
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    takeOver(form, place);
  });
  form.querySelector("[data-not-mine]").addEventListener("click", () => {
    form.hidden = true;
    try {
      localStorage.setItem(OTHERS, JSON.stringify({ ...read(OTHERS), [course]: session }));
    } catch {
      // the browser stores nothing any more: it asks again
    }
  });
}

async function takeOver(form, place) {
  const button = form.querySelector("button");
  const sent = localStorage.getItem(place);
  form.elements.progress.value = sent;
  button.disabled = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      redirect: "manual",
    });
    if (answer.type !== "opaqueredirect") throw new Error(answer.status);
    // What another tab has added meanwhile is offered again.
    if (localStorage.getItem(place) === sent) localStorage.removeItem(place);
    location.reload();
  } catch {
    form.querySelector("[data-failed]").hidden = false;
    button.disabled = false;
  }
}
