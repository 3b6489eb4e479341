// An answer is signed once: a second press while the first is on its way would be refused.

const form = document.querySelector("form.picker");
let sent = false;

form.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
});
addEventListener("pageshow", () => { sent = false; });
