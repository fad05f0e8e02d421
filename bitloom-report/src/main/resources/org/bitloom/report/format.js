
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

// A share at an axis: a digit only where it says something, whatever the last bits of the number.
function percentTick(share) {
  return percent(share, Math.abs(share * 100 - Math.round(share * 100)) < 1e-6 ? 0 : 1);
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
