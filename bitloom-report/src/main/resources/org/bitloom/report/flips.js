
// --- Flips: the share of weights whose bit changed in an epoch, a row per plane, a column per epoch.

const FLIP_LEAST = 1e-5;
const FLIP_MOST = 0.5;
const FLIP_COLUMNS = 120;
const FLIP_ROW = 20;
const FLIP_FROZEN_ROWS = 6;

// Which planes a run has, and of how many weights each is trained.
function flipPlanes(run) {
  const depth = run.flips.reduce((most, counts) => Math.max(most, counts.length), 0);
  const layers = ((run.model || {}).layers || []).filter((layer) => layer.depth);
  const trained = new Array(depth).fill(0);
  layers.forEach((layer) => layer.planes.forEach((plane, bit) => {
    const row = bit === layer.depth - 1 ? depth - 1 : bit;
    trained[row] += plane.trained ? layer.weights : 0;
  }));
  if (layers.length === 0) {
    const weights = ((run.config || {}).settings || {}).weights || {};
    const columns = run.epochs;
    const all = ["negative", "zero", "positive"].reduce((sum, key) => sum + (last(columns[key]) || 0), 0);
    for (let bit = 0; bit < depth; bit++) {
      trained[bit] = String(weights.mask || "")[depth - 1 - bit] === "1" ? all : 0;
    }
  }
  return { depth, trained };
}

function flipShares(run) {
  const { depth, trained } = flipPlanes(run);
  const planes = [];
  for (let bit = depth - 1; bit >= 0; bit--) {
    const counts = run.flips.map((line) => (isNumber(line[bit]) ? line[bit] : null));
    const frozen = trained[bit] === 0 && counts.every((value) => !value);
    planes.push({
      bit,
      name: planeName(bit, depth),
      frozen,
      counts,
      shares: counts.map((value) =>
        (value === null || frozen ? null : trained[bit] > 0 ? Math.min(1, value / trained[bit]) : null)),
    });
  }
  return planes;
}

function flipWords(run, planes) {
  const moving = planes.filter((plane) => isNumber(last(plane.shares)));
  const frozen = planes.filter((plane) => plane.frozen);
  const words = [];
  if (moving.length > 0) {
    const order = [...moving].sort((a, b) => last(b.shares) - last(a.shares));
    const most = order[0];
    const least = last(order);
    words.push("In epoch " + last(run.epochs.epoch) + (moving.length === 1
      ? " the " + most.name + " changed in " + percent(last(most.shares)) + " of the weights."
      : ", " + most.name + " changed in " + percent(last(most.shares)) + " of the weights, the most of all; "
        + least.name + " in " + percent(last(least.shares)) + ", the least."));
    const total = (index) => moving.reduce((sum, plane) => sum + (plane.counts[index] || 0), 0);
    const first = total(0);
    const now = total(run.flips.length - 1);
    if (run.flips.length > 1 && first > 0) {
      words.push("All planes together: " + count(now) + " flips, " + percent(now / first, now < first / 100 ? 2 : 0)
        + " of those in epoch " + run.epochs.epoch[0] + (now < first
        ? ": the bits are coming to rest." : ": the bits have not come to rest."));
    }
  }
  if (frozen.length > 0) {
    const bits = frozen.map((plane) => plane.bit).sort((a, b) => a - b);
    words.push((bits.length === 1 ? "Bit " + bits[0] + " is" : "Bits " + ranges(bits) + " are")
      + " frozen: the mask leaves " + (bits.length === 1 ? "it" : "them")
      + " out, training never touches " + (bits.length === 1 ? "it" : "them") + ".");
  }
  return words;
}

function flipSection(run) {
  const id = "flips-" + run.id;
  const title = "Which bits still move";
  if (!run.flips.some((counts) => counts.length > 0)) {
    const weights = ((run.config || {}).settings || {}).weights;
    return section(id, title, el("p", {}, weights === "float"
      ? "This run trains floats: there are no bits that could flip."
      : "No epoch has told of flips yet."));
  }
  const planes = flipShares(run);
  return section(id, title,
    el("p", {}, "A bit-plane is one bit of all weights. A cell is darker, the more weights had another bit in this"
      + " plane at the end of an epoch than at its beginning."),
    el("p", {}, flipWords(run, planes).join(" ")),
    flipFigure(run, planes));
}

// The planes as rows of the picture: many that are frozen share one.
function rowsDrawn(planes) {
  const frozen = planes.filter((plane) => plane.frozen);
  if (frozen.length <= FLIP_FROZEN_ROWS) {
    return planes;
  }
  return [...planes.filter((plane) => !plane.frozen), { ...frozen[0], name: "others" }];
}

