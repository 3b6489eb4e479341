// What fields other than options get besides the plain form: how a number is read, how many words there are, a
// slider. attempt.js collects and saves; "filled" says that it has put unsent answers into a question.

import { offerDragging } from "./drag.js";
import { readQuantity } from "./number.js";

const form = document.getElementById("attempt");
const texts = form.dataset;
const fill = (text, value) => text.replace("{}", value);
const elements = (selector) => form.querySelectorAll(selector);

// --- numbers ---

const readingOf = (input) => document.getElementById(`${input.id}-reading`);
const withUnit = (input, number, unit) => [number.text, unit || input.dataset.unit].filter(Boolean).join(" ");

function showReading(input, isDone) {
  const line = readingOf(input);
  const { number, unit } = readQuantity(input.value, input.dataset.number);
  const isUnread = number.kind === "not-a-number" && input.value.trim() !== "";
  line.classList.toggle("unread", isUnread && isDone);
  line.classList.toggle("asks", number.kind === "ambiguous");
  const which = line.nextElementSibling?.matches("[data-which]") ? line.nextElementSibling : null;
  // the server's question is answered, or the script asks it itself
  if (which?.querySelector(":checked") && input.value === input.defaultValue) return;
  which?.remove();
  if (number.kind === "ambiguous") return ask(input, line, number, unit);
  if (number.kind === "read") line.textContent = fill(texts.textReadAs, withUnit(input, number, unit));
  else line.textContent = isUnread && isDone ? texts.textReadNot : "";
}

// One of two readings is chosen by writing it so that nobody can misread it.
function ask(input, line, { decimal, grouped }, unit) {
  const button = (number) => {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "quiet";
    element.textContent = withUnit(input, number, unit);
    element.addEventListener("click", () => {
      input.value = [number.text, unit].filter(Boolean).join(" ");
      input.focus();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    return element;
  };
  line.replaceChildren(`${texts.textReadWhich} `, button(decimal), " ", button(grouped));
}

for (const input of elements("[data-number]")) readingOf(input).setAttribute("aria-live", "polite");

// --- words ---

const countWords = (text) => text.trim().split(/\s+/u).filter(Boolean).length;

function showWords(area) {
  document.getElementById(`${area.id}-words`).textContent = fill(texts.textWords, countWords(area.value));
}

// --- what can be chosen once ---

// The keyboard leads a closed list past its choices one by one: nothing is refused on the way, it is told.
function showTwice(rows) {
  const seen = new Set();
  for (const select of rows.querySelectorAll("select")) {
    const again = select.value !== "" && seen.has(select.value);
    seen.add(select.value);
    const line = select.parentElement.querySelector(".again");
    if (!again) line?.remove();
    else if (!line) select.insertAdjacentElement("afterend", sentence(rows.dataset.once));
  }
}

function sentence(words) {
  const line = document.createElement("p");
  line.className = "hint again";
  line.setAttribute("role", "status");
  line.textContent = words;
  return line;
}

// --- sliders ---

for (const slider of elements("[data-slider]")) {
  const range = slider.querySelector("input");
  const number = slider.parentElement.querySelector("[type=number]");
  slider.hidden = false;
  range.addEventListener("input", () => {
    number.value = range.value;
    number.dispatchEvent(new Event("input", { bubbles: true }));
  });
  range.addEventListener("change", () => number.dispatchEvent(new Event("change", { bubbles: true })));
  slider.classList.toggle("unset", number.value === "");
}

function showSlider(number) {
  const slider = number.closest(".answer-line").querySelector("[data-slider]");
  slider.classList.toggle("unset", number.value === "");
  if (number.value !== "") slider.querySelector("input").value = number.value;
}

// --- marks in a picture ---

const SVG = "http://www.w3.org/2000/svg";
const markFields = (question) => [...question.querySelectorAll(".spot")].map((row) => row.querySelectorAll("input"));

function showMarks(question) {
  const picture = question.querySelector("[data-spots]");
  const radius = picture.querySelector(".grid").getAttribute("font-size");
  const signs = markFields(question).map(([x, y], index) => {
    if (x.value === "" || y.value === "") return "";
    const sign = document.createElementNS(SVG, "g");
    const [circle, text] = ["circle", "text"].map((name) => sign.appendChild(document.createElementNS(SVG, name)));
    const set = (element, values) => Object.entries(values).forEach(([name, value]) => element.setAttribute(name, value));
    set(sign, { class: "sign" });
    set(circle, { cx: x.value, cy: y.value, r: radius });
    set(text, { x: x.value, y: y.value, "font-size": radius });
    text.textContent = index + 1;
    return sign;
  });
  picture.querySelector("[data-signs]").replaceChildren(...signs.filter(Boolean));
}

// A tap sets the next mark; on a mark that is set it takes it away.
for (const picture of elements("[data-spots]")) {
  picture.classList.add("taps");
  picture.addEventListener("click", ({ clientX, clientY }) => {
    const svg = picture.querySelector("svg");
    const { left, top, width, height } = svg.getBoundingClientRect();
    const { width: wide, height: high } = svg.viewBox.baseVal;
    const at = [((clientX - left) / width) * wide, ((clientY - top) / height) * high].map(Math.floor);
    const radius = Math.max(svg.querySelector(".grid").getAttribute("font-size"), (22 / width) * wide);
    const fields = markFields(picture.closest("[data-slot]"));
    const isNear = ([x, y]) => x.value !== "" && Math.hypot(x.value - at[0], y.value - at[1]) <= radius;
    const near = fields.find(isNear);
    const [x, y] = near ?? fields.find(([across]) => across.value === "") ?? fields.at(-1);
    [x.value, y.value] = near ? ["", ""] : at;
    x.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// --- together ---

function show(field, isDone) {
  if (field.matches("[data-number]")) showReading(field, isDone);
  else if (field.matches("[data-words]")) showWords(field);
  else if (field.matches(".spot input")) showMarks(field.closest("[data-slot]"));
  else if (field.matches(".answer-line [type=number]")) showSlider(field);
  else if (field.matches("[data-once] select")) showTwice(field.closest("[data-once]"));
}

const showAll = (within) => {
  for (const field of within.querySelectorAll("[data-number], [data-words], .answer-line [type=number], .spot input")) {
    if (field.value !== "") show(field, true);
  }
};

for (const rows of elements("[data-drag]")) offerDragging(rows);
form.addEventListener("input", ({ target }) => show(target, false));
form.addEventListener("change", ({ target }) => show(target, true));
form.addEventListener("filled", ({ target }) => showAll(target));
showAll(form);
