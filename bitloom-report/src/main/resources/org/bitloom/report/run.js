
// --- One run, or one model.

function settingsOf(run) {
  return (run.config || {}).settings || {};
}

function runTitle(run) {
  if (run.kind === "model") {
    return run.model.network;
  }
  const settings = settingsOf(run);
  return valueWords(settings.network) + " on " + valueWords(settings.data);
}

function weightWords(run) {
  if (run.kind === "model") {
    const layers = run.model.layers.filter((layer) => layer.depth);
    const kinds = [...new Set(layers.map((layer) => plural(layer.depth, "bit") + ", mask " + maskWords(layer.mask)))];
    return kinds.length ? kinds.slice(0, 3).join("; ") : "float weights";
  }
  const weights = settingsOf(run).weights;
  if (!weights || typeof weights !== "object") {
    return weights === "float" ? "float weights" : MISSING;
  }
  return plural(weights.depth, "bit") + ", mask " + maskWords(String(weights.mask));
}

function stateWords(run) {
  if (run.kind === "model") {
    return "model file";
  }
  const epoch = last(run.epochs.epoch);
  const done = epoch === null ? "before the first epoch ended" : "after epoch " + epoch + " of " + run.planned;
  const words = {
    finished: "finished " + done,
    running: "running, " + done,
    stopped: "stopped " + done,
    killed: "killed " + done,
    failed: "failed " + done,
  };
  return words[run.state];
}

function remarksOf(run) {
  const remarks = [...(run.remarks || [])];
  if (run.error) {
    remarks.unshift(run.error + (run.hint ? "; " + run.hint : ""));
  }
  if ((run.state === "stopped" || run.state === "killed") && run.folder) {
    remarks.unshift((run.state === "killed" ? "The process of the run ended without a word." : "The run has not ended and nobody works on it.")
      + " It goes on with ./bitloom train --resume " + run.folder);
  }
  if (run.pruned) {
    remarks.push("The folder of this run was not kept: only its last epoch is known.");
  }
  if (remarks.length === 0) {
    return null;
  }
  return el("div", { class: "remarks", role: "note" }, remarks.length === 1 ? el("p", {}, remarks[0])
    : el("ul", {}, remarks.map((remark) => el("li", {}, remark))));
}

function fact(name, value, note) {
  return el("div", {}, el("dt", {}, name), el("dd", {}, value, note ? el("small", {}, note) : null));
}

function bestEpoch(columns, key) {
  let best = null;
  (columns[key] || []).forEach((value, i) => {
    best = isNumber(value) && (best === null || value > columns[key][best]) ? i : best;
  });
  return best;
}

function runFacts(run) {
  const columns = run.epochs || { epoch: [] };
  const model = run.model;
  const facts = [];
  if (columns.epoch.length > 0) {
    const best = bestEpoch(columns, "testAccuracy");
    const accuracy = last(columns.testAccuracy);
    facts.push(fact("Test accuracy", percent(accuracy), best === null ? null : columns.testAccuracy[best] === accuracy
      ? "the best of all epochs" : "best " + percent(columns.testAccuracy[best]) + " in epoch " + columns.epoch[best]));
    if (columns.validationAccuracy) {
      facts.push(fact("Held-out accuracy", percent(last(columns.validationAccuracy)), "what runs are ranked by"));
    }
    facts.push(fact("Test loss", brief(last(columns.testLoss)), "training " + brief(last(columns.trainLoss))));
  }
  const zeros = model ? model.zeroShare : zeroShares(columns).at(-1);
  if (isNumber(zeros)) {
    facts.push(fact("Zeros", percent(zeros), model ? "of " + count(model.weights) + " weights" : "of all weights"));
  }
  if (model) {
    const entropy = model.layers.reduce((sum, layer) => sum + (layer.entropyBytes || layer.packedBytes), 0);
    facts.push(fact("Size", bytes(model.packedBytes), "packed; by entropy " + bytes(entropy) + ", file " + bytes(model.bytes)));
    if (model.freeBits > 0) {
      facts.push(fact("Free bits", percent(model.freeBits / model.allBits, 1), bytes(Math.floor(model.freeBits / 8)) + " of room for a payload"));
    }
  }
  const time = (run.seconds || {}).seconds;
  if (time > 0) {
    facts.push(fact("Time", seconds(time), isNumber(last(columns.imagesPerSecond))
      ? count(last(columns.imagesPerSecond)) + " images/s in the last epoch" : null));
  }
  return el("dl", { class: "facts" }, facts);
}

function zeroShares(columns) {
  return shareOf(columns, "zero");
}

// One of the counts of weights as a share of all; null where a count is missing.
function shareOf(columns, key) {
  const counts = ["negative", "zero", "positive"].map((name) => columns[name] || []);
  return (columns[key] || []).map((value, i) => {
    const all = counts.reduce((sum, column) => sum + (isNumber(column[i]) ? column[i] : NaN), 0);
    return all > 0 ? value / all : null;
  });
}