function flipFigure(run, planes) {
  const x = run.epochs.epoch;
  const name = "flipmap-" + run.id;
  const box = el("div", { class: "plot" });
  let drawn = null;
  const at = (plane, index) => (plane.frozen ? "frozen" : percent(plane.shares[index]));
  const words = (index) => planes.filter((plane) => !plane.frozen)
    .map((plane) => plane.name + " " + at(plane, index)).join(", ");
  const cursor = cursorOver(name, "Flips", x, words, () => drawn, (index) => {
    drawn.cursorAt(index);
  });
  const draw = () => {
    drawn = flipSvg(x, rowsDrawn(planes), widthOf(box), at);
    box.replaceChildren(drawn.node, cursor.slider);
    cursor.again();
  };
  onResize(box, draw);
  draw();
  const ordered = [...planes].reverse();
  const head = ["epoch", ...planes.map((plane) => plane.name)];
  const rows = (value) => x.map((epoch, i) => [epoch, ...planes.map((plane) => value(plane, i))]);
  return el("figure", { id: name, "data-points": x.length, "data-planes": ordered.length },
    el("figcaption", {}, "Flips", el("span", {}, "share of the weights whose bit changed, per plane and epoch")),
    box, flipKey(),
    el("div", { class: "tools" },
      csvButton(name, "flips", () => [head, rows((plane, i) => plane.counts[i])]),
      disclosure(name + "-table", "Numbers", () =>
        table("Flips per plane and epoch", head, rows((plane, i) => count(plane.counts[i])),
          { numbers: head.map((title, i) => i > 0) }))));
}

// How dark a share is, 0..1: each factor of ten is one step of equal size.
function flipInk(share) {
  if (!isNumber(share) || share <= 0) {
    return 0;
  }
  const ink = (Math.log10(share) - Math.log10(FLIP_LEAST)) / (Math.log10(FLIP_MOST) - Math.log10(FLIP_LEAST));
  return Math.max(0.04, Math.min(1, ink * ink));
}

function flipSvg(x, planes, width, at) {
  const left = 52;
  const right = 62;
  const across = width - left - right;
  const columns = Math.min(x.length, Math.min(FLIP_COLUMNS, Math.floor(across / 3)));
  const down = planes.length * FLIP_ROW;
  const parts = [];
  const values = [];
  planes.forEach((plane, row) => {
    const y = row * FLIP_ROW;
    parts.push(svg("text", { x: left - 8, y: y + 14, "text-anchor": "end" }, plane.name));
    if (plane.frozen) {
      parts.push(svg("rect", { class: "frozen", x: left, y: y + 1, width: across, height: FLIP_ROW - 2 }));
    } else {
      for (let column = 0; column < columns; column++) {
        const from = Math.floor((column * x.length) / columns);
        const to = Math.max(from + 1, Math.floor(((column + 1) * x.length) / columns));
        const some = plane.shares.slice(from, to).filter(isNumber);
        const share = some.length ? some.reduce((a, b) => a + b, 0) / some.length : null;
        parts.push(svg("rect", {
          class: "heat",
          x: (left + (column * across) / columns).toFixed(2),
          y: y + 1,
          width: (across / columns - (columns > 60 ? 0 : 1)).toFixed(2),
          height: FLIP_ROW - 2,
          "fill-opacity": flipInk(share).toFixed(3),
        }));
      }
    }
    const value = svg("text", { x: left + across + 6, y: y + 14 });
    values.push(value);
    parts.push(value);
  });
  const center = (index) => left + ((index + 0.5) * across) / Math.max(1, x.length);
  epochTicks(x, across).forEach((tick) => {
    let nearest = 0;
    x.forEach((epoch, i) => {
      nearest = Math.abs(epoch - tick) < Math.abs(x[nearest] - tick) ? i : nearest;
    });
    parts.push(svg("text", { x: center(nearest), y: down + 15, "text-anchor": "middle" }, String(tick)));
  });
  const epoch = svg("text", { x: left + across + 6, y: down + 15 });
  const line = svg("line", { class: "cursor", y1: 0, y2: down });
  parts.push(line, epoch);
  return {
    node: svg("svg", { viewBox: "0 0 " + width + " " + (down + 22), "aria-hidden": "true" }, parts),
    left,
    across,
    index: (share) => Math.max(0, Math.min(x.length - 1, Math.floor(share * x.length))),
    cursorAt: (index) => {
      line.setAttribute("x1", center(index));
      line.setAttribute("x2", center(index));
      planes.forEach((plane, i) => {
        values[i].textContent = at(plane, index);
      });
      epoch.textContent = "epoch " + x[index];
    },
  };
}

function flipKey() {
  const steps = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 0.5];
  return el("ul", { class: "legend key", "aria-label": "What the shades mean" }, steps.map((share) =>
    el("li", {}, svg("svg", { viewBox: "0 0 22 10", "aria-hidden": "true" },
      svg("rect", { class: "heat edge", x: 0.5, y: 0.5, width: 21, height: 9, "fill-opacity": flipInk(share).toFixed(3) })),
    Number((100 * share).toPrecision(1)) + " %")));
}
