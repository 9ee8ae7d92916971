// Keeps the list of places up to date, and the panel open where there is room for it.
const side = document.querySelector("details.side");
const wide = matchMedia("(min-width: 46.01rem)");
const fit = () => { side.open = wide.matches; };
wide.addEventListener("change", fit);
fit();

const places = document.querySelector("nav.places");
let before = places.innerHTML;
async function look() {
  try {
    const answer = await fetch(places.dataset.from);
    const now = answer.ok ? await answer.text() : before;
    if (now === before) return;
    const focused = places.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    places.innerHTML = before = now;
    if (focused) places.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  } catch { /* the demo has ended, or is busy: look again */ }
}
setInterval(look, 2000);

// A browser that goes back would look for the conversation as it was then; this one is open now.
const conversation = document.querySelector("#conversation");
conversation?.contentWindow.location.replace(conversation.dataset.from);
