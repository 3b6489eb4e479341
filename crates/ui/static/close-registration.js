// Tells the platform, and nobody else, that its frame or window with the
// registration may be closed. It takes the page away at once, so it is asked
// only when the administrator presses for it.

const close = document.getElementById("close");
const platform = window.opener ?? (window.parent === window ? null : window.parent);

if (platform) {
  close.hidden = false;
  close.querySelector("button").addEventListener("click", () => {
    platform.postMessage({ subject: "org.imsglobal.lti.close" }, close.dataset.origin);
  });
}
