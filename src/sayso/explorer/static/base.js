// Keys that work on every page: "/" searches, "?" tells the keys, j and k go through the items. All links work without.
const isTyping = (element) => element?.closest?.("input, textarea, select, [contenteditable]");
const help = document.querySelector("#keys");
const button = document.querySelector("[data-help]");

if (button && help?.showModal) {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}

const items = () => [...document.querySelectorAll("[data-step]")];

const step = (by) => {
  const all = items();
  if (!all.length) return;
  const now = all.indexOf(document.activeElement?.closest("[data-step]"));
  const next = all[Math.min(all.length - 1, Math.max(0, now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by))];
  (next.querySelector("a, button") ?? next).focus();
  next.scrollIntoView({ block: "nearest" });
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (event.key === "Escape" && isTyping(event.target)) event.target.blur();
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "/") {
    const field = document.querySelector("[data-search]");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  } else if (event.key === "?") {
    help?.showModal?.();
  } else if (event.key === "j") {
    step(1);
  } else if (event.key === "k") {
    step(-1);
  }
});
