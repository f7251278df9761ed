// The map, from the world to a town. Land is drawn on a canvas, marks are elements that can be reached by keyboard. What
// is seen and when is in the address, so that it can be sent. Places are never moved: what is too near is a number.

const TILE = 256;
const LABELS = 30;
const MOST_FOCUSABLE = 200;
const filters = () => new URLSearchParams(location.search);

// Places on the earth as parts of a square, as Mercator has it.
const across = (lon) => (lon + 180) / 360;
const down = (lat) => {
  const bounded = Math.max(-85, Math.min(85, lat)) * Math.PI / 180;
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + bounded / 2)) / (2 * Math.PI);
};
const longitude = (x) => x * 360 - 180;
const latitude = (y) => (2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2) * 180 / Math.PI;
const between = (low, value, high) => Math.max(low, Math.min(high, value));

const readLand = ({ scale, countries }) => countries.map(({ name, rings }) => ({
  name,
  rings: rings.map((steps) => {
    const points = new Float64Array(steps.length);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = 0, lon = 0, lat = 0; at < steps.length; at += 2) {
      lon += steps[at]; lat += steps[at + 1];
      const x = points[at] = across(lon / scale), y = points[at + 1] = down(lat / scale);
      box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
    }
    return { points, box };
  }),
}));

