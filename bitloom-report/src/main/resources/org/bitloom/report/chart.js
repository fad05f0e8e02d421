
// --- Curves: lines over epochs, drawn as SVG in the colours of the style.
// A native slider lies invisible over the drawing: pointer, finger, keys and screen readers move the same cursor.

const CHART_HEIGHT = 230;
const DASHES = ["", "6 3", "2 3", "8 3 2 3", "1 4", "12 3"];

function niceStep(span, most) {
  const rough = span / Math.max(1, most);
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  return step * power;
}

function linearTicks(low, high, most) {
  const step = niceStep(high - low || 1, most);
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-6; i++) {
    ticks.push(i * step);
  }
  return ticks;
}

function logTicks(low, high) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    ticks.push(Math.pow(10, power));
  }
  return ticks;
}

function valueScale(chart, shown) {
  const values = shown.flatMap((series) => series.values.filter(isNumber));
  if (chart.log) {
    const above = values.filter((value) => value > 0);
    const ticks = above.length ? logTicks(Math.min(...above), Math.max(...above)) : [0.1, 1];
    const span = Math.max(1, Math.log10(last(ticks) / ticks[0]));
    return scaleOf(Math.log10(ticks[0]), Math.log10(ticks[0]) + span, ticks,
      (value) => (value > 0 ? Math.log10(value) : null));
  }
  let low = values.length ? values.reduce((a, b) => Math.min(a, b)) : 0;
  let high = values.length ? values.reduce((a, b) => Math.max(a, b)) : 1;
  low = chart.fromZero ? Math.min(0, low) : low;
  if (high - low < 1e-12) {
    const pad = Math.abs(high) * 0.05 || 1;
    low = chart.fromZero ? low : low - pad;
    high += pad;
  }
  const step = niceStep(high - low, 5);
  low = Math.floor(low / step + 1e-9) * step;
  high = Math.ceil(high / step - 1e-9) * step;
  if (isNumber(chart.most)) {
    high = Math.min(high, chart.most);
  }
  return scaleOf(low, high, linearTicks(low, high, 6), (value) => value);
}

function scaleOf(low, high, ticks, map) {
  const at = (value) => (map(value) === null ? null : (map(value) - low) / (high - low || 1));
  return { at, ticks };
}

function xScale(x) {
  const low = x[0];
  const high = last(x);
  const pad = high === low ? 1 : 0;
  return (value) => (value - low + pad / 2) / (high - low + pad || 1);
}

// An invisible slider over a drawing: position is the number of an epoch in the list x.
// place(share of the width) tells which x lies there; moved(index) draws the cursor.
function cursorOver(name, title, x, words, geometry, moved) {
  const end = Math.max(0, x.length - 1);
  const slider = el("input", {
    type: "range", id: name + "-cursor", min: 0, max: end, step: 1, "aria-label": title + ": epoch",
  });
  const show = (index) => {
    slider.value = index;
    slider.setAttribute("aria-valuetext", "epoch " + x[index] + ": " + words(index));
    moved(index);
  };
  const move = (index) => {
    chosen.set("cursor " + name, index >= end ? null : index);
    show(index);
  };
  const follow = (event) => {
    const place = geometry();
    const share = (event.clientX - slider.getBoundingClientRect().left - place.left) / Math.max(1, place.across);
    const target = x[0] + share * (x[end] - x[0]);
    let best = 0;
    x.forEach((value, i) => {
      best = Math.abs(value - target) < Math.abs(x[best] - target) ? i : best;
    });
    move(place.index ? place.index(share) : best);
  };
  slider.addEventListener("input", () => move(Number(slider.value)));
  slider.addEventListener("pointermove", follow);
  slider.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    slider.focus({ preventScroll: true });
    follow(event);
  });
  slider.addEventListener("pointerleave", () => move(end));
  return { slider, again: () => show(Math.min(chosenOr("cursor " + name, null) ?? end, end)) };
}

// Draws a chart and everything that belongs to it.
// chart: id, title, note, x (epochs), series [{name, values}], format, tick, log, fromZero, most
function lineChart(chart) {
  const box = el("div", { class: "plot" });
  const legend = el("ul", { class: "legend" });
  const isHidden = (series) => chosenOr("hidden " + chart.id + " " + series.name, false);
  let drawn = null;
  const words = (index) => chart.series
    .map((series) => series.name + " " + chart.format(series.values[index])).join(", ");
  const cursor = cursorOver(chart.id, chart.title, chart.x, words, () => drawn, (index) => {
    drawn.cursorAt(index);
    legend.querySelectorAll(".value").forEach((value, i) => {
      value.textContent = chart.format(chart.series[i].values[index]);
    });
    legend.querySelector(".epoch").textContent = "epoch " + chart.x[index];
  });
  const draw = () => {
    drawn = chartSvg(chart, chart.series.filter((series) => !isHidden(series)), widthOf(box));
    box.replaceChildren(drawn.node, cursor.slider);
    cursor.again();
  };
  chart.series.forEach((series, i) => legend.append(legendEntry(chart, series, i, isHidden, draw)));
  legend.append(el("li", { class: "muted epoch" }));
  const figure = el("figure", { id: chart.id, "data-points": chart.x.length },
    el("figcaption", {}, chart.title, el("span", {}, chart.note || "")),
    box, legend, chartTools(chart));
  onResize(box, draw);
  draw();
  return figure;
}

