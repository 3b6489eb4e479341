// Files of a question: each is sent at once, with its progress, and becomes an answer by a ticked box, which
// attempt.js saves as every other field. Photos are shrunk before they are sent: the server keeps no larger ones.

const form = document.getElementById("attempt");
const texts = form.dataset;
const fill = (text, value) => text.replace("{}", value);
const LONGEST = 2400;
const SHRUNK_FROM = 700_000;
let sending = 0;

const partOf = (input) => input.closest("[data-upload]");
const slotOf = (part) => part.closest("[data-slot]").dataset.slot;
const boxesOf = (part) => [...part.querySelectorAll("[type=checkbox]")];

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function shrunk(file) {
  if (!/^image\/(jpeg|webp)$/.test(file.type) || file.size < SHRUNK_FROM) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = element("canvas", {
      width: Math.round(picture.width * scale), height: Math.round(picture.height * scale),
    });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const photo = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    return photo && photo.size < file.size ? photo : file;
  } catch {
    return file; // what the browser cannot read is the server's to judge
  }
}

function send(part, content, name, tell) {
  return new Promise((resolve) => {
    const held = boxesOf(part).filter((box) => box.checked).length;
    const request = new XMLHttpRequest();
    request.open("POST", `${texts.files}/${encodeURIComponent(slotOf(part))}?held=${held}`);
    request.setRequestHeader("x-csrf-token", form.elements.namedItem("csrf").value);
    request.setRequestHeader("x-file-name", encodeURIComponent(name));
    request.setRequestHeader("accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => tell(total ? loaded / total : 0));
    request.addEventListener("load", () => resolve({ status: request.status, body: request.response }));
    for (const cut of ["error", "abort", "timeout"]) request.addEventListener(cut, () => resolve({ status: 0 }));
    request.send(content);
  });
}

// A box as the server makes it.
function add(part, { hash, kind, bytes, name, path }) {
  const value = `${hash} ${kind} ${bytes} ${name}`;
  const known = boxesOf(part).find((box) => box.value.startsWith(hash));
  const box = known ?? element("input", {
    type: "checkbox", name: `answer/${slotOf(part)}/file`, value,
  });
  if (!known) {
    const label = element("label", {}, box, " ", element("span", { className: "file-name", textContent: name }));
    const item = element("li", {}, label);
    if (kind === "picture") item.append(element("img", { src: path, alt: fill(texts.textFilePicture, name) }));
    part.querySelector(".files").append(item);
  }
  box.checked = true;
  part.querySelector("[data-remove]").hidden = false;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function problem(line, text, again) {
  line.replaceChildren(element("span", { className: "file-problem", textContent: text }));
  if (!again) return;
  const button = element("button", { type: "button", className: "quiet", textContent: texts.textFileRetry });
  button.addEventListener("click", again);
  line.append(" ", button);
}

async function take(part, file, line) {
  const bar = element("progress", { max: 1, value: 0 });
  bar.setAttribute("aria-label", fill(texts.textFileSending, file.name));
  line.replaceChildren(element("span", { textContent: fill(texts.textFileSending, file.name) }), " ", bar);
  sending += 1;
  const content = await shrunk(file);
  const { status, body } = await send(part, content, file.name, (share) => { bar.value = share; });
  sending -= 1;
  if (status === 200) {
    line.textContent = fill(texts.textFileSent, body.name);
    add(part, body);
  } else if (status === 0) {
    problem(line, fill(texts.textFileCut, file.name), () => take(part, file, line));
  } else {
    problem(line, `${file.name}: ${body?.detail ?? body?.code ?? status}`);
  }
}

for (const input of form.querySelectorAll("[data-upload] [type=file]")) {
  input.addEventListener("change", async (event) => {
    event.stopPropagation(); // attempt.js saves boxes, not the choice of a file
    const part = partOf(input);
    const files = [...input.files];
    input.value = "";
    const progress = part.querySelector("[data-progress]");
    progress.replaceChildren();
    for (const file of files) {
      const line = element("p", {});
      progress.append(line);
      await take(part, file, line);
    }
  });
}

// the page is not left while a file is on its way
form.addEventListener("submit", (event) => {
  if (sending === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  document.getElementById("announce").textContent = texts.textFileWait;
  document.querySelector("[data-progress]:not(:empty)").scrollIntoView({ block: "center" });
}, { capture: true });
