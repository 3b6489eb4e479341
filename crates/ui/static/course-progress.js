// What a guest has read, and wrote down for themselves: kept on this device only, per course. Nothing of it is sent.
// The pages work without; they then remember nothing, and do not claim to.

const article = document.querySelector("[data-course]");
const { course, lesson } = article.dataset;
const PLACE = `taynghe-course-${course}`;

/** `{ steps: { KEY: { what: "read", at: "…" } }, last: KEY, notes: { "LESSON/REFLECTION": "…" } }`; empty where nothing is kept. */
function kept() {
  try {
    const read = JSON.parse(localStorage.getItem(PLACE));
    return { steps: {}, notes: {}, ...(typeof read === "object" ? read : {}) };
  } catch {
    return { steps: {}, notes: {} };
  }
}

// False where the browser stores nothing: then nothing is promised either.
function keep(change) {
  try {
    const all = kept();
    change(all);
    localStorage.setItem(PLACE, JSON.stringify(all));
    return true;
  } catch {
    return false;
  }
}

function showLesson() {
  const stores = keep((all) => {
    all.last = lesson;
  });
  article.querySelector("[data-done]").addEventListener("click", () =>
    keep((all) => {
      all.steps[lesson] ??= { what: "read", at: new Date().toISOString() };
    }),
  );
  if (!stores) return;
  for (const place of article.querySelectorAll("[data-reflection]")) {
    const key = `${lesson}/${place.dataset.reflection}`;
    const area = place.querySelector("textarea");
    area.value = kept().notes[key] ?? "";
    area.addEventListener("input", () =>
      keep((all) => {
        all.notes[key] = area.value;
      }),
    );
    place.hidden = false;
  }
}

function showCourse() {
  const { steps, last } = kept();
  const lines = [...article.querySelectorAll("[data-step]")];
  const isRead = (line) => line.dataset.step in steps;
  for (const line of lines.filter(isRead)) {
    line.dataset.read = "";
    const words = document.createElement("span");
    words.className = "badge good";
    words.textContent = article.dataset.textRead;
    line.append(words);
  }
  const read = lines.filter(isRead).length;
  if (read === 0 && !last) return;
  const next = lines.find((line) => line.dataset.step === last && !isRead(line)) ?? lines.find((line) => !isRead(line));
  const button = article.querySelector("[data-continue]");
  button.textContent = next ? article.dataset.textContinue : article.dataset.textAgain;
  if (next) button.href = next.querySelector("a").href;
  article.querySelector("[data-share]").textContent = article.dataset.textShare.replace("{}", read);
  article.querySelector("[data-kept-here]").hidden = false;
}

if (lesson) showLesson();
else showCourse();
