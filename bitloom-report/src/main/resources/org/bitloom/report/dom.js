
// --- Elements. What comes from files is only ever set as text or as an attribute.

function put(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  return node;
}

function el(tag, attributes, ...children) {
  return put(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return put(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

// What the reader has opened, sorted, hidden or chosen, by a name; it outlives every drawing.
const chosen = new Map();

function chosenOr(name, otherwise) {
  return chosen.has(name) ? chosen.get(name) : otherwise;
}

// A part that is built when it is opened, and stays open when the page is drawn anew.
function disclosure(name, summary, build) {
  const body = el("div", {});
  const fill = () => {
    if (!body.firstChild) {
      body.append(build());
    }
  };
  const open = chosenOr("open " + name, false);
  if (open) {
    fill();
  }
  return el(
    "details",
    {
      id: name,
      open,
      ontoggle: (event) => {
        chosen.set("open " + name, event.target.open);
        if (event.target.open) {
          fill();
        }
      },
    },
    el("summary", {}, summary),
    body,
  );
}

// options: numbers (which columns are numbers), wide, sort (a name: columns can be sorted by what
// stands in data, rows of plain values), id
function table(caption, head, rows, options) {
  const numbers = (options && options.numbers) || [];
  const body = el("tbody", {});
  const order = rows.map((row, i) => i);
  // An empty cell is the title of nothing, whatever its place.
  const cell = (value, isTitle, scope, column) =>
    el(isTitle && value !== "" ? "th" : "td", { class: numbers[column] ? "n" : null,
      scope: isTitle && value !== "" ? scope : null }, value);
  const fill = () => body.replaceChildren(...order.map((i) => el("tr", {}, rows[i].map((value, column) =>
    cell(value, column === 0, "row", column)))));
  const titles = head.map((title, column) => cell(options && options.sort && title !== ""
    ? sortButton(options, order, column, title, fill) : title, true, "col", column));
  sortAsChosen(options, order, titles);
  fill();
  return el(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    el("table", { class: options && options.wide ? "wide" : null, id: options && options.id },
      el("caption", {}, caption), el("thead", {}, el("tr", {}, titles)), body),
  );
}

function sortButton(options, order, column, title, fill) {
  return el("button", {
    type: "button",
    class: "sort",
    id: options.sort + "-by" + column,
    onclick: (event) => {
      const before = chosenOr("sort " + options.sort, {});
      const down = before.column === column ? !before.down : Boolean(options.numbers[column]);
      chosen.set("sort " + options.sort, { column, down });
      sortAsChosen(options, order, [...event.currentTarget.closest("tr").children]);
      fill();
    },
  }, title);
}

function sortAsChosen(options, order, titles) {
  const sorted = options && options.sort ? chosenOr("sort " + options.sort, null) : null;
  if (!sorted) {
    return;
  }
  const value = (i) => options.data[i][sorted.column];
  const absent = (v) => v === null || v === undefined || v === "";
  order.sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (absent(x) || absent(y)) {
      return absent(x) - absent(y) || a - b;
    }
    const way = typeof x === "number" && typeof y === "number" ? x - y
      : String(x).localeCompare(String(y), "en", { numeric: true });
    return (sorted.down ? -way : way) || a - b;
  });
  titles.forEach((title, column) => {
    if (column === sorted.column) {
      title.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
    } else {
      title.removeAttribute("aria-sort");
    }
  });
}

function section(id, title, ...children) {
  return el("section", { id, "aria-labelledby": id + "-title" },
    el("h2", { id: id + "-title" }, title), children);
}

// --- Numbers to take away.

function csvText(head, rows) {
  const cell = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    // A text that a spreadsheet would take for a formula gets a quote in front.
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\n\r]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
  };
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\n") + "\n";
}

function saveCsv(name, head, rows) {
  const address = URL.createObjectURL(new Blob([csvText(head, rows)], { type: "text/csv" }));
  const link = el("a", { href: address, download: name + ".csv" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function csvButton(name, title, data) {
  return el(
    "button",
    {
      type: "button",
      class: "tool",
      id: name + "-csv",
      "aria-label": "Download " + title + " as CSV",
      onclick: () => {
        const [head, rows] = data();
        saveCsv(name, head, rows);
      },
    },
    "CSV",
  );
}
