// The day of the brief: a bar moves it back, and every block that has versions shows those of the day.

const dayTable = find(".days table");
const rows = dayTable ? findAll("[data-day]", dayTable) : [];
const days = rows.map((row) => row.dataset.day);
const last = days.at(-1);

// The chosen day, as YYYY-MM-DD and as its position among the days, and the day that was asked for in
// vain.
let day = last;
let dayIndex = 0;
let missing = "";
const bar = find("#daybar");
const slider = find("input", bar);

// A block stays as it is if nothing in it names a day, or if only marks do that have days of their
// own: such a chart draws more than its marks.
const isFixed = (block) =>
  !block.matches(".moves") && !find(":not(a):is([data-since], [data-until])", block);
let blocks = [];
let moving = [];

// Cards are left to the filters.
function gatherBlocks() {
  blocks = findAll(".block:is(.table, .chart, .prose)");
  const changing = blocks.filter((block) => !isFixed(block));
  // What a block finds, it finds of the last day; on others the line below says what it is.
  for (const heading of changing.flatMap((block) => findAll(".heading", block))) {
    heading.dataset.since = days.length - 1;
  }
  moving = changing.flatMap((block) => findAll("a.mark, [data-since], [data-until]", block));
  if (days.length < 2) return;
  watchForMoving();
  nameFixed();
}

const dayText = (row) => find("th", row).textContent;

function holdsNow(element) {
  const since = Number(element.dataset.since ?? 0);
  const until = Number(element.dataset.until ?? days.length);
  return since <= dayIndex && dayIndex <= until;
}

// The page shows a day that it has; `notFound` is the day that the address named in its place.
function showDay(asked, notFound = "") {
  missing = notFound;
  hideTip();
  if (!rows.length) return filterCards();
  day = asked;
  dayIndex = days.indexOf(day);
  for (const element of moving) {
    // The style hides what ends before the last day, unless it holds now.
    if (element.dataset.until) element.classList.toggle("now", holdsNow(element));
    else element.toggleAttribute("hidden", !holdsNow(element));
  }
  for (const slot of findAll(".slot")) slot.hidden = isEmpty(slot);
  for (const block of findAll(".block:is(.chart, .table)")) {
    const parts = findAll(block.matches(".chart") ? "a.mark" : "tbody tr", block);
    const isBlank = parts.length > 0 && parts.every((part) => part.hasAttribute("hidden"));
    block.classList.toggle("blank", isBlank);
  }
  document.body.classList.toggle("earlier", day !== last);
  rows.forEach((row, index) => row.classList.toggle("current", index === dayIndex));
  showBar(rows[dayIndex]);
  for (const field of fields) if (field.name === "day") field.value = day;
  filterCards();
}

function showBar(row) {
  const text = dayText(row);
  const note = find("#lookback");
  note.hidden = day === last && !missing;
  note.textContent = missing
    ? `This brief has no day “${missing}”; its last day is ${text}.`
    : `What had been said by the end of ${text}. What does not move with the day says so.`;
  slider.value = dayIndex;
  slider.setAttribute("aria-valuetext", text);
  find("output", bar).textContent = text;
  find("dl", bar).replaceChildren(...figures(row));
  // A disabled button would lose the focus.
  find("[data-step='-1']", bar).setAttribute("aria-disabled", dayIndex === 0);
  find("[data-step='1']", bar).setAttribute("aria-disabled", day === last);
  find("[data-step=last]", bar).hidden = day === last;
  placeBar();
}

// Whether no words of a sentence hold on the day; a headline is a part with versions of its own.
const isEmpty = (slot) =>
  [...slot.childNodes].every((node) => node.nodeType !== Node.ELEMENT_NODE
    ? !node.textContent.trim()
    : node.hidden || (node.dataset.until && !node.classList.contains("now"))
      || (node.localName === "strong" && isEmpty(node)));

// The figures of a day, each under the label and the key of its column in the table of days.
function figures(row) {
  return findAll("[data-figure]", dayTable).map((head) => {
    const label = create("dt", { textContent: head.textContent });
    const figure = create("dd", { textContent: row.cells[head.cellIndex].textContent });
    const item = create("div", {}, label, figure);
    item.dataset.figure = head.dataset.figure;
    return item;
  });
}

function moveDay(index) {
  showDay(days[Math.min(Math.max(index, 0), days.length - 1)]);
  writeAddress();
}

// The bar is there while a chart or a table that moves is in the middle of the window, while an
// earlier day is chosen, and while it has the focus.
const inMiddle = new Set();

function placeBar() {
  bar.hidden = !(inMiddle.size || day !== last || bar.contains(document.activeElement));
}

const watch = new IntersectionObserver((changes) => {
  for (const { target, isIntersecting } of changes) inMiddle[isIntersecting ? "add" : "delete"](target);
  placeBar();
}, { rootMargin: "-45% 0px -35% 0px" });

function watchForMoving() {
  for (const block of blocks) {
    if (!block.matches(".prose") && !isFixed(block)) watch.observe(block);
  }
}

// What stays as it is says of which day it is: a block, or what stays of one that moves.
function nameFixed() {
  const end = dayText(rows.at(-1));
  const captionOf = (block) => find("caption, figcaption", block);
  const fixed = [
    ...blocks.filter(isFixed).map((block) => captionOf(block) ?? block),
    ...findAll(".chart .longdesc summary"),
  ];
  for (const head of [...fixed, ...blocks.map(captionOf)]) {
    if (!head || find(".still", head)) continue;
    const isProse = head.matches(".prose");
    let textContent = isProse ? `As of ${end}:` : ` as of ${end}`;
    if (!fixed.includes(head)) textContent = ` The choice of rows, and what else does not move, is of ${end}.`;
    head[isProse ? "prepend" : "append"](create("small", { className: "still", textContent }));
    if (isProse || fixed.includes(head)) continue;
    textContent = " Nothing of this had been said by then.";
    head.append(create("small", { className: "none", textContent }));
  }
}

function startDays() {
  if (days.length < 2) return;
  slider.max = days.length - 1;
  slider.addEventListener("input", () => moveDay(Number(slider.value)));
  bar.addEventListener("click", ({ target }) => {
    const step = target.closest("button")?.dataset.step;
    if (step === "last") slider.focus();  // first, as the bar stays where the focus is
    if (step) moveDay(step === "last" ? days.length - 1 : dayIndex + Number(step));
  });
  const toDay = find("#to-day");
  toDay.hidden = false;
  toDay.addEventListener("click", () => {
    bar.hidden = false;
    slider.focus();
  });
  bar.addEventListener("focusout", () => requestAnimationFrame(placeBar));
  document.documentElement.classList.add("has-daybar");
  placeBar();
}
