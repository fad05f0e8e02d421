
// --- The page: what is shown of the document, its head, and how it stays up to date.

const source = document.getElementById("document");
let shown = JSON.parse(source.textContent);
let drawn = new Map(); // parts on the page, by id, with what they were made of

function allRuns(data) {
  return [...data.runs, ...data.sweeps.flatMap((sweep) => sweep.runs)];
}

// The run that the address names, by its id or by one of its parts; null = all of the document.
function runInView(data) {
  const all = allRuns(data);
  if (data.sweeps.length === 0 && data.runs.length === 1) {
    return data.runs[0];
  }
  const named = "-" + addressed() + "-";
  return all.filter((run) => named.includes("-" + run.id + "-"))
    .sort((a, b) => b.id.length - a.id.length)[0] || null;
}

// The part of the page that its address names; empty if none.
function addressed() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch (error) {
    return ""; // half an escape, typed by hand
  }
}

function view(data) {
  const run = runInView(data);
  if (run) {
    const back = all(data) ? el("p", { class: "back" }, el("a", { href: "#content" }, all(data))) : null;
    return {
      title: runTitle(run),
      words: [back, el("p", {}, [weightWords(run), "seed" in settingsOf(run) ? "seed " + settingsOf(run).seed : null, stateWords(run)]
        .filter(Boolean).join(" · ")), el("p", { class: "muted small" }, run.name)],
      lead: [remarksOf(run), section("glance", "At a glance", runFacts(run))],
      parts: runParts(run).map(([part, title, told, build]) => [part + "-" + run.id, title, told, () => build(run)]),
    };
  }
  const parts = data.runs.length > 1 ? compareParts(data.runs) : [];
  const single = data.runs.length === 1 ? [["outcome", "Run", data.runs, () => outcomePart(data.runs)]] : [];
  const lead = data.sweeps.map((sweep) => [
    data.sweeps.length > 1 || data.runs.length ? el("h2", { class: "apart" }, sweep.name) : null,
    remarksOf({ remarks: sweep.remarks }),
    section("glance-" + sweep.id, "At a glance", sweepFacts(sweep)),
  ]);
  return {
    title: allRuns(data).length === 0 && data.sweeps.length === 0 ? "Nothing here yet"
      : data.sweeps.length === 1 && data.runs.length === 0 ? sweepTitle(data.sweeps[0])
      : plural(allRuns(data).length, "run") + " side by side",
    words: [el("p", {}, data.sweeps.map((sweep) => sweep.name + ": " + sweepWords(sweep)).join(" · ")
      || data.runs.map((run) => runLabel(run, data.runs)).join(" · "))],
    lead,
    parts: [...parts, ...single, ...data.sweeps.flatMap(sweepParts)],
  };
}

// What leads back from a run to the rest; null if the run is all there is.
function all(data) {
  return data.sweeps.length === 0 && data.runs.length === 1 ? null
    : data.sweeps.length === 1 && data.runs.length === 0 ? "← " + data.sweeps[0].name : "← All runs";
}

// Draws the page. A part whose data are what they were stays as it is, with all that was done to it.
function drawPage(data) {
  const now = view(data);
  document.title = now.title + " – bitloom";
  document.getElementById("top").replaceChildren(
    el("h1", {}, now.title), ...now.words.filter(Boolean),
    el("nav", { "aria-label": "Parts of the page" }, el("ul", {}, now.parts.map(([id, title]) =>
      el("li", {}, el("a", { href: "#" + id }, title))))));
  const next = new Map();
  for (const [id, , told, build] of now.parts) {
    const stamp = JSON.stringify(told);
    const before = drawn.get(id);
    next.set(id, before && before.stamp === stamp ? before : { stamp, node: build() });
  }
  drawn = next;
  const parts = [...next.values()].map((part) => part.node).filter(Boolean);
  document.getElementById("content").replaceChildren(...now.lead.flat(Infinity).filter(Boolean), ...parts);
  forgetOldBoxes();
  document.getElementById("end").replaceChildren(el("p", {}, "Made by bitloom " + data.version + ", " + data.made
    + ". This page loads nothing and sends nothing."));
}

addEventListener("hashchange", () => {
  drawn = new Map();
  drawPage(shown);
  if (!goToTarget()) {
    scrollTo(0, 0);
  }
});

// Goes where the address points within the page, and opens what is closed there.
function goToTarget() {
  const target = location.hash && document.getElementById(addressed());
  if (!target) {
    return false;
  }
  if (target.tagName === "DETAILS") {
    target.open = true;
  }
  target.scrollIntoView();
  return true;
}

if (source.dataset.live) {
  watchFolder(source.dataset.live);
} else {
  drawPage(shown);
  goToTarget();
}
