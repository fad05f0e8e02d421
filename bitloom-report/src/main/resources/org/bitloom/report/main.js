
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

// Looks for newer data; a server that is away is asked again.
async function poll(address) {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    if (answer.ok) {
      const text = await answer.text();
      const next = JSON.parse(text);
      if (JSON.stringify({ ...next, made: "" }) !== JSON.stringify({ ...shown, made: "" })) {
        shown = next;
        drawPage(shown);
      }
    }
  } catch (error) {
    // told by the state of the page; the next call may succeed
  }
  setTimeout(poll, 1000, address);
}

drawPage(shown);
if (source.dataset.live) {
  poll(source.dataset.live);
}
