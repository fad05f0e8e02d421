
// --- A sweep: pictures, the table with its tests, and its runs.

function runLink(run, words) {
  return el("a", { href: "#" + run.id }, words);
}

function sweepTitle(sweep) {
  const distinct = (key) => [...new Set(sweep.runs.map((run) => settingsOf(run)[key]))].filter((value) => value !== undefined);
  const networks = distinct("network");
  const data = distinct("data");
  return networks.length && data.length ? networks.join(", ") + " on " + data.join(", ") : sweep.name;
}

function sweepCounts(sweep) {
  const counted = { finished: 0, failed: 0, running: 0, stopped: 0, killed: 0 };
  sweep.runs.forEach((run) => counted[run.state]++);
  return counted;
}

function sweepWords(sweep) {
  const counted = sweepCounts(sweep);
  const planned = sweep.description.runs;
  // A folder may hold runs of other sweeps too; the description is that of the last.
  const words = [counted.finished + (planned >= counted.finished ? " of " + planned : "") + " runs finished"];
  ["running", "failed", "stopped", "killed"].forEach((state) => counted[state] && words.push(counted[state] + " " + state));
  return words.join(", ") + (sweep.working ? "" : counted.finished < (planned || 0) ? "; nobody works on it" : "");
}

function sweepFacts(sweep) {
  const best = sweep.rows[0];
  const floats = sweep.rows.find((row) => !row.depth);
  return el("dl", { class: "facts" },
    fact("Runs", count(sweep.runs.length), sweepWords(sweep)),
    best ? fact("Best", percent(best.mean), rowName(sweep, best)) : null,
    floats ? fact("Floats", percent(floats.mean), plural(floats.runs, "seed")) : null);
}

function rowName(sweep, row) {
  const weights = row.depth ? plural(row.depth, "bit") + ", " + maskWords(row.mask) : "float";
  return [weights, ...sweep.varied.map((name, i) => name + " " + row.varied[i])].join(", ");
}

// A picture of a few panels is printed on one sheet, one of many is cut into sheets.
function markLong(event) {
  const { naturalWidth, naturalHeight } = event.target;
  event.target.classList.toggle("long", naturalHeight > 2 * naturalWidth);
}

function picturePart(sweep) {
  const alternatives = {
    accuracy: "Accuracy and share of non-zero weights against the number of trained bits",
    every: "All masks of one depth, the best first, and what each bit contributes",
    single: "Accuracy with one trained bit at a time",
  };
  return section("pictures-" + sweep.id, "Pictures",
    el("div", { class: "sheets" }, sweep.pictures.map((picture) => el("figure", { class: "sheet" },
      el("img", { onload: markLong, src: "data:image/svg+xml;base64," + picture.svg, alt: (alternatives[picture.name] || picture.name)
        + "; the numbers stand in the table above" })))));
}

// A list, such as a schedule, breaks after its commas and nowhere else.
function pieces(value) {
  return String(value).split(/(?<=,)/).map((piece, i) => [i ? el("wbr", {}) : null, el("span", { class: "whole" }, piece)]);
}

