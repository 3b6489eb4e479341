// The page in the platform's frame while the launch goes on in a window:
// says so, and posts from here what a picker in that window signed.

const form = document.getElementById("continue");

/** Shows one of the page's notices and hides the others. */
export function showNotice(name) {
  for (const notice of document.querySelectorAll("[data-notice]")) {
    notice.hidden = notice.dataset.notice !== name;
  }
}

form.addEventListener("submit", () => showNotice("continued"));

addEventListener("message", (event) => {
  const message = event.data;
  if (event.origin !== location.origin || message?.type !== "taynghe.deep-linking") return;
  const address = new URL(message.return_url);
  if (address.protocol !== "https:" && address.protocol !== "http:") return;
  // tells the window that it may close
  event.source?.postMessage({ type: "taynghe.deep-linking.taken" }, location.origin);
  document.getElementById("before").hidden = true;
  showNotice("returned");
  const answer = document.createElement("form");
  answer.method = "post";
  answer.action = address.href;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "JWT";
  field.value = message.jwt;
  answer.append(field);
  document.body.append(answer);
  answer.submit();
});
