
// --- Several runs side by side, what differs first.

function runLabel(run, runs) {
  const same = runs.filter((other) => other.name === run.name).length > 1;
  return same && run.folder ? run.folder : run.name;
}

function configRows(run) {
  const config = run.config || {};
  const chosenParts = { ...settingsOf(run), data: settingsOf(run).data };
  const rows = flat(chosenParts, "", []).map(([key, value]) => [SETTING_WORDS[key] || key, value]);
  flat(config.versions || {}, "", []).forEach(([key, value]) => rows.push([key, value]));
  ["kernels", "device"].forEach((key) => rows.push([key, config[key]]));
  rows.push(["data, SHA-256", (config.data || {}).sha256]);
  return new Map(rows.map(([key, value]) => [key, value === undefined ? MISSING : valueWords(value)]));
}

function differencePart(runs) {
  const told = runs.map(configRows);
  const keys = [...new Set(told.flatMap((rows) => [...rows.keys()]))];
  const value = (rows, key) => (["none", undefined].includes(rows.get(key)) ? MISSING : rows.get(key));
  const differing = keys.filter((key) => new Set(told.map((rows) => value(rows, key))).size > 1);
  const head = ["", ...runs.map((run) => runLink(run, runLabel(run, runs)))];
  const same = keys.filter((key) => !differing.includes(key) && told[0].get(key) !== undefined);
  return section("differences", "Settings that differ",
    differing.length === 0 ? el("p", {}, "All settings are the same.")
      : table("Settings and versions in which the runs differ", head,
        differing.map((key) => [key, ...told.map((rows) => value(rows, key))])),
    same.length ? disclosure("same", plural(same.length, "setting") + " in common", () =>
      keyTable("The same in all", same.map((key) => [key, told[0].get(key)]))) : null);
}

const OUTCOMES = [
  ["testAccuracy", "test accuracy", percent], ["validationAccuracy", "held-out accuracy", percent],
  ["testBalancedAccuracy", "balanced test accuracy", percent], ["trainAccuracy", "training accuracy", percent],
  ["testLoss", "test loss", brief], ["trainLoss", "training loss", brief], ["imagesPerSecond", "images per second", count],
];

function outcomePart(runs) {
  const rows = [["epochs", ...runs.map((run) => run.epochs ? (last(run.epochs.epoch) || 0) + " of " + run.planned : MISSING)]];
  for (const [key, name, format] of OUTCOMES) {
    const values = runs.map((run) => last((run.epochs || {})[key]));
    if (values.some(isNumber)) {
      rows.push([name, ...values.map((value, i) => withDifference(value, values[0], format, i))]);
    }
  }
  const zeros = runs.map((run) => (run.model ? run.model.zeroShare : zeroShares(run.epochs || {}).at(-1)));
  rows.push(["zeros", ...zeros.map((value, i) => withDifference(value, zeros[0], percent, i))]);
  const size = runs.map((run) => (run.model ? run.model.packedBytes : null));
  rows.push(["packed", ...size.map(bytes)]);
  const time = runs.map((run) => (run.seconds || {}).seconds);
  rows.push(["time", ...time.map((value) => (value ? seconds(value) : MISSING))]);
  return section("outcome", "What they came to",
    table("After the last epoch; in brackets the difference to the first run", ["", ...runs.map((run) => runLink(run, runLabel(run, runs)))],
      rows, { numbers: [false, ...runs.map(() => true)] }));
}

function withDifference(value, first, format, index) {
  if (index === 0 || !isNumber(value) || !isNumber(first)) {
    return format(value);
  }
  const difference = value - first;
  const text = format === percent ? (100 * difference).toFixed(2) : format(Math.abs(difference));
  const sign = difference > 0 ? "+" : format === percent || difference === 0 ? "" : "-";
  return [format(value), " ", el("span", { class: "muted" }, "(" + sign + text + ")")];
}

const MOST_CURVES = 6;

function overlayPart(runs) {
  const curves = runs.filter((run) => run.epochs && run.epochs.epoch.length > 0);
  if (curves.length === 0) {
    return null;
  }
  const some = curves.slice(0, MOST_CURVES);
  const x = [...new Set(some.flatMap((run) => run.epochs.epoch))].sort((a, b) => a - b);
  const aligned = (run, values) => {
    const at = new Map(run.epochs.epoch.map((epoch, i) => [epoch, values[i]]));
    return x.map((epoch) => at.get(epoch) ?? null);
  };
  const series = (value) => some.map((run) => ({ name: runLabel(run, runs), values: aligned(run, value(run) || []) }));
  const flipShare = (run) => {
    const { trained } = flipPlanes(run);
    const all = trained.reduce((a, b) => a + b, 0);
    return run.flips.map((counts) => (all > 0 ? counts.reduce((a, b) => a + (b || 0), 0) / all : null));
  };
  return section("together", "Together", el("div", { class: "pair" },
    lineChart({ id: "together-accuracy", title: "Test accuracy", x, format: percent, most: 1, tick: percentTick, series: series((run) => run.epochs.testAccuracy) }),
    lineChart({ id: "together-loss", title: "Test loss", x, format: brief, fromZero: true, series: series((run) => run.epochs.testLoss) }),
    some.some((run) => run.flips.some((counts) => counts.length))
      ? lineChart({ id: "together-flips", title: "Flips", note: "share of all trained bits that changed in an epoch, powers of ten", x,
        format: percent, tick: percentTick, log: true, series: series(flipShare) }) : null),
  curves.length > some.length ? el("p", { class: "muted small" }, "The first " + some.length + " of " + curves.length + " runs are drawn.") : null);
}

function compareParts(runs) {
  return [
    ["differences", "Differences", runs.map((run) => [run.name, run.config]), () => differencePart(runs)],
    ["outcome", "Outcome", runs.map((run) => [run.epochs, run.state]), () => outcomePart(runs)],
    ["together", "Curves", runs.map((run) => run.epochs), () => overlayPart(runs)],
  ];
}
