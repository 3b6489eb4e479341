// The attempt page: saves each change, shows what is saved, counts down, and
// submits when time is up. All sentences stand in the page.

import { openLog } from "./entry-log.js";

const form = document.getElementById("attempt");
const texts = form.dataset;
const savedLine = document.getElementById("saved");
const clock = document.getElementById("clock");
const NOTICES = {
  "ATT-WRITER": "elsewhere",
  "ATT-CLOSED": "closed",
  "ATT-TIME-OVER": "over",
  "ATT-ARRIVED-LATE": "late",
  "ATT-QUESTION-FINISHED": "finished",
  "ATT-NOT-CHECKABLE": "finished",
  "ATT-ON-BREAK": "break",
  "WEB-SESSION": "session",
  "WEB-CSRF": "session",
};

const questionOf = (slot) => form.querySelector(`[data-slot="${CSS.escape(slot)}"]`);
const field = (name) => form.elements.namedItem(name);
const fill = (text, value) => text.replace("{}", value);
// In the page's zone, as the times that the server wrote.
const clockFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: texts.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const clockTime = (time) => clockFormat.format(time);

function show(name) {
  for (const notice of form.querySelectorAll("[data-notice]")) notice.hidden = notice.dataset.notice !== name;
}

// --- answers and flags ---

const inputsOf = (question) => [...question.querySelectorAll("[name^='answer/']")];
const isChoice = (question) => "choice" in question.dataset;
const filledOf = (question) => inputsOf(question).filter((input) => isFilled(input) && !isHalf(input));
const isTickable = (input) => input.type === "radio" || input.type === "checkbox";
const isFilled = (input) => (isTickable(input) ? input.checked : input.value.trim() !== "");
// of a mark in a picture one number alone is no answer yet
const isHalf = (input) => [...(input.closest(".spot")?.querySelectorAll("input") ?? [])].some(({ value }) => value === "");
const optionOf = (input) => input.dataset.option ?? input.value;
// what stands behind `answer/{slot}/`
const fieldIn = (question, input) => input.name.slice(`answer/${question.dataset.slot}/`.length);
const flagOf = (question) => field(`flag/${question.dataset.slot}`);

// What an entry says: the chosen options, or the form's filled fields as they are.
function payloadOf(question) {
  const filled = filledOf(question);
  return JSON.stringify(isChoice(question)
    ? { choice: filled.map(optionOf) }
    : { form: filled.map((input) => [fieldIn(question, input), input.value]) });
}

function putInto(question, { choice, form: fields }) {
  for (const input of inputsOf(question)) {
    const own = fields?.filter(([name]) => name === fieldIn(question, input)).map(([, value]) => value);
    if (choice) input.checked = choice.includes(optionOf(input));
    else if (isTickable(input)) input.checked = own.includes(input.value);
    else input.value = own[0] ?? "";
  }
  question.dispatchEvent(new Event("filled", { bubbles: true }));
}

function isAsMade(input) {
  if (isTickable(input)) return input.checked === input.defaultChecked;
  if (!input.options) return input.value === input.defaultValue;
  return input.value === ([...input.options].find((option) => option.defaultSelected)?.value ?? "");
}

function showQuestion(question) {
  const number = question.id.slice(2);
  const link = form.querySelector(`.question-list a[href="#${question.id}"]`);
  const answered = "finished" in question.dataset || filledOf(question).length > 0;
  const flagged = flagOf(question).checked;
  link.classList.toggle("answered", answered);
  link.classList.toggle("flagged", flagged);
  const key = `textNav${answered ? "Answered" : "Unanswered"}${flagged ? "Flagged" : ""}`;
  link.setAttribute("aria-label", fill(texts[key], number));
  const count = form.querySelectorAll(".question-list ol .answered").length;
  document.getElementById("tally").textContent = fill(texts.textAnswered, count);
}

