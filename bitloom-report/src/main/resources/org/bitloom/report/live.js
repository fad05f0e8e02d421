
// --- A page that changes: it asks the server that it came from, and keeps what the reader has opened.

const ASK_MILLIS = 1000;
const LOST_MILLIS = 5000;
const LOST_AFTER = 3;

const STANDING_WORDS = {
  absent: "Nothing here yet",
  working: "At work",
  finished: "Finished",
  stopped: "Stopped",
  killed: "No sign of life",
  failed: "Failed",
};

function clockTime(millis) {
  return isNumber(millis) ? new Date(millis).toLocaleTimeString("en-GB") : "?";
}

function timeLeft(value) {
  if (!isNumber(value)) {
    return null;
  }
  const whole = Math.max(1, Math.round(value));
  return (whole < 60 ? whole + " s" : seconds(whole)) + " left";
}

// The line of a run at work: how far it is, and how well it does; of one that is dead, how far it came.
function atWords(at, works) {
  return [
    "batch " + count(at.batch) + " of " + count(at.batches),
    isNumber(at.loss) ? "loss " + fixed(at.loss, 4) : null,
    isNumber(at.accuracy) ? "training " + percent(at.accuracy, 2) : null,
    works && isNumber(at.imagesPerSecond) ? count(at.imagesPerSecond) + " images/s" : null,
    works ? timeLeft(at.secondsLeft) : null,
  ].filter((word) => word !== null).join(" · ");
}

function epochsDone(at) {
  return at.epoch - 1 + (at.batches > 0 ? at.batch / at.batches : 0);
}

function workBar(name, at) {
  return el("progress", { max: at.epochs, value: epochsDone(at), "aria-label": name + ": epochs done" });
}

function standingWords(standing) {
  const since = " since " + clockTime(standing.sign);
  const again = ["It can go on: ", el("code", {}, standing.resume)];
  if (standing.kind === "sweep") {
    return standing.standing === "stopped"
      ? "Nobody works in the folder; the command of the sweep goes on with it." : "";
  }
  return {
    absent: "This page waits for a run in " + standing.folder + ".",
    working: standing.at ? "" : "The first batches are being prepared.",
    finished: "",
    stopped: again,
    killed: ["Nothing was written" + since + ", and its process is gone. ", again],
    failed: standing.error,
  }[standing.standing] || "";
}

function runAtWork(at, works) {
  return [
    el("p", { class: "counter" }, works ? null : "It came to ",
      el("strong", { id: "live-epoch" }, "epoch " + at.epoch),
      " of " + at.epochs + " · " + atWords(at, works)),
    workBar("the run", at),
  ];
}

function sweepAtWork(standing) {
  const planned = isNumber(standing.planned) ? " of " + count(standing.planned) : "";
  const failed = standing.failed > 0 ? " · " + count(standing.failed) + " failed" : "";
  const runs = standing.atWork.map((run) => el("li", {},
    el("span", { class: "mono" }, run.name), " ",
    run.at ? [el("strong", {}, "epoch " + run.at.epoch), " of " + run.at.epochs + " · " + atWords(run.at, true),
      workBar(run.name, run.at)] : "begins"));
  const reasons = standing.reasons.map((run) => el("li", {},
    el("span", { class: "mono" }, run.name), " failed: " + run.error));
  return [
    el("p", { class: "counter" }, el("strong", { id: "live-ended" },
      count(standing.finished + standing.failed)), planned + " runs ended" + failed
      + " · " + count(standing.atWork.length) + " at work"),
    isNumber(standing.planned) ? el("progress", { max: Math.max(1, standing.planned),
      value: standing.finished + standing.failed, "aria-label": "runs ended" }) : null,
    runs.length ? el("ul", { class: "runs" }, runs) : null,
    reasons.length ? el("ul", { class: "runs" }, reasons) : null,
  ];
}

// Where an element stands, for a page that is drawn anew: the nearest id, and the way down from there.
function placeOf(element) {
  const way = [];
  let node = element;
  while (node && !node.id && node.parentElement) {
    way.unshift([...node.parentElement.children].indexOf(node));
    node = node.parentElement;
  }
  return node && node.id ? { id: node.id, way } : null;
}

function elementAt(place) {
  return place.way.reduce((node, index) => node && node.children[index], document.getElementById(place.id));
}

// Draws anew without moving what the reader looks at.
function redraw(data) {
  const focus = placeOf(document.activeElement);
  const place = window.scrollY;
  const content = document.getElementById("content");
  content.style.minHeight = content.offsetHeight + "px"; // the page must not shrink meanwhile
  drawPage(data);
  content.style.minHeight = "";
  window.scrollTo({ top: place, behavior: "instant" });
  const again = focus && elementAt(focus);
  if (again && again !== document.activeElement) {
    again.focus({ preventScroll: true });
  }
}

