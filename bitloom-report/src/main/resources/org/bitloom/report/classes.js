
// --- Classes: how well each is recognized, what they are taken for, and the worst mistakes.

const MOST_CLASSES = 25;

function className(run, label) {
  const names = run.classNames || [];
  return label < names.length ? names[label] : String(label);
}

function classSection(run) {
  const id = "classes-" + run.id;
  const confusion = (run.end || {}).confusion;
  const parts = [];
  if (!confusion && !run.perClass) {
    return section(id, "Classes", el("p", {}, run.epochs.epoch.length
      ? "This run did not record how well each class is recognized; newer versions of bitloom do."
      : "No epoch has ended yet."));
  }
  if (confusion) {
    const small = confusion.length <= MOST_CLASSES;
    parts.push(el("div", { class: "beside" },
      el("div", {}, classTable(run, confusion)),
      el("div", {}, small ? confusionTable(run, confusion) : null, confusionWords(run, confusion))));
    parts.push(mistakes(run));
  } else {
    parts.push(classTable(run, confusion));
    parts.push(el("p", { class: "muted" }, run.id.startsWith("sweep")
      ? "What the classes are taken for stands in the report of the run alone." : run.state === "running"
      ? "What the classes are taken for is told when the run ends."
      : "This run did not record what the classes are taken for; runs of newer versions do, at their end."));
  }
  return section(id, "Classes", parts);
}

function classTable(run, confusion) {
  const shares = run.perClass || confusion.map((row, label) => {
    const all = row.reduce((sum, value) => sum + value, 0);
    return all ? row[label] / all : null;
  });
  const samples = (label) => (confusion ? confusion[label].reduce((sum, value) => sum + value, 0) : null);
  const least = shares.reduce((low, share) => (isNumber(share) ? Math.min(low, share) : low), 1);
  const floor = least > 0.5 ? Math.max(0, Math.floor(least * 20 - 1) / 20) : 0;
  const order = [...shares.keys()];
  if (shares.length > MOST_CLASSES) {
    order.sort((a, b) => (shares[a] ?? 2) - (shares[b] ?? 2));
    order.length = MOST_CLASSES;
  }
  const bar = (share) => svg("svg", { viewBox: "0 0 120 10", width: 120, height: 10, "aria-hidden": "true" },
    svg("rect", { class: "room", x: 0, y: 1, width: 120, height: 8 }),
    svg("rect", { class: "bar", x: 0, y: 1, height: 8,
      width: isNumber(share) ? Math.max(0, (120 * (share - floor)) / (1 - floor)).toFixed(1) : 0 }));
  const head = ["class", "samples", "right", ""];
  const rows = order.map((label) => [className(run, label), count(samples(label)), percent(shares[label]), bar(shares[label])]);
  const note = "Test accuracy per class after the last epoch" + (floor > 0 ? "; bars begin at " + percent(floor, 0) : "")
    + (shares.length > MOST_CLASSES ? "; the " + MOST_CLASSES + " worst of " + shares.length : "");
  return [
    table(note, head, rows, { numbers: [false, true, true, false] }),
    el("div", { class: "tools" }, csvButton("classtable-" + run.id, "accuracy per class", () => [
      ["class", "samples", "accuracy"],
      shares.map((share, label) => [className(run, label), samples(label), share])])),
  ];
}

function confusionWords(run, confusion) {
  const pairs = [];
  confusion.forEach((row, label) => {
    const all = row.reduce((sum, value) => sum + value, 0);
    row.forEach((value, answer) => {
      if (label !== answer && value > 0) {
        pairs.push({ label, answer, value, share: value / all });
      }
    });
  });
  pairs.sort((a, b) => b.value - a.value);
  if (pairs.length === 0) {
    return el("p", {}, "No test sample was taken for another class.");
  }
  return el("div", {}, el("h3", { class: "apart" }, "Most often mistaken"),
    el("ul", { class: "plain" }, pairs.slice(0, 5).map((pair) => el("li", {},
      className(run, pair.label), " taken for ", className(run, pair.answer), ": ", count(pair.value) + " times, "
        + percent(pair.share, 1) + " of the class"))));
}

function confusionTable(run, confusion) {
  const cell = (row, label, answer) => {
    const all = row.reduce((sum, value) => sum + value, 0);
    const share = all ? row[answer] / all : 0;
    const td = el("td", { class: "n" + (label === answer ? " diagonal" : row[answer] ? " off" : " none") }, row[answer] ? count(row[answer]) : "·");
    td.style.setProperty("--ink-share", (label === answer ? share * 0.45 : Math.min(0.75, Math.sqrt(share) * 1.6)).toFixed(3));
    return td;
  };
  const names = confusion.map((row, label) => className(run, label));
  const caption = "Confusion matrix: rows are what the samples are, columns what they were taken for";
  const data = () => [["is \\ taken for", ...names], confusion.map((row, label) => [names[label], ...row])];
  return [
    el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
      el("table", { class: "confusion", id: "confusion-" + run.id },
        el("caption", {}, caption),
        el("thead", {}, el("tr", {}, el("td", {}), names.map((name) => el("th", { scope: "col", class: "n" }, name)))),
        el("tbody", {}, confusion.map((row, label) =>
          el("tr", {}, el("th", { scope: "row" }, names[label]), row.map((value, answer) => cell(row, label, answer))))))),
    el("div", { class: "tools" }, csvButton("confusion-" + run.id, "the confusion matrix", data)),
  ];
}

function mistakes(run) {
  const { mistakes: list, mistakeShape: shape } = run.end;
  if (!list || list.length === 0) {
    return null;
  }
  return el("div", { class: "mistaken" }, el("h3", { class: "apart" }, "Worst mistakes"),
    el("p", { class: "small muted" }, "The test samples whose own class got the least."),
    el("div", { class: "mistakes" }, list.map((mistake) => el("figure", {},
      pixelCanvas(unpacked(mistake.pixels), shape, "test sample " + mistake.sample),
      el("figcaption", { class: "small" }, el("b", {}, className(run, mistake.label)), " taken for ",
        el("b", {}, className(run, mistake.answer)),
        el("span", {}, percent(mistake.ofAnswer, 1) + " sure, sample " + mistake.sample))))));
}

function pixelCanvas(pixels, [channels, height, width], label) {
  const canvas = el("canvas", { width, height, role: "img", "aria-label": label, class: "pixels" });
  const image = new ImageData(width, height);
  const size = height * width;
  for (let i = 0; i < size; i++) {
    for (let c = 0; c < 3; c++) {
      image.data[4 * i + c] = pixels[(channels >= 3 ? c : 0) * size + i];
    }
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}