// What an unsent entry says, put into the form (a page that was killed).
function apply({ kind, slot, payload }) {
  const question = slot && questionOf(slot);
  if (!question || touched.has(`${fieldOf(kind)}/${slot}`)) return;
  if (kind === "answer") {
    putInto(question, JSON.parse(payload));
  } else if (kind === "certainty") {
    field(`certainty/${slot}`).value = payload;
  } else if (kind.endsWith("flag")) {
    flagOf(question).checked = kind === "flag";
  }
  showQuestion(question);
}

// The form then knows what is saved, and a plain submit does not send it again.
function settle({ kind, slot, payload }, time) {
  const question = slot && questionOf(slot);
  if (!question) return;
  if (kind === "answer") {
    field(`was/${slot}`).value = payload;
    clearInvalid(question);
    question.querySelector("[data-saved]").textContent = fill(texts.textSaved, time);
  } else if (kind === "certainty") {
    field(`was-certainty/${slot}`).value = payload;
  } else if (kind.endsWith("flag")) {
    field(`was-flag/${slot}`).value = kind === "flag" ? "on" : "";
  }
}

// Beside the question, until something else is saved of it.
function showInvalid(slot) {
  const question = questionOf(slot);
  clearInvalid(question);
  const sentence = document.createElement("p");
  sentence.className = "error";
  sentence.dataset.refused = "";
  sentence.setAttribute("role", "alert");
  sentence.textContent = texts.textInvalid;
  question.querySelector(".question-foot").before(sentence);
  line("", false);
}

const clearInvalid = (question) => question.querySelector("[data-refused]")?.remove();

function line(text, waiting) {
  savedLine.textContent = text;
  savedLine.classList.toggle("waiting", waiting);
}

const hear = {
  saving({ slot }) {
    line(texts.textSaving, false);
    const saved = slot && questionOf(slot)?.querySelector("[data-saved]");
    if (saved) saved.textContent = "";
  },
  saved({ entries, answer }) {
    const time = clockTime(new Date(answer.server_time));
    for (const entry of entries) settle(entry, time);
    const checked = entries.findLast(({ kind }) => kind === "check");
    if (checked) return showChecked(checked.slot);
    if (entries.length > 0) line(fill(texts.textSaved, time), false);
    if (!finishing) show("");
    if (typeof answer.remaining_seconds === "number") setClock(answer.remaining_seconds);
  },
  offline() {
    line(texts.textKept, true);
    show(finishing ? "waiting" : "offline");
  },
  // of one question; the others go on
  passedOver({ code, slot }) {
    if (NOTICES[code]) show(NOTICES[code]);
    else showInvalid(slot);
  },
  refused({ code }) {
    line("", false);
    document.getElementById("refused-code").textContent = code;
    show(NOTICES[code] ?? "refused");
  },
};

const ready = openLog({
  attempt: texts.attempt,
  address: texts.entries,
  csrf: field("csrf").value,
  tell: (event, detail) => hear[event](detail ?? {}),
}).then((log) => {
  log.pending().forEach(apply);
  if (log.pending().length > 0) log.send();
  return log;
});

const fieldOf = (kind) => (kind.endsWith("flag") ? "flag" : kind);
const touched = new Set();
const said = new Map();

// Half of a mark in a picture says as little as nothing.
function unanswered(question) {
  const isSaved = field(`was/${question.dataset.slot}`).value !== "";
  return isSaved ? undefined : JSON.stringify(isChoice(question) ? { choice: [] } : { form: [] });
}

function changed(question, what) {
  const { slot } = question.dataset;
  const [kind, payload] = {
    flag: () => [flagOf(question).checked ? "flag" : "unflag", ""],
    certainty: () => ["certainty", field(`certainty/${slot}`).value],
    answer: () => ["answer", payloadOf(question)],
  }[what]();
  touched.add(`${what}/${slot}`);
  showQuestion(question);
  if (what === "answer" && (said.get(slot) ?? unanswered(question)) === payload) return;
  if (what === "answer") said.set(slot, payload);
  ready.then((log) => log.append(kind, slot, payload));
}

