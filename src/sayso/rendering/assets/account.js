"use strict";
// Lights an item and its words in the text together. Without this script the page can be read, and its links work.
(() => {
  const SAYS = {
    actor: "who", recipient: "to whom", anchor: "did", number: "how many", place: "where", time: "when",
    source: "who", cue: "says",
  };
  const wide = window.matchMedia("(min-width: 60rem)");
  const all = [];
  let lit = [];

  const put = (element, name) => { element.classList.add(name); lit.push(element); };

  const clear = () => {
    for (const element of lit) {
      element.classList.remove("lit", "key", "touched");
      delete element.dataset.says;
    }
    lit = [];
  };

  const lightEvidence = (marks, item) => {
    const said = new Set();
    for (const [element, role] of marks.get(item) ?? []) {
      put(element, "lit");
      if (role !== "content") put(element, "key");
      if (SAYS[role] && !said.has(role) && !element.dataset.says) {
        element.dataset.says = SAYS[role];
        said.add(role);
      }
    }
  };

  const reveal = (panel, element) => {
    if (!wide.matches || panel.scrollHeight <= panel.clientHeight) return;
    const outer = panel.getBoundingClientRect(), inner = element.getBoundingClientRect();
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      panel.scrollTop += inner.top - outer.top - outer.height / 3;
    }
  };

  const bringIntoView = (element) => {
    if (!wide.matches || !element) return;
    const { top, bottom } = element.getBoundingClientRect();
    if (top < 40 || bottom > window.innerHeight - 40) element.scrollIntoView({ block: "center" });
  };

  for (const section of document.querySelectorAll(".document")) {
    const panel = section.querySelector(".panel");
    const entries = new Map(), marks = new Map();
    for (const entry of panel.querySelectorAll(".item")) {
      entries.set(entry.dataset.item, entry);
      all.push(entry);
    }
    const rolesOf = (element) => element.dataset.roles.split(" ").map((mark) => mark.split(":"));
    for (const element of section.querySelectorAll("[data-roles]")) {
      for (const [item, role] of rolesOf(element)) {
        if (!marks.has(item)) marks.set(item, []);
        marks.get(item).push([element, role]);
      }
    }
    const fromPanel = (event) => {
      const entry = event.target.closest(".item");
      if (!entry) return;
      clear();
      put(entry, "lit");
      lightEvidence(marks, entry.dataset.item);
      if (event.type === "focusin") bringIntoView(marks.get(entry.dataset.item)?.[0]?.[0]);
    };
    const fromText = (event) => {
      const element = event.target.closest("[data-roles]");
      if (!element) return;
      clear();
      const items = rolesOf(element).map(([item]) => item);
      const chosen = element.dataset.item ?? items.at(-1);
      for (const item of new Set(items)) if (entries.has(item)) put(entries.get(item), item === chosen ? "lit" : "touched");
      lightEvidence(marks, chosen);
      if (entries.has(chosen)) reveal(panel, entries.get(chosen));
    };
    const article = section.querySelector("article");
    for (const kind of ["pointerover", "focusin"]) {
      panel.addEventListener(kind, fromPanel);
      article.addEventListener(kind, fromText);
    }
  }

  const step = (by) => {
    const now = all.indexOf(document.activeElement?.closest?.(".item"));
    const next = all[Math.min(all.length - 1, Math.max(0, now < 0 && by < 0 ? 0 : now + by))];
    next?.querySelector(".tag").focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
    if (event.key === "Escape") { document.activeElement?.blur(); clear(); }
  });
})();