function keyTable(caption, pairs) {
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    el("table", { class: "keys" }, el("caption", {}, caption), el("tbody", {}, pairs.map(([key, value]) =>
      el("tr", {}, el("th", { scope: "row" }, key), el("td", {}, value))))));
}

function commandBox(command, id) {
  return el("div", {}, el("pre", { class: "command", tabindex: 0, id, "aria-label": "Command" }, command),
    el("div", { class: "tools" }, el("button", {
      type: "button",
      id: id + "-copy",
      onclick: async (event) => {
        const button = event.currentTarget;
        try {
          await navigator.clipboard.writeText(command);
          button.textContent = "Copied";
        } catch (error) {
          getSelection().selectAllChildren(document.getElementById(id));
          button.textContent = "Selected";
        }
      },
    }, "Copy the command")));
}

const SETTING_WORDS = {
  network: "network", data: "data", "weights.depth": "bits per weight", "weights.mask": "mask, sign first",
  "weights.rule": "update rule", "weights.drift": "drift", "weights.layers": "single layers", weights: "weights",
  "weights.zeros": "share of zeros aimed at", "weights.latents": "first latents", optimizer: "optimizer",
  schedule: "schedule, epochs x rate", batch: "batch", validation: "share held out", limit: "training samples",
  augmentation: "augmentation", seed: "seed", threads: "threads", input: "input",
  "payload.path": "payload", "payload.sha256": "payload, SHA-256", "nested.path": "nested network",
  "nested.sha256": "nested network, SHA-256", "initFrom.path": "started from", "initFrom.sha256": "started from, SHA-256",
  weightDecay: "weight decay", momentum: "momentum", nesterov: "Nesterov's momentum",
};

function settingRows(run) {
  return flat(settingsOf(run), "", []).filter(([key, value]) => !(Array.isArray(value) && value.length === 0))
    .map(([key, value]) => [SETTING_WORDS[key] || key,
      (key === "limit" || key === "validation") && value === 0 ? (key === "limit" ? "all" : "none") : valueWords(value)]);
}

function trainedSection(run) {
  return section("trained-" + run.id, "What was trained",
    commandBox(run.command, "command-" + run.id),
    el("p", { class: "small muted" }, "The command that gives these settings, put together from config.json."),
    keyTable("Settings", settingRows(run)));
}

function curveSection(run) {
  const columns = run.epochs;
  const x = columns.epoch;
  if (x.length === 0) {
    return section("curves-" + run.id, "Accuracy and loss", el("p", {}, "No epoch has ended yet."));
  }
  const series = (names) => names.filter(([key]) => columns[key] && columns[key].some(isNumber))
    .map(([key, name]) => ({ name, values: columns[key] }));
  return section("curves-" + run.id, "Accuracy and loss", el("div", { class: "pair" },
    lineChart({ id: "accuracy-" + run.id, title: "Accuracy", note: "share of samples classified right", x, format: percent,
      most: 1, tick: percentTick,
      series: series([["testAccuracy", "test"], ["trainAccuracy", "training"], ["validationAccuracy", "held out"]]) }),
    lineChart({ id: "loss-" + run.id, title: "Loss", note: "mean cross-entropy", x, format: brief, fromZero: true,
      series: series([["testLoss", "test"], ["trainLoss", "training"], ["validationLoss", "held out"]]) })));
}

function weightSection(run) {
  const columns = run.epochs;
  const x = columns.epoch;
  if (x.length === 0) {
    return null;
  }
  const charts = [
    lineChart({ id: "zeros-" + run.id, title: "Zeros", note: "share of the weights that are exactly 0", x, format: percent, tick: percentTick,
      fromZero: true, series: [{ name: "zero", values: zeroShares(columns) }] }),
    lineChart({ id: "signs-" + run.id, title: "Signs", note: "share of the weights below and above 0", x, format: percent, tick: percentTick,
      series: [{ name: "negative", values: shareOf(columns, "negative") }, { name: "positive", values: shareOf(columns, "positive") }] }),
    lineChart({ id: "rate-" + run.id, title: "Learning rate", note: "of the last step of each epoch, powers of ten", x, format: brief, log: true,
      series: [{ name: "rate", values: columns.learningRate || [] }] }),
  ];
  if (columns.drift) {
    charts.push(lineChart({ id: "drift-" + run.id, title: "Drift", note: "steered to the share of zeros aimed at", x, format: brief,
      fromZero: true, series: [{ name: "drift", values: columns.drift }] }));
  }
  return section("weights-" + run.id, "Weights and learning rate", el("div", { class: "trio" }, charts));
}

