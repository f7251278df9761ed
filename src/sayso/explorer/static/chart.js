// Draws charts from their Vega-Lite specifications. Expressions are interpreted, not compiled: the policy of the pages
// forbids scripts that are made at run time.

const load = () => new Promise((resolve, reject) => {
  if (window.vegaEmbed) { resolve(); return; }
  const script = document.createElement("script");
  script.src = "/charts.js";
  script.type = "module";
  script.onload = resolve;
  script.onerror = reject;
  document.head.append(script);
});

const draw = async (figure) => {
  const waiting = figure.querySelector("[data-waiting]");
  if (waiting) waiting.hidden = false;
  try {
    const [answer] = await Promise.all([fetch(figure.dataset.chart), load()]);
    if (!answer.ok) throw new Error((await answer.json()).detail?.join(" ") ?? answer.statusText);
    const place = document.createElement("div");
    figure.append(place);
    await window.vegaEmbed(place, await answer.json(), {
      actions: false, ast: true, renderer: "canvas", defaultStyle: false, tooltip: { disableDefaultStyle: true },
    });
  } catch (error) {
    const failed = figure.querySelector("[data-failed]");
    if (failed) { failed.hidden = false; failed.textContent = `${failed.textContent} ${error.message}`; }
  }
  if (waiting) waiting.hidden = true;
};

for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);
