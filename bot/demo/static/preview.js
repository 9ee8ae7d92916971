// The newest answer is what somebody has just asked for, so the conversation is led there.
const timeline = document.querySelector("#channel-timeline");
const list = document.querySelector("#channel-message-list");
const known = new Set();
function follow() {
  const newest = [...list.querySelectorAll("[data-message-id]")].map(each => each.dataset.messageId);
  const isNew = newest.some(id => !known.has(id));
  newest.forEach(id => known.add(id));
  if (isNew) requestAnimationFrame(() => { timeline.scrollTop = timeline.scrollHeight; });
}
new MutationObserver(follow).observe(list, { childList: true, subtree: true });
list.addEventListener("load", () => {
  const isNear = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < 500;
  if (isNear) timeline.scrollTop = timeline.scrollHeight;
}, true);