function legendEntry(chart, series, i, isHidden, draw) {
  const mark = svg("svg", { viewBox: "0 0 22 10", "aria-hidden": "true" },
    svg("line", { x1: 0, y1: 5, x2: 22, y2: 5, class: "c" + (i % 6), "stroke-width": 2,
      "stroke-dasharray": DASHES[i % 6] }));
  const value = el("span", { class: "value" });
  if (chart.series.length === 1) {
    return el("li", { class: "entry" }, mark, series.name, value);
  }
  return el("li", {}, el("button", {
    type: "button",
    id: chart.id + "-series" + i,
    "aria-pressed": String(!isHidden(series)),
    title: "Show or hide this curve",
    onclick: (event) => {
      chosen.set("hidden " + chart.id + " " + series.name, !isHidden(series));
      event.currentTarget.setAttribute("aria-pressed", String(!isHidden(series)));
      draw();
    },
  }, mark, series.name, value));
}

function chartSvg(chart, shown, width) {
  const scale = valueScale(chart, shown);
  const labels = scale.ticks.map((tick) => (chart.tick || chart.format)(tick));
  const left = 12 + 6.6 * Math.max(2, ...labels.map((label) => label.length));
  const across = width - left - 12;
  const down = CHART_HEIGHT - 34;
  const along = xScale(chart.x);
  const px = (x) => left + along(x) * across;
  const py = (value) => {
    const share = scale.at(value);
    return share === null ? null : 8 + (1 - share) * down;
  };
  const parts = [];
  const every = Math.ceil(scale.ticks.length / 7);
  scale.ticks.forEach((tick, i) => {
    if (i % every !== 0) {
      return;
    }
    parts.push(svg("line", { class: "grid", x1: left, x2: left + across, y1: py(tick), y2: py(tick) }));
    parts.push(svg("text", { x: left - 8, y: py(tick) + 4, "text-anchor": "end" }, labels[i]));
  });
  parts.push(svg("line", { class: "axis", x1: left, x2: left + across, y1: 8 + down, y2: 8 + down }));
  epochTicks(chart.x, across).forEach((tick) =>
    parts.push(svg("text", { x: px(tick), y: CHART_HEIGHT - 8, "text-anchor": "middle" }, String(tick))));
  shown.forEach((series) => parts.push(curve(chart, series, px, py)));
  const cursor = svg("line", { class: "cursor", y1: 8, y2: 8 + down });
  parts.push(cursor);
  return {
    node: svg("svg", { viewBox: "0 0 " + width + " " + CHART_HEIGHT, "aria-hidden": "true" }, parts),
    left,
    across,
    cursorAt: (index) => {
      if (chart.x.length > 0) {
        cursor.setAttribute("x1", px(chart.x[index]));
        cursor.setAttribute("x2", px(chart.x[index]));
      }
    },
  };
}

function epochTicks(x, across) {
  if (x.length === 0) {
    return [];
  }
  const ticks = linearTicks(x[0], last(x), Math.max(2, Math.floor(across / 70)))
    .filter((tick) => Number.isInteger(tick));
  return ticks.length ? ticks : [x[0]];
}

function curve(chart, series, px, py) {
  const index = chart.series.indexOf(series) % 6;
  let path = "";
  let pen = "M";
  const points = [];
  series.values.forEach((value, i) => {
    const y = isNumber(value) ? py(value) : null;
    if (y === null) {
      pen = "M";
      return;
    }
    const x = px(chart.x[i]);
    path += pen + x.toFixed(1) + " " + y.toFixed(1);
    pen = "L";
    points.push([x, y]);
  });
  const dots = points.length <= 40
    ? points.map(([x, y]) => svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 2.4, class: "c" + index }))
    : [];
  return svg("g", { "data-series": series.name, "data-points": points.length },
    svg("path", { d: path, class: "c" + index, "stroke-dasharray": DASHES[index] }), dots);
}

function chartTools(chart) {
  const head = ["epoch", ...chart.series.map((series) => series.name)];
  const rows = () => chart.x.map((x, i) => [x, ...chart.series.map((series) => series.values[i])]);
  return el("div", { class: "tools" },
    csvButton(chart.id, chart.title, () => [head, rows()]),
    disclosure(chart.id + "-table", "Numbers", () =>
      table(chart.title, head, rows().map((row) => [row[0], ...row.slice(1).map(chart.format)]),
        { numbers: head.map((title, i) => i > 0) })));
}

// --- Width. Charts are drawn for the width they have, so that letters keep their size, on paper too.

const LEAST_WIDTH = 260;
const PAPER_WIDTH = 680;
const PAPER_HALF = 330;

const boxes = new Map(); // what is drawn in, with its width and how
let onPaper = false;

function widthOf(box) {
  if (onPaper) {
    return box.closest(".pair, .trio") ? PAPER_HALF : PAPER_WIDTH;
  }
  return Math.max(LEAST_WIDTH, Math.round(box.clientWidth) || 560);
}

const observer = new ResizeObserver((entries) => {
  for (const entry of entries) {
    const known = boxes.get(entry.target);
    const width = Math.round(entry.contentRect.width);
    if (known && !onPaper && width > 0 && Math.abs(known.width - width) > 1) {
      known.width = width;
      requestAnimationFrame(known.draw);
    }
  }
});

function onResize(node, draw) {
  boxes.set(node, { width: 0, draw });
  observer.observe(node);
}

// Forgets boxes that are no longer on the page.
function forgetOldBoxes() {
  for (const node of [...boxes.keys()].filter((box) => !box.isConnected)) {
    observer.unobserve(node);
    boxes.delete(node);
  }
}

function drawOnPaper(paper) {
  onPaper = paper;
  boxes.forEach((known, node) => node.isConnected && known.draw());
}

addEventListener("beforeprint", () => drawOnPaper(true));
addEventListener("afterprint", () => drawOnPaper(false));
