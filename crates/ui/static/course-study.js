// Watching counts when the video was played to its end: until then the button waits. Without this script it does not.

const button = document.querySelector("[data-watched]");
const videos = [...document.querySelectorAll("video")];

if (button && videos.length > 0) {
  const left = new Set(videos);
  const words = document.createElement("span");
  words.className = "hint";
  words.id = "watch-first";
  words.textContent = button.dataset.text;
  button.after(words);
  button.disabled = true;
  button.setAttribute("aria-describedby", words.id);
  const seen = (video) => {
    left.delete(video);
    if (left.size > 0) return;
    button.disabled = false;
    words.remove();
  };
  for (const video of videos) {
    video.addEventListener("ended", () => seen(video));
    // what cannot be played must not lock anybody in
    video.addEventListener("error", () => seen(video));
  }
}
