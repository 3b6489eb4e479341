// Shares follow the weights while they are typed; the table below says that it is older than the form.

const form = document.getElementById("score");
const stale = document.getElementById("stale");
const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });

function weightOf(row) {
  const chosen = row.querySelector("input[type=checkbox]");
  if (!chosen.checked || "gone" in chosen.dataset) return 0;
  const typed = row.querySelector("input[type=text]").value.trim().replace(",", ".");
  return /^\d{1,4}(\.\d{0,2})?$/.test(typed) ? Number(typed) : 0;
}

function show() {
  const rows = [...form.querySelectorAll(".score-activities > li")];
  const weights = rows.map(weightOf);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  rows.forEach((row, index) => {
    row.querySelector("[data-share]").textContent = weights[index] > 0 ? `${number.format((weights[index] / whole) * 100)}\u00a0%` : "";
  });
}

form?.addEventListener("input", () => {
  show();
  stale.hidden = false;
});
