
// --- Numbers and words.

const MISSING = "–";

function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

function fixed(value, digits) {
  return isNumber(value) ? value.toFixed(digits) : MISSING;
}

function percent(share, digits) {
  return isNumber(share) ? (100 * share).toFixed(digits === undefined ? 2 : digits) + " %" : MISSING;
}

// A share at an axis: as many digits as say something, whatever the last bits of the number.
function percentTick(share) {
  return Number((100 * share).toPrecision(6)) + " %";
}

function count(value) {
  return isNumber(value) ? Math.round(value).toLocaleString("en-GB") : MISSING;
}

function brief(value) {
  if (!isNumber(value)) {
    return MISSING;
  }
  if (value === 0) {
    return "0";
  }
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-3
    ? value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e")
    : String(Number(value.toPrecision(4)));
}

function bytes(value) {
  if (!isNumber(value)) {
    return MISSING;
  }
  if (value < 1024) {
    return value + " B";
  }
  const kib = value / 1024;
  return kib < 1024 ? fixed(kib, 1) + " KiB" : fixed(kib / 1024, 2) + " MiB";
}

function seconds(value) {
  if (!isNumber(value)) {
    return MISSING;
  }
  if (value < 60) {
    return fixed(value, value < 10 ? 2 : 1) + " s";
  }
  const minutes = Math.floor(value / 60);
  return minutes < 60
    ? minutes + " min " + String(Math.round(value % 60)).padStart(2, "0") + " s"
    : Math.floor(minutes / 60) + " h " + String(minutes % 60).padStart(2, "0") + " min";
}

function last(values) {
  return values && values.length ? values[values.length - 1] : null;
}

function plural(number, word) {
  return count(number) + " " + word + (number === 1 ? "" : "s");
}

function shapeWords(shape) {
  return shape && shape.length ? shape.join(" × ") : "1";
}

function planeName(bit, depth) {
  return bit === depth - 1 ? "sign" : "bit " + bit;
}

// Names of numbers next to each other: 0, 1, 2, 5 as "0 to 2, 5".
function ranges(numbers) {
  const parts = [];
  for (let i = 0; i < numbers.length; i++) {
    const first = i;
    while (i + 1 < numbers.length && numbers[i + 1] === numbers[i] + 1) {
      i++;
    }
    parts.push(i === first ? String(numbers[i])
      : numbers[first] + (i === first + 1 ? ", " : " to ") + numbers[i]);
  }
  return parts.join(", ");
}

function valueWords(value) {
  if (value === null || value === undefined) {
    return MISSING;
  }
  if (typeof value === "number") {
    return Number.isInteger(value) ? String(value) : brief(value);
  }
  if (Array.isArray(value)) {
    return value.length ? value.map(valueWords).join(", ") : "none";
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

// An object in an object as one list of [name, value], names joined by points.
function flat(object, prefix, into) {
  for (const [key, value] of Object.entries(object || {})) {
    if (value && typeof value === "object" && !Array.isArray(value)) {
      flat(value, (prefix || "") + key + ".", into);
    } else {
      into.push([(prefix || "") + key, value]);
    }
  }
  return into;
}

// A mask of digits as short as people name it.
function maskWords(mask) {
  const trained = mask.replaceAll("0", "").length;
  return /^1+$/.test(mask) ? "all" : /^1+0+$/.test(mask) ? "top" + trained : /^0+1+$/.test(mask) ? "bottom" + trained : mask;
}

// The same, its digits on demand.
function maskCell(mask) {
  return el("span", { title: mask }, maskWords(mask));
}
