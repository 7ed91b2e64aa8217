// The address holds the day, the filters and the open card: ?day=2024-10-16&side=ukraine#o16a

// The filters and their fields; the record has them.
let filters = null;
let fields = [];
let known = "";
let timer = 0;

// Whether the address names a filter, which the record has.
const asksForRecord = () => [...new URLSearchParams(location.search).keys()].some((name) => name !== "day");

// A value that the page does not have is ignored; a day that it does not have leaves the address.
function readAddress() {
  clearTimeout(timer);
  known = location.search;
  const asked = new URLSearchParams(known);
  for (const field of fields) {
    field.value = asked.get(field.name) ?? "";
    if (field.value !== asked.get(field.name)) field.value = "";
  }
  const isKnown = days.includes(asked.get("day"));
  showDay(isKnown ? asked.get("day") : last, isKnown ? "" : asked.get("day") ?? "");
  if (asked.has("day") && !isKnown) writeNow("replaceState", history.state, location.hash);
}

// Delayed, since a browser refuses an address that changes at every step of a slider.
function writeAddress() {
  clearTimeout(timer);
  timer = setTimeout(() => writeNow("replaceState", history.state, location.hash), 250);
}

function writeNow(method, state, hash) {
  clearTimeout(timer);
  const asked = new URLSearchParams();
  if (day !== last) asked.set("day", day);
  for (const { name, value } of fields) if (name !== "day" && value) asked.set(name, value);
  const query = `${asked}`;
  try {
    history[method](state, "", location.pathname + (query && `?${query}`) + hash);
  } catch {
    // A page in a frame without an address of its own works without it.
  }
  known = location.search;
}