form.addEventListener("change", ({ target }) => {
  const question = target.closest("[data-slot]");
  const what = ["answer", "flag", "certainty"].find((kind) => target.name?.startsWith(`${kind}/`));
  if (!question || !what) return;
  stopTyping(question);
  changed(question, what);
});

// --- typing: saved after a pause, not with each key ---

const TYPING_PAUSE_MS = 1000;
const typing = new Map();

function stopTyping(question) {
  clearTimeout(typing.get(question));
  return typing.delete(question);
}

function saveTyped() {
  for (const question of [...typing.keys()]) if (stopTyping(question)) changed(question, "answer");
}

form.addEventListener("input", ({ target }) => {
  const question = target.closest("[data-slot]");
  if (!question || !target.name || isTickable(target) || target.options) return;
  stopTyping(question);
  typing.set(question, setTimeout(saveTyped, TYPING_PAUSE_MS));
  touched.add(`answer/${question.dataset.slot}`);
  showQuestion(question);
});

// Enter in a field is no wish to leave the page
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("[data-slot] input:not([type=file])")) return;
  event.preventDefault();
  saveTyped();
});

// on a weak line the page is there, and answered, long before this script
for (const question of form.querySelectorAll("[data-slot]")) {
  const { slot } = question.dataset;
  if (!inputsOf(question).every(isAsMade)) changed(question, "answer");
  if (flagOf(question).checked !== (field(`was-flag/${slot}`).value === "on")) changed(question, "flag");
  const certainty = field(`certainty/${slot}`)?.value ?? "";
  if (certainty !== "" && certainty !== field(`was-certainty/${slot}`).value) changed(question, "certainty");
}

// --- checking one question: the server judges what it has saved ---

const FOUND = "checked-";
const lineOf = (slot) => questionOf(slot).querySelector("[data-check-line]");

function sayOfCheck(slot, text) {
  lineOf(slot).textContent = text;
  document.getElementById("announce").textContent = text;
}

async function check(slot) {
  saveTyped();
  if (filledOf(questionOf(slot)).length === 0) return sayOfCheck(slot, texts.textCheckBlank);
  sayOfCheck(slot, texts.textChecking);
  const log = await ready;
  // a check is only kept for sending when the server can be reached: it is about the answer of this moment
  const reached = (await log.send()) && (await log.ping());
  if (reached) await log.append("check", slot, "");
  if (!reached || !(await log.send())) sayOfCheck(slot, log.blocked ? "" : texts.textCheckOffline);
}

// The page as the server has it now, at what was found.
function showChecked(slot) {
  history.replaceState(null, "", `${location.pathname}#${FOUND}${slot}`);
  location.reload();
}

const found = location.hash.startsWith(`#${FOUND}`) && document.getElementById(location.hash.slice(1));
if (found) {
  found.scrollIntoView({ block: "center" });
  found.focus();
  const words = [...found.children].map((part) => part.innerText.trim()).filter(Boolean);
  document.getElementById("announce").textContent = words.join(" ");
}

// --- the focus in sight ---

// the bar grows with the reader's text and with what it says
const bar = form.querySelector(".statusbar");
new ResizeObserver(() => {
  const stays = getComputedStyle(bar).position === "sticky";
  document.documentElement.style.scrollPaddingTop = stays ? `${Math.ceil(bar.offsetHeight) + 16}px` : "";
}).observe(bar);

// browsers bring the box to tick into sight, without the words that belong to it
form.addEventListener("focusin", ({ target }) => {
  if (target.matches(":focus-visible")) target.closest("label")?.scrollIntoView({ block: "nearest" });
});

// --- leaving, coming back, submitting ---

let finishing = "";

async function finish(then) {
  saveTyped();
  finishing = then;
  const log = await ready;
  while (!(await log.send()) && !log.blocked) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  // the session is over: what was not sent is safe here, the page says how to go on
  if (log.blocked.startsWith("WEB-")) return;
  const pressed = document.createElement("input");
  Object.assign(pressed, { type: "hidden", name: "then", value: then });
  form.append(pressed);
  form.submit();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const then = event.submitter?.value ?? "stay";
  if (then.startsWith("check/")) return check(then.slice("check/".length));
  const [kind, place] = then.split("/");
  if (MOVES.includes(kind)) return finishing || move(kind, place);
  if (!finishing) finish(then);
});

