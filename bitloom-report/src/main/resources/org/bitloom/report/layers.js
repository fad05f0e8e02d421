
// --- Layers: a row each, and their planes on demand.

function layerSection(run) {
  const id = "layers-" + run.id;
  const model = run.model;
  if (!model) {
    const why = run.pruned ? "The folder of this run was not kept."
      : ["running", "stopped", "killed"].includes(run.state) ? "The model is written at the end of the run."
        : "The layers stand in the report of the run alone.";
    return section(id, "Layers", el("p", {}, why));
  }
  const drawn = model.layers.filter((layer) => layer.picture);
  return section(id, "Layers",
    el("p", {}, count(model.weights) + " weights, " + percent(model.zeroShare) + " of them zero. Packed: every"
      + " weight in exactly its bits. By entropy: as few bytes as a code needs that knows the share of ones"
      + " of each plane."),
    layerTable(run, model),
    drawn.length === 0 ? null : el("div", { class: "ondemand" }, el("h3", { class: "apart" }, "Planes"), el("div", { class: "list" }, drawn.map((layer) => disclosure("planes-" + run.id + "-" + model.layers.indexOf(layer),
        layer.name + ": " + plural(layer.depth, "plane"), () => planesOf(run, layer))))));
}

// Weights have rows of their own; biases, norms and their like are many and say little.
function layerTable(run, model) {
  const weights = model.layers.filter((layer) => layer.depth || (layer.shape || []).length > 1);
  const others = model.layers.filter((layer) => !weights.includes(layer));
  const name = "layertable-" + run.id;
  const data = () => [
    ["layer", "shape", "bits", "mask", "scale", "negative", "zero", "positive", "packedBytes", "entropyBytes",
      "entropy of planes, lowest first"],
    model.layers.map((layer) => [layer.name, (layer.shape || []).join("x"), layer.depth, layer.mask, layer.scale,
      layer.negative, layer.zero, layer.positive, layer.packedBytes, layer.entropyBytes,
      (layer.planes || []).map((plane) => plane.entropy).join(" ")]),
  ];
  return [
    rowsOf(weights.length ? weights : others, "Layers in order; the entropy of each plane, sign first, is at most 1 bit"),
    weights.length && others.length ? disclosure("floats-" + run.id,
      plural(others.length, "float parameter") + ": biases, norms and their like", () => rowsOf(others, "Float parameters in order")) : null,
    el("div", { class: "tools" }, csvButton(name, "layers", data)),
  ];
}

function rowsOf(layers, caption) {
  const head = ["layer", "shape", "bits", "mask", "scale", "zero", "negative", "entropy", "packed", "by entropy"];
  const numbers = [false, false, true, false, true, true, true, false, true, true];
  const rows = layers.map((layer) => [
    el("code", {}, layer.name),
    el("span", { class: "whole" }, shapeWords(layer.shape)),
    layer.depth || "",
    layer.depth ? maskCell(layer.mask) : el("span", { class: "muted" }, "float"),
    layer.depth ? brief(layer.scale) : "",
    percent(layer.zero / layer.weights, 1),
    percent(layer.negative / layer.weights, 1),
    layer.depth ? entropyBars(layer) : "",
    bytes(layer.packedBytes),
    layer.depth ? bytes(layer.entropyBytes) : bytes(layer.packedBytes),
  ]);
  return table(caption, head, rows, { numbers, wide: true });
}

function entropyBars(layer) {
  const width = layer.depth > 16 ? 4 : 8;
  const sum = layer.planes.reduce((total, plane) => total + plane.entropy, 0);
  const bars = [...layer.planes].reverse().map((plane, i) => [
    svg("rect", { class: "room", x: i * (width + 1), y: 0, width, height: 14 }),
    svg("rect", { class: plane.trained ? "bar" : "bar free", x: i * (width + 1), y: 14 - 14 * plane.entropy, width,
      height: (14 * plane.entropy).toFixed(2) }),
  ]);
  const across = layer.depth * (width + 1);
  return el("span", { class: "entropy" },
    svg("svg", { viewBox: "0 0 " + across + " 14", width: across, height: 14, "aria-hidden": "true" }, bars),
    " " + fixed(sum, 2));
}

// --- Planes, drawn from packed bits: eight weights a byte, the first in the lowest bit.

function unpacked(text) {
  const raw = atob(text);
  const packed = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) {
    packed[i] = raw.charCodeAt(i);
  }
  return packed;
}

