// The ledger's filters: they hide the cards that do not match and count the rest.

const cards = findAll("article");
// The filters that a card has values for, in the order of those values.
const facets = fields.filter((field) => field.localName === "select").map(({ name }) => name);
const unit = find(".cards[data-left-out]") ? "cards shown" : "claims";
const status = filters ? find("[role=status]", filters) : create("p");

// A text as it is searched: in lower case, with the apostrophe of a keyboard.
const searchable = (text) => text.toLowerCase().replaceAll("’", "'");

// The searchable text of a card (its head, its quote and its fields), computed when first needed.
const texts = new Map();
function textOf(card) {
  if (!texts.has(card)) {
    const parts = findAll("h3, h4, h5, p:not(dl ~ p), dd", card).map((part) => part.textContent);
    texts.set(card, searchable(parts.join(" ")));
  }
  return texts.get(card);
}

function valuesOf(card, name) {
  const values = card.dataset.facets.split(",")[facets.indexOf(name)];
  return (values || "none").split(" ");
}

function matches(card, asked) {
  if (dayIndex < Number(card.dataset.since ?? 0)) return false;
  return asked.every(({ name, value }) => name === "words"
    ? searchable(value).split(/\s+/).every((word) => textOf(card).includes(word))
    : valuesOf(card, name).includes(value));
}

// The card that the address names is never hidden; the status line says so if it does not match.
function filterCards(named = location.hash.slice(1)) {
  const asked = fields.filter(({ name, value }) => name !== "day" && value.trim());
  let count = 0;
  let exception = "";
  for (const card of cards) {
    const isMatch = matches(card, asked);
    count += isMatch;
    card.hidden = !isMatch && card.id !== named;
    if (!isMatch && card.id === named) exception = `; beside them ${named}, which the address names`;
  }
  const until = day === last ? "" : `, by the end of ${dayText(rows[dayIndex])}`;
  status.textContent = `${count} of ${cards.length} ${unit}${until}${exception}`;
}

function startFilters() {
  if (!filters) return;
  // Outside the filters, so that it is printed.
  filters.after(status);
  const choice = find("[name=day]", filters);
  choice.append(...rows.map((row) =>
    create("option", { value: row.dataset.day, textContent: dayText(row) })));
  choice.closest("label").hidden = days.length < 2;
  filters.addEventListener("input", ({ target }) => {
    if (target === choice) showDay(choice.value);
    else filterCards();
    writeAddress();
  });
  find("button", filters).addEventListener("click", () => {
    for (const field of fields) field.value = "";
    showDay(last);
    writeAddress();
  });
  filters.hidden = false;
}
