// The words of a mark or a citation appear in a tooltip on hover and on focus.

const tip = create("div", { id: "tip", hidden: true });
let tipped = null;
let leaving = 0;

// The words of a mark that are not those of the claim which it opens.
const ownWords = new Map();
const wordsOf = (link) => ownWords.get(link) ?? saidBy(claimOf(link));

// A claim with who spoke and when, which the head of its card says before the place; an outlet's
// claim says itself whose it is.
function saidBy(claim) {
  const head = headOf(claim.closest("article"));
  if (claim.localName === "article") return head.textContent;
  if (claim.closest(".outlet")) return claim.textContent;
  return `${head.firstChild.textContent.replace(/:\s*$/, "")}: ${claim.textContent}`;
}

function hideTip() {
  tip.hidden = true;
  tipped?.removeAttribute("aria-describedby");
  tipped = null;
}

function placeTip() {
  if (!tipped) return;
  const box = tipped.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const isBelow = box.bottom + 6 + height < innerHeight - bar.offsetHeight;
  tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  tip.style.top = `${isBelow ? box.bottom + 6 : box.top - height - 6}px`;
}

function showTip(link) {
  hideTip();
  tipped = link;
  tip.textContent = wordsOf(link);
  // These words are the accessible name of a mark already.
  if (!link.classList.contains("mark")) link.setAttribute("aria-describedby", tip.id);
  (panel.open ? panel : document.body).append(tip);
  tip.hidden = false;
  placeTip();
}

// The marks that have no name yet.
function nameMarks() {
  const marks = findAll("a.mark:not([aria-label])");
  // A mark of a narrow drawing refers to the words of the wide one's.
  for (const mark of marks) {
    const title = find("title", mark)
      ?? document.getElementById(mark.getAttribute("aria-labelledby") ?? "");
    if (title?.localName === "title") ownWords.set(mark, title.textContent);
  }
  marks.forEach(nameMark);
}

function nameMark(mark) {
  const title = find("title", mark);
  // Otherwise the browser shows a tooltip of its own.
  title?.remove();
  // The name has the drawn texts too, with a space between them.
  for (const text of findAll("text + text", mark)) text.prepend(" ");
  const drawn = findAll("text", mark).map((text) => text.textContent).join("");
  mark.setAttribute("aria-label", drawn ? `${drawn}: ${wordsOf(mark)}` : wordsOf(mark));
  mark.removeAttribute("aria-labelledby");
}

function tippedLink({ target }) {
  const link = target.closest?.("a:not(.to-ledger)");
  return link && (ownWords.has(link) || claimOf(link)) ? link : null;
}

async function enterLink(event) {
  const asked = event.target.closest?.("a");
  if (asked && !ownWords.has(asked) && isPacked(asked)) {
    await unpack();
    if (!asked.matches(":hover, :focus")) return;
  }
  const link = tippedLink(event);
  if (link || tip.contains(event.target)) clearTimeout(leaving);
  if (link && link !== tipped) showTip(link);
}

function leaveLink(event) {
  if (tipped && (tippedLink(event) === tipped || tip.contains(event.target))) {
    clearTimeout(leaving);
    leaving = setTimeout(hideTip, 200);
  }
}

function startTips() {
  tip.setAttribute("role", "tooltip");
  document.addEventListener("pointerover", enterLink);
  document.addEventListener("pointerout", leaveLink);
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(":focus-visible")) enterLink(event);
  });
  document.addEventListener("focusout", leaveLink);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || tip.hidden) return;
    hideTip();
    // The panel closes on the next Escape.
    event.preventDefault();
  });
  addEventListener("scroll", placeTip, { passive: true, capture: true });
}
