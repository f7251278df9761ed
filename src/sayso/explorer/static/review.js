// Sends a judgement without leaving the article: the page is fetched anew and only what was said of the item replaced.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest(".judging form");
  if (!form || !event.submitter || "plainly" in form.dataset) return;
  event.preventDefault();
  const item = form.closest("[data-item]").dataset.item;
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
  if (!answer.ok) { // sent as any form is, it shows what is wrong
    form.dataset.plainly = "";
    form.requestSubmit(event.submitter);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const find = (from) => from.querySelector(`.item[data-item="${CSS.escape(item)}"]`);
  const fresh = find(page);
  if (!fresh) { location.reload(); return; }
  const said = fresh.querySelector(":scope > .said-of");
  const old = find(document);
  old.querySelector(":scope > .said-of")?.remove();
  if (said) old.querySelector(":scope > .judging").before(said);
  form.closest(".judging").open = false;
  form.closest(".judging").querySelector("summary").focus();
});
