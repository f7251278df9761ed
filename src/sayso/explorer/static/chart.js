// Draws charts from their Vega-Lite specifications. Expressions are interpreted, not compiled: the policy of the pages
// forbids scripts that are made at run time. A chart is asked for as wide as its place, and anew when that changes.

const EDGES = 34;
const STEP = 40;
const ERRORS = 1;

let loading;
const load = () => loading ??= new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = "/charts.js";
  script.type = "module";
  script.onload = resolve;
  script.onerror = () => reject(new Error(script.src));
  document.head.append(script);
});

const room = (figure) => {
  const style = getComputedStyle(figure);
  const inside = figure.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - EDGES;
  return Math.min(1160, Math.max(260, Math.floor(inside / STEP) * STEP));
};

const addressOf = (figure, width) => {
  const address = new URL(figure.dataset.chart, location.href);
  address.searchParams.set("width", width);
  return address;
};

const fetched = async (address) => {
  const answer = await fetch(address);
  if (answer.ok) return answer.json();
  const told = await answer.json().catch(() => ({}));
  throw new Error([told.detail].flat().join(" ") || answer.statusText);
};

// A chart that has become a little too narrow stays: or it would be drawn for ever where a scrollbar comes and goes.
const fits = (drawn, width) => drawn >= width - STEP && drawn <= width;

const draw = async (figure) => {
  const width = room(figure);
  if (figure.dataset.drawn && fits(Number(figure.dataset.drawn), width)) return;
  figure.dataset.drawn = width;
  const waiting = figure.querySelector("[data-waiting]");
  const failed = figure.querySelector("[data-failed]");
  if (waiting) waiting.hidden = false;
  if (failed) failed.hidden = true;
  try {
    const [specification] = await Promise.all([fetched(addressOf(figure, width)), load()]);
    const place = document.createElement("div");
    place.role = "img";
    place.ariaLabel = specification.description ?? figure.ariaLabel;
    const drawn = await window.vegaEmbed(place, specification, {
      actions: false, ast: true, renderer: "svg", defaultStyle: false, logLevel: ERRORS,
      tooltip: { disableDefaultStyle: true, theme: "sayso" },
    });
    // The picture is named as a whole; its numbers are in the table of the page.
    place.querySelector("svg")?.setAttribute("aria-hidden", "true");
    if (figure.dataset.drawn !== String(width)) { drawn.finalize(); return; }
    for (const before of figure.querySelectorAll(":scope > div")) before.remove();
    figure.append(place);
  } catch (error) {
    if (failed) {
      failed.dataset.words ??= failed.textContent;
      failed.textContent = `${failed.dataset.words} ${error.message}`;
      failed.hidden = false;
    }
  }
  if (waiting) waiting.hidden = true;
};

const figures = [...document.querySelectorAll("[data-chart]")];
let resting;
const again = new ResizeObserver(() => {
  clearTimeout(resting);
  resting = setTimeout(() => figures.forEach(draw), 200);
});
for (const figure of figures) {
  draw(figure);
  again.observe(figure);
}
