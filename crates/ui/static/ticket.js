// The page from which a proven launch opens in a window: a ticket lives a
// minute, so it is renewed while the reader takes their time.

import { showNotice } from "./new-window.js";

const RENEWED = 40_000;

const form = document.getElementById("continue");
const field = form.elements.ticket;
let pressed = false;

// False when there is nothing left to open; a weak line is no reason to say so.
async function renew() {
  const body = new URLSearchParams({ ticket: field.value });
  const answer = await fetch(form.dataset.renewal, { method: "POST", body }).catch(() => null);
  if (answer?.ok) field.value = (await answer.json()).ticket;
  return answer === null || answer.ok;
}

// Pressed again, the same window would show that its ticket is used, in place of what somebody is at work on there.
// When it was never used, because the browser let no window open, it is worth another try.
form.addEventListener("submit", async (event) => {
  if (!pressed) {
    pressed = true;
    return;
  }
  event.preventDefault();
  if (await renew()) form.submit();
});

const renewal = setInterval(async () => {
  if (await renew()) return;
  clearInterval(renewal);
  if (pressed) return;
  document.getElementById("before").hidden = true;
  showNotice("late");
}, RENEWED);