// Paints a rectangle of ones; bitAt(row, column) tells a bit.
function bitCanvas(rows, columns, zoom, label, bitAt) {
  const canvas = el("canvas", { width: columns * zoom, height: rows * zoom, role: "img", "aria-label": label,
    class: zoom > 1 ? "sharp" : null });
  const image = new ImageData(columns * zoom, rows * zoom);
  for (let y = 0; y < rows * zoom; y++) {
    for (let x = 0; x < columns * zoom; x++) {
      if (bitAt(Math.floor(y / zoom), Math.floor(x / zoom))) {
        image.data[4 * (y * columns * zoom + x) + 3] = 255;
      }
    }
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

function planesOf(run, layer) {
  const { rows, columns, shown, bits } = layer.picture;
  const planes = bits.map(unpacked);
  const bit = (plane, index) => (planes[plane][index >> 3] >> (index & 7)) & 1;
  const zoom = Math.max(1, Math.min(8, Math.floor(160 / Math.max(shown, columns))));
  const order = [...planes.keys()].reverse();
  const caption = (plane) => planeName(plane, layer.depth) + ", " + (layer.planes[plane].trained ? "trained" : "frozen")
    + ", " + percent(layer.planes[plane].ones, 1) + " ones";
  return el("div", { class: "planes" },
    el("p", { class: "small muted" }, "Row r is output unit r, a dot is a bit that is 1. "
      + (shown < rows ? "The first " + count(shown) + " of " + count(rows) + " rows are shown, the page has no room for all." : "")),
    unitTiles(run, layer, bit),
    el("div", { class: "matrices" }, order.map((plane) =>
      el("figure", { class: layer.planes[plane].trained ? "" : "free" },
        bitCanvas(shown, columns, zoom, layer.name + ", " + caption(plane), (row, column) => bit(plane, row * columns + column)),
        el("figcaption", { class: "small" }, caption(plane))))));
}

// The planes of one unit of a first dense layer, as images of the input.
function unitTiles(run, layer, bit) {
  const input = (run.model.inputShape || []);
  const size = input.reduce((product, side) => product * side, 1);
  if (input.length !== 3 || layer.shape.length !== 2 || layer.picture.columns !== size) {
    return null;
  }
  const [channels, height, width] = input;
  const name = "unit-" + run.id + "-" + layer.name;
  const tiles = el("div", { class: "tiles" });
  const units = layer.picture.shown;
  const chooser = el("input", { type: "range", min: 0, max: units - 1, step: 1, id: name });
  const number = el("output", { for: name });
  const zoom = Math.max(1, Math.floor(112 / Math.max(height, width)));
  const draw = () => {
    const unit = Math.min(units - 1, chosenOr(name, 0));
    chooser.value = unit;
    number.textContent = unit + " of " + units;
    const at = (channel, y, x) => unit * size + (channel * height + y) * width + x;
    tiles.replaceChildren(
      tile("weight", weightCanvas(layer, bit, channels, height, width, zoom, at)),
      ...[...layer.planes.keys()].reverse().map((plane) =>
        tile(planeName(plane, layer.depth),
          bitCanvas(height, width * channels, zoom, "unit " + unit + ", " + planeName(plane, layer.depth),
            (y, x) => bit(plane, at(Math.floor(x / width), y, x % width))),
          !layer.planes[plane].trained)));
  };
  chooser.addEventListener("input", () => {
    chosen.set(name, Number(chooser.value));
    draw();
  });
  draw();
  return el("div", { class: "unit" },
    el("label", { for: name }, "Unit "), chooser, number,
    el("p", { class: "small muted" }, "Its weights and planes, laid out as the image that it looks at."),
    tiles);
}

function tile(words, canvas, free) {
  return el("figure", { class: free ? "free" : null }, canvas, el("figcaption", { class: "small" }, words));
}

function weightCanvas(layer, bit, channels, height, width, zoom, at) {
  const across = width * channels;
  const values = [];
  let most = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < across; x++) {
      let magnitude = 0;
      for (let plane = 0; plane < layer.depth - 1; plane++) {
        magnitude += bit(plane, at(Math.floor(x / width), y, x % width)) * Math.pow(2, plane);
      }
      magnitude = layer.depth === 1 ? 1 : magnitude;
      most = Math.max(most, magnitude);
      values.push(bit(layer.depth - 1, at(Math.floor(x / width), y, x % width)) ? -magnitude : magnitude);
    }
  }
  const canvas = el("canvas", { width: across * zoom, height: height * zoom, role: "img", class: "colours sharp",
    "aria-label": "weights: blue above zero, orange below" });
  const pen = canvas.getContext("2d");
  values.forEach((value, i) => {
    pen.fillStyle = "rgba(" + (value > 0 ? "11, 92, 173, " : "179, 84, 12, ") + Math.abs(value) / (most || 1) + ")";
    pen.fillRect((i % across) * zoom, Math.floor(i / across) * zoom, zoom, zoom);
  });
  return canvas;
}