// Choosing, dropping, going on: an entry like an answer, and then the page that follows from it.
const MOVES = ["choose", "discard", "restore", "advance"];

async function move(kind, place) {
  saveTyped();
  finishing = kind;
  const log = await ready;
  await (kind === "choose" ? log.append(kind, null, place) : log.append(kind, place, ""));
  while (!(await log.send()) && !log.blocked) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  finishing = "";
  if (log.blocked) return;
  const seen = { choose: `#section-${place}`, discard: `#slot-${place}`, restore: `#slot-${place}` }[kind] ?? "";
  history.replaceState(null, "", location.pathname + seen);
  location.reload();
}

async function leave() {
  saveTyped();
  const log = await ready;
  await log.order;
  log.leave();
}

document.addEventListener("visibilitychange", async () => {
  if (document.visibilityState === "hidden") return leave();
  const log = await ready;
  if (log.pending().length > 0) log.send();
  // a device that slept counted nothing
  else if (clock) log.ping();
});
addEventListener("pagehide", leave);
addEventListener("online", () => ready.then((log) => log.send()));
// the page kept from before "Back" may show an attempt that is over
addEventListener("pageshow", (event) => event.persisted && location.reload());

document.getElementById("take-over").addEventListener("click", async () => {
  const log = await ready;
  if (await log.goOnHere()) location.reload();
});

// --- the clock: the server's seconds, counted by a clock that nobody can set ---

let end = 0;
let before = Infinity;

// a change of at least this much is told: somebody gave time, or took it back
const TOLD_MS = 20_000;

function setClock(seconds) {
  const next = performance.now() + seconds * 1000;
  if (end > 0 && Math.abs(next - end) >= TOLD_MS) tellChange(next - end);
  end = next;
}

function tellChange(change) {
  const minutes = Math.max(1, Math.round(Math.abs(change) / 60_000));
  const note = document.getElementById("time-note");
  note.firstElementChild.textContent = fill(change > 0 ? texts.textMore : texts.textLess, minutes);
  note.hidden = false;
  if (change > 0) before = Infinity;
  document.getElementById("clock-hint").textContent = "";
  showClock();
}

const secondsLeft = () => Math.max(0, Math.ceil((end - performance.now()) / 1000));

function showClock() {
  const left = secondsLeft();
  const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  const two = (number) => `${number}`.padStart(2, "0");
  clock.textContent = hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  clock.parentElement.classList.toggle("short", left <= 300);
}

let isEnding = false;

function tick() {
  const left = secondsLeft();
  showClock();
  for (const mark of [300, 60]) {
    if (before > mark && left <= mark && left > 0) {
      document.getElementById("announce").textContent = fill(texts.textLeft, mark / 60);
    }
  }
  before = left;
  if (left > 0 || isEnding || finishing === "submit") return;
  isEnding = true;
  endOfTime().finally(() => {
    isEnding = false;
  });
}

// Somebody may have given more time in the last minute, so the server is asked first.
async function endOfTime() {
  const questions = form.querySelector(".questions");
  questions.inert = true;
  saveTyped();
  const log = await ready;
  await log.send();
  await log.ping();
  if (secondsLeft() > 0) {
    questions.inert = false;
    return;
  }
  if (texts.atEnd === "submit") return finish("submit");
  // nothing is submitted by itself: the server's page says how it stands
  if (texts.atEnd === "abandon") await new Promise((resolve) => setTimeout(resolve, AFTER_END_MS));
  location.reload();
}

// answers that were on their way count for 5 seconds more
const AFTER_END_MS = 6_500;
const ASK_MS = 30_000;

if (clock) {
  setClock(Number(texts.remaining));
  before = Number(texts.remaining);
  setInterval(tick, 1000);
  setInterval(() => {
    if (document.visibilityState === "visible" && !finishing) ready.then((log) => log.ping());
  }, ASK_MS);
}
