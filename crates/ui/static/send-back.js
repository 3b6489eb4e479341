// Sends the signed selection back to the platform: through the page in the
// platform's frame when that opened this window, else by the form.

const form = document.getElementById("send");
const opener = "inWindow" in form.dataset ? window.opener : null;

if (opener) {
  addEventListener("message", (event) => {
    if (event.origin !== location.origin || event.data?.type !== "taynghe.deep-linking.taken") return;
    document.getElementById("before").hidden = true;
    document.querySelector("[data-notice=sent]").hidden = false;
    close();
  });
  const jwt = form.elements.JWT.value;
  // reaches the opener only while it is a page of ours
  opener.postMessage({ type: "taynghe.deep-linking", return_url: form.action, jwt }, location.origin);
} else if (!("inWindow" in form.dataset)) {
  form.submit();
}
