
// --- The page.

const source = document.getElementById("document");
let shown = JSON.parse(source.textContent);

function headOf(data) {
  const run = data.runs[0];
  document.title = runTitle(run) + " – bitloom";
  return [
    el("h1", {}, runTitle(run)),
    el("p", {}, weightWords(run) + " · " + stateWords(run)),
  ];
}

function drawPage(data) {
  document.getElementById("top").replaceChildren(...headOf(data));
  const content = document.getElementById("content");
  content.replaceChildren();
  data.runs.forEach((run) => content.append(...runParts(run)));
  document.getElementById("end").replaceChildren(
    "bitloom " + data.version + ", " + data.made);
}

if (source.dataset.live) {
  watchFolder(source.dataset.live);
} else {
  drawPage(shown);
}