const start = (map) => {
  const canvas = map.querySelector("canvas");
  const layer = map.querySelector("[data-marks]");
  const card = document.querySelector("[data-card]");
  const closest = Number(map.dataset.closest);
  let land = [];
  let marks = [];
  let taken = [];
  let chosen = "";
  let asking;
  let settling;
  map.hidden = false;

  const size = () => ({ width: map.clientWidth, height: map.clientHeight });
  const smallest = () => Math.max(0, Math.log2(size().width / TILE) - 0.2);
  const view = { x: 0.5, y: 0.4, z: 1 };
  const pixels = () => TILE * 2 ** view.z;
  const place = (x, y) => {
    const { width, height } = size();
    return [(x - view.x) * pixels() + width / 2, (y - view.y) * pixels() + height / 2];
  };

  const see = (x, y, z) => {
    view.z = between(Math.min(smallest(), 2), z, closest);
    view.x = between(0, x, 1);
    view.y = between(0.02, y, 0.98);
    draw();
    clearTimeout(settling);
    settling = setTimeout(settled, 180);
  };

  const fit = () => {
    const [west, south, east, north] = map.dataset.box.split(",").map(Number);
    const { width, height } = size();
    const wide = Math.max(across(east) - across(west), 0.004);
    const high = Math.max(down(south) - down(north), 0.004);
    const z = Math.log2(Math.min(width * 0.86 / wide, height * 0.86 / high) / TILE);
    see((across(west) + across(east)) / 2, (down(south) + down(north)) / 2, z);
  };

  const closer = (by, at = [size().width / 2, size().height / 2]) => {
    const { width, height } = size();
    const before = pixels();
    const z = between(Math.min(smallest(), 2), view.z + by, closest);
    const gain = 1 / before - 1 / (TILE * 2 ** z);
    see(view.x + (at[0] - width / 2) * gain, view.y + (at[1] - height / 2) * gain, z);
  };

  // Drawing

  const trace = (pen, { points, box }, turn) => {
    const { width, height } = size();
    const [left, top] = place(box[0] + turn, box[1]);
    const [right, bottom] = place(box[2] + turn, box[3]);
    if (right < 0 || left > width || bottom < 0 || top > height || right - left + bottom - top < 1) return;
    const scale = pixels(), dx = width / 2 - (view.x - turn) * scale, dy = height / 2 - view.y * scale;
    let beforeX = Infinity, beforeY = Infinity;
    for (let at = 0; at < points.length; at += 2) {
      const x = points[at] * scale + dx, y = points[at + 1] * scale + dy;
      if (Math.abs(x - beforeX) + Math.abs(y - beforeY) < 0.8) continue;
      if (beforeX === Infinity) pen.moveTo(x, y); else pen.lineTo(x, y);
      beforeX = x; beforeY = y;
    }
    pen.closePath();
  };

  const nameCountry = (pen, country) => {
    const { box } = country.rings.reduce((a, b) => (extent(b.box) > extent(a.box) ? b : a));
    const [left, top] = place(box[0], box[1]);
    const [right, bottom] = place(box[2], box[3]);
    if (right - left < pen.measureText(country.name).width * 1.8 || bottom - top < 30) return;
    const [x, y, half] = [(left + right) / 2, (top + bottom) / 2, pen.measureText(country.name).width / 2];
    if (inTheWay([x - half, y - 8, x + half, y + 8])) return;
    pen.fillText(country.name, x, y);
  };
  // Boxes of what is written and drawn, from a mark in parts of the earth to pixels beside it.
  const written = ({ x, y, box }) => { const [left, top] = place(x, y); return [left + box[0], top + box[1], left + box[2], top + box[3]]; };
  const meet = (one, other) => one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
  const inTheWay = (box) => taken.some((one) => meet(written(one), box));
  const extent = (box) => (box[2] - box[0]) * (box[3] - box[1]);

  const draw = () => {
    const { width, height } = size();
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio);
      layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
    }
    const look = getComputedStyle(map);
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.fillStyle = look.getPropertyValue("--land");
    pen.strokeStyle = look.getPropertyValue("--border");
    pen.lineWidth = view.z > 3 ? 1.2 : 0.7;
    for (const { rings } of land) {
      pen.beginPath();
      for (const ring of rings) for (const turn of [-1, 0, 1]) trace(pen, ring, turn);
      pen.fill("evenodd");
      pen.stroke();
    }
    pen.fillStyle = look.getPropertyValue("--quiet");
    pen.font = `12px ${look.getPropertyValue("--ui")}`;
    pen.textAlign = "center";
    if (view.z > 2.6) for (const country of land) nameCountry(pen, country);
    for (const { element, x, y } of marks) {
      const [left, top] = place(x, y);
      element.setAttribute("transform", `translate(${left.toFixed(1)} ${top.toFixed(1)})`);
    }
  };

  // Marks

  const element = (name, attributes, parent) => {
    const made = document.createElementNS(layer.namespaceURI, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    parent?.append(made);
    return made;
  };

  const shape = (precision, r, parent) => {
    if (precision === "region") return element("rect", { x: -r * 0.9, y: -r * 0.9, width: r * 1.8, height: r * 1.8 }, parent);
    if (precision === "country") return element("path", { d: `M0${-r * 1.25}L${r * 1.25} 0L0 ${r * 1.25}L${-r * 1.25} 0Z` }, parent);
    return element("circle", { r }, parent);
  };

  const inWords = (row) => (row.places > 1 ? map.dataset.wordsCluster : map.dataset.wordsMark).replace(
    /\{(\w+)\}/g, (_, name) => (name === "precision" ? document.querySelector(`.legend .${row.precision}`)?.parentElement.textContent.trim() : row[name]) ?? "");

  const radius = (row) => {
    const r = Math.min(22, 4 + 2.6 * Math.log2(1 + row.events));
    return row.places > 1 ? Math.max(r, 11) : r;
  };

  const markOf = (row, number, named) => {
    const way = row.balance.replace("mostly ", "");
    const made = element("g", { class: `mark ${way} ${row.precision}`, role: "button", "aria-label": inWords(row) }, layer);
    if (number < MOST_FOCUSABLE) made.setAttribute("tabindex", "0");
    shape(row.precision, radius(row), made);
    element("title", {}, made).textContent = inWords(row);
    if (row.places > 1) element("text", {}, made).textContent = row.events.toLocaleString("en");
    else if (named) element("text", { class: "name", x: radius(row) + 5 }, made).textContent = row.name;
    made.addEventListener("click", () => open(row, made));
    made.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(row, made); }
    });
    return { row, element: made, x: across(row.lon), y: down(row.lat) };
  };

  // A name is written beside its mark where it hides nothing.
  const hasRoom = (row) => {
    const r = radius(row);
    const name = { x: across(row.lon), y: down(row.lat), box: [r + 2, -9, r + 10 + 7 * row.name.length, 9] };
    if (inTheWay(written(name))) return false;
    taken.push(name);
    return true;
  };

  const show = (rows) => {
    const focused = document.activeElement?.closest?.(".mark")?.getAttribute("aria-label");
    layer.replaceChildren();
    taken = rows.map((row) => ({ x: across(row.lon), y: down(row.lat), box: [-1, -1, 1, 1].map((side) => side * radius(row)) }));
    const named = new Set(rows.slice(0, LABELS).filter((row) => row.places === 1 && row.name && hasRoom(row)));
    marks = rows.map((row, number) => markOf(row, number, named.has(row)));
    for (const { row, element: one } of marks) {
      if (row.place && row.place === chosen) one.classList.add("chosen");
      if (focused && one.getAttribute("aria-label") === focused) one.focus({ preventScroll: true });
    }
    draw();
  };

  const open = (row, made) => {
    if (row.places > 1 && !row.members.length) { see(across(row.lon), down(row.lat), view.z + 2); return; }
    chosen = row.place;
    for (const one of layer.querySelectorAll(".chosen")) one.classList.remove("chosen");
    made.classList.add("chosen");
    tell(row.members.length ? row.members : [row.place]);
  };

  const tell = async (places) => {
    const asked = filters();
    for (const name of ["lat", "lon", "z", "bbox", "zoom", "after", "limit"]) asked.delete(name);
    for (const place of places) if (place) asked.append("at", place);
    const answer = await fetch(`/map/card?${asked}`, { headers: { accept: "text/html" } });
    const told = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    card.querySelector("[data-told]").replaceChildren(...told.body.childNodes);
    card.hidden = false;
    card.scrollTop = 0;
    resized();
  };

  card.querySelector("[data-close]").addEventListener("click", () => {
    card.hidden = true; chosen = "";
    layer.querySelector(".chosen")?.focus();
    layer.querySelector(".chosen")?.classList.remove("chosen");
    resized();
  });

  // The address, and what it asks for

  const settled = async () => {
    const { width, height } = size();
    const asked = filters();
    asked.set("lat", latitude(view.y).toFixed(3)); asked.set("lon", longitude(view.x).toFixed(3)); asked.set("z", view.z.toFixed(2));
    asked.delete("after");
    history.replaceState(null, "", `?${asked}`);
    const half = [width / 2 / pixels(), height / 2 / pixels()];
    const box = [longitude(view.x - half[0]), latitude(view.y + half[1]), longitude(view.x + half[0]), latitude(view.y - half[1])];
    for (const name of ["lat", "lon", "z", "limit"]) asked.delete(name);
    asked.set("bbox", box.map((degrees) => degrees.toFixed(3)).join(","));
    asked.set("zoom", view.z.toFixed(1));
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`/map.json?${asked}`, { signal: asking.signal });
      if (answer.ok) show((await answer.json()).rows);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };

  // Mouse, touch and keys

  const held = new Map();
  const where = (event) => { const { left, top } = map.getBoundingClientRect(); return [event.clientX - left, event.clientY - top]; };
  let moved = 0;
  map.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button")) return;
    held.set(event.pointerId, where(event));
    moved = 0;
  });
  map.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = where(event);
    moved += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
    if (moved > 4 && !map.hasPointerCapture(event.pointerId)) { map.setPointerCapture(event.pointerId); map.classList.add("moving"); }
    const others = [...held].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    held.set(event.pointerId, now);
    if (others.length) {
      const apart = (at) => Math.max(10, Math.hypot(at[0] - others[0][0], at[1] - others[0][1]));
      closer(Math.log2(apart(now) / apart(before)), [(now[0] + others[0][0]) / 2, (now[1] + others[0][1]) / 2]);
    } else {
      see(view.x - (now[0] - before[0]) / pixels(), view.y - (now[1] - before[1]) / pixels(), view.z);
    }
  });
  for (const end of ["pointerup", "pointercancel"]) map.addEventListener(end, (event) => { held.delete(event.pointerId); map.classList.remove("moving"); });
  map.addEventListener("wheel", (event) => { event.preventDefault(); closer(between(-1, -event.deltaY / 240, 1), where(event)); }, { passive: false });
  map.addEventListener("dblclick", (event) => { if (!event.target.closest(".mark, button")) closer(1, where(event)); });
  for (const button of map.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => closer(Number(button.dataset.zoom)));
  map.querySelector("[data-whole]").addEventListener("click", fit);
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  map.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") closer(1);
    else if (event.key === "-") closer(-1);
    else if (event.key === "0") fit();
    else if (steps[event.key]) see(view.x + steps[event.key][0] * 90 / pixels(), view.y + steps[event.key][1] * 90 / pixels(), view.z);
    else return;
    event.preventDefault();
  });

  const resized = () => { draw(); clearTimeout(settling); settling = setTimeout(settled, 180); };
  new ResizeObserver(() => draw()).observe(map);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);

  const asked = filters();
  const [lat, lon, z] = ["lat", "lon", "z"].map((name) => Number.parseFloat(asked.get(name)));
  if ([lat, lon, z].every(Number.isFinite)) see(across(lon), down(lat), z); else fit();
  fetch("/map/land.json").then((answer) => answer.json()).then((told) => { land = readLand(told); draw(); });
  return resized;
};

