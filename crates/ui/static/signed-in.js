// This device greets a learner who is signed in: by name, on pages that are the same for everybody. The name is kept
// beside the time until which the session lasts, and goes with signing out. It opens nothing: the cookie does.

const PLACE = "taynghe-learner";

function change(act) {
  try {
    return act(localStorage);
  } catch {
    return null; // the browser stores nothing: then it greets nobody
  }
}

const here = document.querySelector("[data-learner]");
if (here) {
  const { learner: name, until } = here.dataset;
  change((place) => place.setItem(PLACE, JSON.stringify({ name, until })));
}
if (document.querySelector("[data-signed-out]")) change((place) => place.removeItem(PLACE));

const link = document.querySelector("[data-sign-in]");
const known = link && change((place) => JSON.parse(place.getItem(PLACE)));
if (known && new Date(known.until) > new Date()) {
  link.textContent = known.name ? link.dataset.textNamed.replace("{}", () => known.name) : link.dataset.textUnnamed;
}
