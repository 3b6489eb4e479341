// Places in a picture, for the editor and for corrected keys: a click or a drag on the picture writes its numbers into the lines beside it.
// The lines are the form; this only saves counting pixels.

const A_DRAG = 6;

function pixelOf(picture, { clientX, clientY }) {
  const { left, top, width, height } = picture.getBoundingClientRect();
  const inside = (value, most) => Math.max(0, Math.min(most - 1, Math.round(value)));
  return {
    x: inside(((clientX - left) / width) * picture.dataset.width, Number(picture.dataset.width)),
    y: inside(((clientY - top) / height) * picture.dataset.height, Number(picture.dataset.height)),
  };
}

function write(lines, numbers) {
  const typed = lines.value.trimEnd();
  const last = typed.slice(typed.lastIndexOf("\n") + 1);
  const isOpen = last !== "" && !/=.*\d/.test(last);
  const line = isOpen ? `${last.replace(/\s*=\s*$/, "")} = ${numbers}` : ` = ${numbers}`;
  const before = isOpen ? typed.slice(0, typed.length - last.length) : typed && `${typed}\n`;
  lines.value = before + line;
  lines.focus();
  const caret = isOpen ? lines.value.length : before.length;
  lines.setSelectionRange(caret, caret);
  lines.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const picture of document.querySelectorAll("[data-places]")) {
  const lines = picture.closest(".authored").querySelector(
    ["zones", "regions", "spots"].map((key) => `[name$="_p_${key}"], [name="key/${key}"]`).join(","),
  );
  if (!lines) continue;
  const onlySpots = lines.name.endsWith("_p_spots");
  picture.classList.add("takes-places");
  document.getElementById(picture.dataset.places).hidden = false;
  let from = null;
  picture.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    picture.setPointerCapture(event.pointerId);
    from = pixelOf(picture, event);
  });
  picture.addEventListener("pointerup", (event) => {
    if (!from) return;
    const to = pixelOf(picture, event);
    const [width, height] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
    const radius = Math.max(8, Math.round(picture.dataset.width / 25));
    if (onlySpots) write(lines, `${to.x} ${to.y}`);
    else if (Math.min(width, height) < A_DRAG) write(lines, `${to.x} ${to.y} ${radius}`);
    else write(lines, `${Math.min(from.x, to.x)} ${Math.min(from.y, to.y)} ${width} ${height}`);
    from = null;
  });
}
