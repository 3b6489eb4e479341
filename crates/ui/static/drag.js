// Dragging, an extra for fingers and mice: what select boxes offer lies above them as chips, which are dragged onto a
// row, or onto a number in the picture, or tapped and put down with a second tap. The select boxes stay, and say
// everything to keyboards and screen readers. answers.js starts it.

/** How far a finger may tremble, and how near the edge the page scrolls, in pixels. */
const STILL = 6;
const EDGE = 56;

export function offerDragging(rows) {
  const selects = [...rows.querySelectorAll("select")];
  const question = rows.closest("[data-slot]");
  const signs = "once" in rows.dataset ? [] : [...question.querySelectorAll(".picture .sign")];
  const tray = document.createElement("div");
  tray.className = "tray";
  tray.setAttribute("aria-hidden", "true");
  for (const [value, words] of offered(selects)) tray.append(chip(value, words));
  rows.before(tray);

  const put = (select, value) => {
    if (select.value === value || ![...select.options].some((option) => option.value === value)) return;
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const place = (target, { value }) => {
    if ("once" in rows.dataset) selects.filter((other) => other !== target && other.value === value).forEach((other) => put(other, ""));
    put(target, value);
  };
  const targetAt = (x, y) => {
    const under = document.elementsFromPoint(x, y);
    const index = signs.findIndex((sign) => under.some((element) => sign.contains(element)));
    const row = under.map((element) => element.closest(".answer-row")).find((found) => found && rows.contains(found));
    return selects[index] ?? row?.querySelector("select");
  };
  const mark = () => {
    for (const { dataset, classList } of tray.children) {
      classList.toggle("used", selects.some((select) => select.value === dataset.value));
    }
    signs.forEach((sign, index) => sign.classList.toggle("filled", selects[index].value !== ""));
  };
  const over = (select) => {
    for (const row of rows.querySelectorAll(".over")) row.classList.remove("over");
    select?.closest(".answer-row").classList.add("over");
  };
  const hold = (held) => {
    for (const other of tray.children) other.classList.toggle("held", other === held);
  };

  for (const one of tray.children) follow(one, { hold, over, targetAt, drop: (target) => place(target, one.dataset) });
  const putDown = ({ target, clientX, clientY }) => {
    const held = tray.querySelector(".held");
    const select = held && !target.closest("select") && targetAt(clientX, clientY);
    if (!select) return;
    place(select, held.dataset);
    hold(null);
  };
  question.addEventListener("click", putDown);
  question.addEventListener("change", mark);
  question.addEventListener("filled", mark);
  mark();
}

function offered(selects) {
  const options = selects.flatMap((select) => [...select.options]).filter(({ value }) => value !== "");
  return new Map(options.map(({ value, label }) => [value, label]));
}

function chip(value, words) {
  const element = document.createElement("span");
  element.className = "chip";
  element.dataset.value = value;
  element.textContent = words;
  return element;
}

// One chip under one pointer.
function follow(element, { hold, over, targetAt, drop }) {
  let from = null;
  let moved = false;
  const end = () => {
    from = null;
    over(null);
    element.classList.remove("dragged");
    element.style.translate = "";
  };
  element.addEventListener("pointerdown", (event) => {
    from = { x: event.pageX, y: event.pageY };
    moved = false;
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", ({ pageX, pageY, clientX, clientY }) => {
    if (!from) return;
    const [across, down] = [pageX - from.x, pageY - from.y];
    if (!moved && Math.hypot(across, down) < STILL) return;
    moved = true;
    element.classList.add("dragged");
    element.style.translate = `${across}px ${down}px`;
    if (clientY < EDGE) scrollBy(0, -EDGE / 4);
    else if (clientY > innerHeight - EDGE) scrollBy(0, EDGE / 4);
    over(targetAt(clientX, clientY));
  });
  element.addEventListener("pointerup", ({ clientX, clientY }) => {
    if (!from) return;
    const target = moved ? targetAt(clientX, clientY) : null;
    const wasHeld = element.classList.contains("held");
    end();
    hold(moved || wasHeld ? null : element);
    if (target) drop(target);
  });
  element.addEventListener("pointercancel", end);
}
