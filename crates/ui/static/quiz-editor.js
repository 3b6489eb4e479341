// The editor without a reload where none is needed: marks follow the kind of
// question, and typed words are not left behind unasked.

const form = document.getElementById("editor");
let dirty = "unsaved" in form.dataset;

form.addEventListener("input", () => { dirty = true; });
form.addEventListener("submit", () => { dirty = false; });
addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

form.addEventListener("change", (event) => {
  if (!("kind" in event.target.dataset)) return;
  const several = event.target.value === "several";
  const question = event.target.closest(".question");
  for (const mark of question.querySelectorAll(".mark input")) mark.type = several ? "checkbox" : "radio";
  for (const part of question.querySelectorAll("[data-partial]")) part.hidden = !several;
});

const problems = document.getElementById("problem-list");
if (problems && !location.hash) problems.focus();