// The months between two handles; all of them are no filter.
const startWhen = (when, changed) => {
  const [first, last] = when.dataset.when.split(",").map((month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1);
  const [from, to, said] = ["from", "to", "said"].map((name) => when.querySelector(`[data-${name}]`));
  const month = (number) => `${String(Math.floor(number / 12)).padStart(4, "0")}-${String(number % 12 + 1).padStart(2, "0")}`;
  const numberOf = (day, fallback, isEnd) => {
    if (!day) return fallback;
    const within = day.length > 4 ? Number(day.slice(5, 7)) - 1 : isEnd ? 11 : 0;
    return between(first, Number(day.slice(0, 4)) * 12 + within, last);
  };
  const say = () => { said.textContent = `${month(Number(from.value))} – ${month(Number(to.value))}`; };
  for (const handle of [from, to]) { handle.min = first; handle.max = last; }
  from.value = numberOf(filters().get("since"), first, false);
  to.value = numberOf(filters().get("until"), last, true);
  when.hidden = last <= first;
  say();
  const moved = (handle, other, isFrom) => () => {
    if (isFrom ? Number(handle.value) > Number(other.value) : Number(handle.value) < Number(other.value)) other.value = handle.value;
    const asked = filters();
    for (const [name, at, end] of [["since", from, first], ["until", to, last]]) {
      if (Number(at.value) === end) asked.delete(name); else asked.set(name, month(Number(at.value)));
      for (const field of document.querySelectorAll(`.narrowing input[name="${name}"]`)) field.value = asked.get(name) ?? "";
    }
    history.replaceState(null, "", `?${asked}`);
    say();
    changed();
  };
  from.addEventListener("input", moved(from, to, true));
  to.addEventListener("input", moved(to, from, false));
};

const map = document.querySelector("[data-map]");
const when = document.querySelector("[data-when]");
const changed = map ? start(map) : () => {};
if (when) startWhen(when, changed);
