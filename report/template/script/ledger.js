// The ledger's filters: they hide the cards that do not match and count the rest.

let cards = [];
// The filters that claims have values for, in the order of those values.
let facets = [];
let unit = "cards";
let status = create("p");

// A text as it is searched: in lower case, without accents, with the marks of a keyboard; 12,000 is
// 12000.
const searchable = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[‘’]/g, "'").replace(/[“”„«»]/g, '"').replace(/(\d),(?=\d{3})/g, "$1").replace(/\s+/g, " ");

// What is looked for: words, and between quotation marks phrases; #o84a is the id o84a.
const termsOf = (value) =>
  [...searchable(value).matchAll(/"([^"]*)"?|[^\s"]+/g)]
    .map(([word, phrase]) => (phrase ?? word).trim().replace(/^#/, ""));

// The searchable text of a card (all but where it is cited), computed when first needed.
const texts = new Map();
function textOf(card) {
  if (!texts.has(card)) {
    const parts = findAll(":scope > :not(p)", card).map((part) => part.textContent);
    texts.set(card, searchable(parts.join(" ")));
  }
  return texts.get(card);
}

// The values of each claim of a card that holds on the day: the speaker's, then those of outlets.
function claimsOf(card) {
  return [card, ...findAll(".outlet", card)]
    .filter((part) => part.dataset.facets && isSaid(part))
    .flatMap((part) => part.dataset.facets.split(";"))
    .map((values) => values.split(","));
}

// Whether something on a card had been said by the day; what has no day of its own has the card's.
const isSaid = (part) => Number(part.closest("[data-since]")?.dataset.since ?? 0) <= dayIndex;

// One claim has all the values asked for; the words may be anywhere on the card.
function matches(card, asked) {
  const words = asked.filter(({ name }) => name === "words");
  const values = asked.filter(({ name }) => name !== "words");
  return isSaid(card)
    && claimsOf(card).some((claim) => values.every(({ name, value }) =>
      (claim[facets.indexOf(name)] || "none").split(" ").includes(value)))
    && words.every(({ value }) => termsOf(value).every((term) => textOf(card).includes(term)));
}

// What the address names is never hidden; the status line says so if its card does not match.
function filterCards(named = location.hash.slice(1)) {
  const asked = fields.filter(({ name, value }) => name !== "day" && value.trim());
  const target = document.getElementById(named);
  let count = 0;
  let exception = "";
  for (const card of cards) {
    const isMatch = matches(card, asked);
    count += isMatch;
    card.hidden = !isMatch && !card.contains(target);
    if (!isMatch && card.contains(target)) exception = "; beside them the one that the address names";
    for (const part of findAll(".outlet", card)) part.hidden = !isSaid(part) && !part.contains(target);
  }
  const until = day === last ? "" : `, by the end of ${dayText(rows[dayIndex])}`;
  status.textContent = `${count} of ${cards.length} ${unit}${until}${exception}`;
}

function startFilters() {
  if (filters) return;
  cards = findAll("article");
  if (find(".cards[data-left-out]")) unit = "cards on this page";
  filters = find(".filters");
  if (!filters) return;
  fields = findAll("input, select", filters);
  facets = fields.filter((field) => field.localName === "select").map(({ name }) => name);
  status = find("[role=status]", filters);
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