function watchFolder(address) {
  const state = el("span", { id: "live-state", role: "status" }, "Asking");
  const words = el("span", { id: "live-words" });
  const work = el("div", { id: "live-work" });
  const note = el("p", { id: "live-note", class: "small muted" });
  const bar = el("section", { id: "live", "aria-label": "Live" },
    el("p", {}, el("span", { class: "lamp", "aria-hidden": "true" }), state, " ", words), work, note);
  const top = document.getElementById("top");
  top.append(el("h1", {}, "A run to come"));
  top.after(bar);

  const known = { standing: null, tag: null, document: null };
  let failures = 0;
  let heard = Date.now();
  let waiting = null;
  let pressed = false;
  let title = "bitloom";
  let drawn = null;
  document.addEventListener("pointerdown", () => { pressed = true; });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => { pressed = false; });
  }

  async function ask(name, tag) {
    const answer = await fetch(name, {
      cache: "no-store",
      headers: tag ? { "If-None-Match": tag } : {},
      signal: AbortSignal.timeout(30000),
    });
    if (answer.status === 304) {
      return null;
    }
    if (!answer.ok) {
      throw new Error("status " + answer.status);
    }
    return { tag: answer.headers.get("ETag"), json: await answer.json() };
  }

  async function askForDocument() {
    const next = await ask("data.json", known.document);
    if (next) {
      known.document = next.tag;
      waiting = next.json;
    }
  }

  function tell(kind, title, text) {
    bar.dataset.standing = kind;
    if (state.textContent !== title) {
      state.textContent = title; // only what changes is read out
    }
    words.replaceChildren(...[text].flat(2));
  }

  // What stays the same is left alone, so that a word may be selected.
  function show() {
    const standing = known.standing;
    const key = (failures >= LOST_AFTER) + known.tag + title;
    if (key === drawn) {
      return;
    }
    drawn = key;
    if (standing && failures < LOST_AFTER) {
      tell(standing.standing || "absent", STANDING_WORDS[standing.standing] || "Unreadable",
        standing.problem ? "The folder cannot be read: " + standing.problem : standingWords(standing));
      const at = standing.kind === "sweep" ? sweepAtWork(standing)
        : standing.at ? runAtWork(standing.at, standing.standing === "working") : [];
      work.replaceChildren(...at.filter((part) => part !== null));
      document.title = titleOf(standing) + title;
    } else if (failures >= LOST_AFTER) {
      tell("lost", "No answer", "The server of this page has gone; the page keeps what it has, of "
        + clockTime(heard) + ".");
    }
  }

  function titleOf(standing) {
    const word = standing.at && standing.standing === "working"
      ? standing.at.epoch + "/" + standing.at.epochs
      : standing.kind === "sweep" && standing.standing === "working"
        ? standing.finished + standing.failed + (isNumber(standing.planned) ? "/" + standing.planned : "")
        : STANDING_WORDS[standing.standing] || "?";
    return word + " \u00b7 ";
  }

  function drawWaiting() {
    if (!waiting || pressed) {
      return;
    }
    const next = waiting;
    waiting = null;
    if (next.runs.length + next.sweeps.length === 0) {
      return; // what is gone from the folder stays on the page
    }
    if (JSON.stringify({ ...next, made: "" }) !== JSON.stringify({ ...shown, made: "" })) {
      shown = next;
      redraw(shown);
      title = document.title;
    }
  }

  function notice(standing) {
    const before = known.standing;
    if (before && before.id && standing.id !== before.id && before.standing !== "absent") {
      note.textContent = "Another run took its place at " + clockTime(Date.now()) + ".";
    }
  }

  async function look() {
    const answer = await ask(address, known.tag);
    if (answer) {
      notice(answer.json);
      known.tag = answer.tag;
      known.standing = answer.json;
    }
    if (known.standing.ending || '"' + known.standing.version + '"' !== known.document) {
      await askForDocument();
    }
    failures = 0;
    heard = Date.now();
    return known.standing.ending;
  }

  async function turn() {
    let ended = false;
    try {
      ended = await look();
    } catch (error) {
      failures++;
    }
    try {
      drawWaiting();
    } finally {
      show();
    }
    if (ended) {
      note.textContent = "The command ended at " + clockTime(Date.now())
        + ", and its server with it; this page keeps the last state.";
      bar.dataset.ended = "";
      return;
    }
  }

  // What fails while it draws is told on the console, and the next look may do better.
  async function turns() {
    try {
      await turn();
    } finally {
      if (!("ended" in bar.dataset)) {
        setTimeout(turns, failures >= LOST_AFTER ? LOST_MILLIS : ASK_MILLIS);
      }
    }
  }

  turns();
}
