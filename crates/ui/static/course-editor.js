// The editors of courses, as extras over plain forms: saving while one types, a preview at a phone's width, pictures
// pasted into a text, and lists in another order by dragging. The server puts two authors' work together; see
// web/course_authoring/posted.rs for what `revision` and `last` say.

const form = document.getElementById("editor");
const status = document.getElementById("saving");

/** How long nobody types before it is saved and shown, in milliseconds. */
const SAVE_AFTER = 4000;
const SHOW_AFTER = 500;
/** How long to wait after a save that did not come through. */
const AGAIN_AFTER = 15000;

let last = "";
let saved = typed();
let timer = 0;
let saving = null;
let stopped = false;
let leaving = false;

/** What the form says, without files, the token and what was saved. */
function typed() {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrf" && name !== "last") fields.append(name, value);
  }
  return fields.toString();
}

function tell(words, failed = false) {
  status.textContent = words;
  status.classList.toggle("failed", failed);
}

function body(pressed) {
  const fields = new URLSearchParams(typed());
  fields.set("csrf", form.elements.csrf.value);
  fields.set("last", last);
  if (pressed) fields.set("do", pressed);
  return fields;
}

async function save() {
  const now = typed();
  if (stopped || saving || now === saved) return;
  saving = fetch(form.action, { method: "POST", body: body("autosave"), headers: { accept: "application/json" } });
  try {
    const answer = await saving;
    if (answer.status === 409) {
      stopped = true;
      tell(form.dataset.textConflict, true);
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const { saved_at: at, merged } = await answer.json();
    last = now;
    saved = now;
    tell(merged ? form.dataset.textMerged : form.dataset.textSaved.replace("{}", at));
  } catch {
    tell(form.dataset.textFailed, true);
    later(AGAIN_AFTER);
  } finally {
    saving = null;
    if (typed() !== saved && !stopped) later(SAVE_AFTER);
  }
}

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

function changed() {
  later(SAVE_AFTER);
  schedulePreview();
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("submit", (event) => {
  form.elements.last.value = last;
  if (event.submitter?.value !== "preview") leaving = true;
});
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
// A new thing comes only with a button: what is typed for it is not saved by itself.
const isNewTyped = () =>
  [...form.querySelectorAll("[data-new], [data-new-parts] input, [data-new-parts] textarea")].some((field) => field.value.trim());
addEventListener("beforeunload", (event) => { if (!leaving && (typed() !== saved || isNewTyped())) event.preventDefault(); });

// The preview: the same form, answered as readers will see it.
const phone = document.querySelector("[data-phone]");
const screen = phone?.querySelector("iframe");
const language = phone?.querySelector("select");
let previewTimer = 0;
let newest = 0;

function schedulePreview() {
  if (!phone) return;
  clearTimeout(previewTimer);
  previewTimer = setTimeout(preview, SHOW_AFTER);
}

async function preview() {
  const number = ++newest;
  const address = `${form.dataset.preview}?language=${language.value}`;
  const answer = await fetch(address, { method: "POST", body: body() }).catch(() => null);
  if (!answer?.ok || number !== newest) return;
  const html = await answer.text();
  if (number !== newest) return;
  const scrolled = screen.contentWindow?.scrollY ?? 0;
  screen.addEventListener("load", () => {
    const page = screen.contentDocument;
    // what surrounds the lesson is the editor's own
    for (const part of page.querySelectorAll(".top, .bottom")) part.hidden = true;
    page.addEventListener("click", (event) => { if (event.target.closest("a:not([href^='#']), button")) event.preventDefault(); });
    page.addEventListener("submit", (event) => event.preventDefault());
    screen.contentWindow.scrollTo(0, scrolled);
  }, { once: true });
  screen.srcdoc = html;
}

if (phone) {
  phone.hidden = false;
  language.addEventListener("change", preview);
  preview();
}

// A picture that is pasted into a text is sent, and stands there with the words that its author gives it.
for (const hint of document.querySelectorAll("[data-paste]")) hint.hidden = false;

async function paste(event) {
  const field = event.target.closest?.("textarea[name^='body_']");
  const picture = [...(event.clipboardData?.files ?? [])].find((file) => file.type.startsWith("image/"));
  if (!field || !picture) return;
  event.preventDefault();
  const words = prompt(form.dataset.textAlternative, "")?.trim();
  if (!words) return;
  tell(form.dataset.textUploading);
  const headers = {
    "x-csrf-token": form.elements.csrf.value,
    "x-file-name": encodeURIComponent(picture.name || "picture.png"),
    "content-type": picture.type,
    accept: "application/json",
  };
  const answer = await fetch(form.dataset.files, { method: "POST", body: picture, headers }).catch(() => null);
  if (!answer?.ok) {
    tell(form.dataset.textFailed, true);
    return;
  }
  const { address } = await answer.json();
  tell("");
  const before = field.value.slice(0, field.selectionStart);
  const apart = before === "" || before.endsWith("\n\n") ? "" : "\n\n";
  field.setRangeText(`${apart}![${words.replace(/[[\]\\]/g, "\\$&")}](${address})`, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
form.addEventListener("paste", paste);

// Dragging by the grip: members of a list, and steps from one unit into another. The buttons do the same.
for (const grip of form.querySelectorAll("[data-grip]")) {
  grip.hidden = false;
  grip.addEventListener("pointerdown", hold);
}

function hold(start) {
  const grip = start.currentTarget;
  const member = grip.closest("[data-key]");
  const isStep = member.matches("li");
  const lists = [...form.querySelectorAll("[data-order]")].filter((list) => list.matches("ol") === isStep);
  start.preventDefault();
  member.classList.add("dragged");
  const move = ({ clientX, clientY }) => {
    if (clientY < 56) scrollBy(0, -14);
    else if (clientY > innerHeight - 56) scrollBy(0, 14);
    const under = document.elementsFromPoint(clientX, clientY);
    const list = lists.find((one) => under.some((element) => element === one || (!isStep && one.contains(element))
      || (isStep && element.closest(".unit")?.contains(one))));
    if (!list) return;
    const others = [...list.children].filter((other) => other !== member && "key" in other.dataset);
    const next = others.find((other) => {
      const { top, height } = other.getBoundingClientRect();
      return clientY < top + height / 2;
    });
    if (next ? next.previousElementSibling !== member : list.lastElementChild !== member) list.insertBefore(member, next ?? null);
  };
  const end = () => {
    member.classList.remove("dragged");
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    for (const list of lists) {
      const keys = [...list.children].map((child) => child.dataset.key).filter(Boolean).join(" ");
      if (form.elements[list.dataset.order]) form.elements[list.dataset.order].value = keys;
    }
    changed();
  };
  // the grip moves with its member, and what moves in the page loses its hold of the pointer
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
}