function timeSection(run) {
  const columns = run.epochs;
  const sum = (key) => (run.seconds || {})[key] || 0;
  const all = sum("seconds");
  if (!(all > 0)) {
    return null;
  }
  const known = columns.trainSeconds && columns.updateSeconds && columns.dataSeconds;
  const train = sum("trainSeconds");
  const parts = known ? [
    ["Forward and backward", Math.max(0, train - sum("updateSeconds") - sum("dataSeconds"))],
    ["Update of latents and bits", sum("updateSeconds")],
    ["Waiting for data", sum("dataSeconds")],
    ["Evaluation and the rest", Math.max(0, all - train)],
  ] : [["All", all]];
  const bar = (share) => svg("svg", { viewBox: "0 0 160 10", width: 160, height: 10, "aria-hidden": "true" },
    svg("rect", { class: "room", x: 0, y: 1, width: 160, height: 8 }),
    svg("rect", { class: "bar", x: 0, y: 1, width: (160 * share).toFixed(1), height: 8 }));
  const peak = (run.end || {}).peakBytes;
  return section("time-" + run.id, "Time and memory",
    table("Where the time of all epochs went", ["part", "time", "share", ""],
      parts.map(([name, value]) => [name, seconds(value), percent(value / all, 1), bar(value / all)]),
      { numbers: [false, true, true, false] }),
    el("p", { class: "apart" }, isNumber(peak) ? "At most " + bytes(peak) + " of memory, the engine included."
      : run.state === "finished" ? "This run did not record how much memory it took." : "How much memory it took is told at the end of a run."));
}

function contentSection(run) {
  const model = run.model;
  const settings = settingsOf(run);
  const parts = [];
  if (model) {
    parts.push(el("p", {}, model.freeBits > 0
      ? "The mask leaves " + count(model.freeBits) + " bits free, " + percent(model.freeBits / model.allBits, 1)
        + " of all: room for " + bytes(Math.floor(model.freeBits / 8)) + "."
      : "All bits of the weights are trained or floats: there is no room for a payload."));
  }
  if (settings.payload) {
    parts.push(keyTable("Payload, carried in the frozen bits from the first step on",
      [["file", settings.payload.path], ["SHA-256", el("code", {}, settings.payload.sha256)]]));
  }
  if (settings.nested) {
    parts.push(keyTable("Nested network, in the low bits",
      [["file", settings.nested.path], ["SHA-256", el("code", {}, settings.nested.sha256)]]));
  }
  for (let inner = model && model.inner, level = 1; inner; inner = inner.inner, level++) {
    const depth = inner.layers.reduce((most, layer) => Math.max(most, layer.depth || 0), 0);
    parts.push(keyTable("Nested network " + level + ", in the " + depth + " lowest bits", [
      ["network", inner.network], ["trained on", valueWords(inner.provenance.data)],
      ["weights", count(inner.weights) + ", " + percent(inner.zeroShare) + " zero"],
      ["evaluate it", el("code", {}, "./bitloom eval " + run.folder + " --use-bits " + (depth - 1) + "..0")]]));
  }
  return parts.length ? section("content-" + run.id, "Payload and nested networks", parts) : null;
}

function originSection(run) {
  const config = run.config || {};
  const pairs = [[run.kind === "model" ? "file" : "folder", run.folder]];
  flat(config.versions || {}, "", []).forEach(([name, value]) => pairs.push([name, valueWords(value)]));
  ["kernels", "device"].forEach((key) => config[key] && pairs.push([key, valueWords(config[key])]));
  const data = config.data || {};
  if (data.sha256) {
    pairs.push(["data, SHA-256", el("code", {}, data.sha256)]);
  }
  if (run.model && run.model.sha256) {
    pairs.push(["model, SHA-256", el("code", {}, run.model.sha256)]);
  }
  const origin = (run.model || {}).provenance;
  return section("origin-" + run.id, "Versions and checksums", keyTable("Where it comes from", pairs.filter(([, value]) => value)),
    origin ? disclosure("provenance-" + run.id, "What the model file tells of its training", () =>
      keyTable("Provenance", Object.entries(origin))) : null);
}

// The parts of a run in order: [id, title in the navigation, data it is made of, how].
function runParts(run) {
  if (run.kind === "model") {
    return [
      ["layers", "Layers", run.model, layerSection],
      ["content", "Payload", run.model, contentSection],
      ["origin", "Checksums", run.model, originSection],
    ];
  }
  const told = [run.epochs, run.state];
  return [
    ["curves", "Accuracy", told, curveSection],
    ["flips", "Flips", [run.flips, run.model], flipSection],
    ["weights", "Weights", told, weightSection],
    ["layers", "Layers", [run.model, run.state], layerSection],
    ["classes", "Classes", [run.perClass, run.end, run.state], classSection],
    ["time", "Time", [run.epochs, run.end], timeSection],
    ["content", "Payload", [run.model, run.config], contentSection],
    ["trained", "Settings", [run.config, run.command], trainedSection],
    ["origin", "Checksums", [run.config, run.model], originSection],
  ];
}
