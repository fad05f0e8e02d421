
// --- One run.

function runTitle(run) {
  const settings = (run.config || {}).settings || {};
  return (settings.network || "?") + " on " + (settings.data || "?");
}

function weightWords(run) {
  const weights = ((run.config || {}).settings || {}).weights;
  if (!weights || weights === "float") {
    return weights === "float" ? "float weights" : MISSING;
  }
  return weights.depth + (weights.depth === 1 ? " bit, mask " : " bits, mask ") + weights.mask;
}

function stateWords(run) {
  const epochs = run.epochs.epoch.length;
  const done = epochs === 0 ? "before the first epoch" : "after epoch " + last(run.epochs.epoch);
  const words = { finished: "finished", running: "running", stopped: "stopped" };
  return words[run.state] + " " + done + " of " + run.planned;
}

function epochParts(run) {
  const columns = run.epochs;
  const x = columns.epoch;
  if (x.length === 0) {
    return [section("curves-" + run.id, "Accuracy and loss", el("p", {}, "No epoch has ended yet."))];
  }
  const series = (names) => names.filter(([key]) => columns[key] && columns[key].some(isNumber))
    .map(([key, name]) => ({ name, values: columns[key] }));
  const share = (value) => percent(value, 2);
  return [
    section("curves-" + run.id, "Accuracy and loss", el("div", { class: "pair" },
      lineChart({ id: "accuracy-" + run.id, title: "Accuracy", x, format: share, most: 1,
        tick: percentTick,
        series: series([["testAccuracy", "test"], ["trainAccuracy", "training"],
          ["validationAccuracy", "held out"]]) }),
      lineChart({ id: "loss-" + run.id, title: "Loss", note: "mean cross-entropy", x, format: brief,
        fromZero: true,
        series: series([["testLoss", "test"], ["trainLoss", "training"],
          ["validationLoss", "held out"]]) }))),
  ];
}

function runParts(run) {
  return epochParts(run);
}