function rowsPart(sweep) {
  const head = [...sweep.varied, "bits", "mask", "seeds", "accuracy", "±", "worst", "best", "non-zero", "to floats", "p", "verdict"];
  const skip = sweep.varied.length;
  const numbers = head.map((title, i) => i >= skip && !["mask", "verdict"].includes(title));
  const points = (value) => (isNumber(value) ? (value > 0 ? "+" : "") + (100 * value).toFixed(2) : "");
  const data = sweep.rows.map((row) => [...row.varied, row.depth ?? 0, row.depth ? maskWords(row.mask) : "float", row.runs, row.mean, row.deviation,
    row.worst, row.best, row.nonZero, row.difference, row.pValue, row.verdict || ""]);
  const rows = sweep.rows.map((row) => [...row.varied.map(pieces), row.depth || "", row.depth ? maskCell(row.mask) : "float",
    row.runs, percent(row.mean), row.runs > 1 ? fixed(100 * row.deviation, 2) : "", percent(row.worst), percent(row.best),
    percent(row.nonZero, 1), points(row.difference), isNumber(row.pValue) ? (row.pValue < 0.001 ? "< 0.001" : row.pValue.toFixed(3)) : "",
    row.verdict ? el("span", { class: "verdict " + row.verdict.replaceAll(" ", "-") }, row.verdict) : ""]);
  const name = "rows-" + sweep.id;
  return section(name, "Table",
    sweep.rows.length === 0 ? el("p", {}, "No run has been trained to its end yet.")
      : table("Test accuracy after the last epoch over the seeds; a press on a title sorts", head, rows,
        { numbers, wide: true, sort: name, data, id: name + "-table" }),
    sweep.test ? el("p", { class: "small muted apart" }, sweep.test) : null,
    sweep.rows.length ? el("div", { class: "tools" }, csvButton(name, "the table", () => [head, data])) : null);
}

function runsPart(sweep) {
  const varied = ["bits", "mask", "seed", "state", "epochs", "test accuracy", "test loss", "zeros"];
  const head = ["run", ...varied];
  const weights = (run) => {
    const told = settingsOf(run).weights;
    return told && typeof told === "object" ? told : {};
  };
  const zeros = (run) => zeroShares(run.epochs).at(-1);
  const data = sweep.runs.map((run) => [run.name, weights(run).depth ?? null, weights(run).mask || "float", settingsOf(run).seed, run.state,
    last(run.epochs.epoch), last(run.epochs.testAccuracy), last(run.epochs.testLoss), zeros(run) ?? null]);
  const rows = sweep.runs.map((run, i) => [runLink(run, run.name), data[i][1] ?? "", maskCell(data[i][2]), data[i][3], run.state,
    data[i][5] === null ? "" : data[i][5], percent(data[i][6]), brief(data[i][7]), percent(data[i][8])]);
  const name = "runs-" + sweep.id;
  return section(name, "Runs",
    sweep.runs.length === 0 ? el("p", {}, "No run has begun yet.")
      : table("All runs; the name leads to the run, a press on a title sorts", head, rows,
        { numbers: [false, true, false, true, false, true, true, true, true], wide: true, sort: name, data, id: name + "-table" }),
    failedRuns(sweep),
    sweep.runs.length ? el("div", { class: "tools" }, csvButton(name, "the runs", () => [head, data])) : null);
}

function failedRuns(sweep) {
  const failed = sweep.runs.filter((run) => run.state === "failed");
  return failed.length === 0 ? null
    : keyTable("Why runs failed", failed.slice(0, 50).map((run) => [runLink(run, run.name), run.error + (run.hint ? "; " + run.hint : "")]));
}

function sweepAbout(sweep) {
  const told = sweep.description;
  return section("about-" + sweep.id, "Command and versions",
    told.command ? commandBox(told.command, "command-" + sweep.id) : el("p", {}, "The command is not known."),
    keyTable("Where it comes from", [["folder", sweep.folder], ["bitloom", told.bitloom], ["Java", told.java],
      ...Object.entries(told.data || {}).map(([name, sum]) => [name + ", SHA-256", el("code", {}, valueWords(sum))])]
      .filter(([, value]) => value)));
}

function sweepParts(sweep) {
  const told = sweep.runs.map((run) => [run.state, run.epochs, run.error]);
  const parts = [["rows-" + sweep.id, "Table", sweep.rows, () => rowsPart(sweep)]];
  if (sweep.pictures.length) {
    parts.push(["pictures-" + sweep.id, "Pictures", sweep.pictures, () => picturePart(sweep)]);
  }
  parts.push(["runs-" + sweep.id, "Runs", told, () => runsPart(sweep)]);
  parts.push(["about-" + sweep.id, "Command", sweep.description, () => sweepAbout(sweep)]);
  return parts;
}
