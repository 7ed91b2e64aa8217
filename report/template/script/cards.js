// The card of a claim opens in a panel beside the text. Each opened card is a step of the browser's
// history; closing goes back over all of them, so that Back leads from card to card, then to the text.

const panel = find("#panel");
// Beside the card of a wide page the text can be read on and its links followed.
const isWide = matchMedia("(min-width: 1400px)");
// Where the text was read when a card was closed, until the history has gone back to before the card:
// the browser would go to what the address names there. Null: no card is being closed.
let readAt = null;

// The claim, or the card, that a link opens; null for any other link.
function claimOf(link) {
  const target = document.getElementById((link.getAttribute("href") ?? "").slice(1));
  return target?.closest("article") ? target : null;
}

const headOf = (card) => find("h3, h4, h5", card);

// Opens the card of a claim at the claim.
function openCard(claim) {
  hideTip();
  const card = claim.closest("article");
  const copy = card.cloneNode(true);
  const asked = claim === card ? null : find(`[id="${claim.id}"]`, copy);
  asked?.classList.add("asked");
  for (const element of [copy, asked?.closest(".outlet")]) element?.removeAttribute("hidden");
  for (const element of [copy, ...findAll("[id]", copy)]) element.removeAttribute("id");
  find(".here", panel).replaceChildren(copy);
  panel.setAttribute("aria-label", headOf(copy).textContent);
  headOf(copy).ariaLevel = 2;  // the panel's first heading
  panel.returnValue = "";
  const link = find(".to-ledger", panel);
  link.href = `#${claim.id}`;
  if (!panel.open) isWide.matches ? panel.show() : panel.showModal();
  panel.scrollTop = 0;
  link.focus();
  // The words in which the claim is read stand above the list that it is in.
  if (asked && asked.getBoundingClientRect().bottom > innerHeight) {
    asked.parentElement.previousElementSibling.scrollIntoView();
  }
}

function followLink(event) {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (isPacked(link)) {
    event.preventDefault();
    // A link of a drawing has no method click.
    unpack().then(() => link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })));
    return;
  }
  const claim = claimOf(link);
  if (claim && !link.classList.contains("to-ledger")) {
    event.preventDefault();
    const depth = panel.open ? (history.state?.depth ?? 0) + 1 : 1;
    writeNow("replaceState", history.state, location.hash);
    writeNow("pushState", { claim: claim.id, depth }, `#${claim.id}`);
    openCard(claim);
  } else if (panel.contains(link) && link.getAttribute("href").startsWith("#")) {
    panel.close("followed");
    if (!claim) return;
    // From now on this step of history is the claim in the ledger.
    writeNow("replaceState", null, `#${claim.id}`);
    filterCards(claim.id);
    reveal(claim.id);
  }
}

// After the browser has gone to what the address names.
function stayAtText() {
  scrollTo({ top: readAt, behavior: "instant" });
  readAt = null;
}

async function followHistory() {
  if (history.state?.claim || asksForRecord()) await unpack();
  const claim = document.getElementById(history.state?.claim ?? "");
  const named = document.getElementById(location.hash.slice(1));
  const wasHidden = named?.closest("[hidden]");
  if (location.search === known) filterCards();
  else readAddress();
  if (claim) openCard(claim);
  else if (panel.open) panel.close();
  else if (wasHidden) named.scrollIntoView();
}

function startCards() {
  document.addEventListener("click", followLink);
  find("button", panel).addEventListener("click", () => panel.close());
  // A click on the backdrop has the panel itself as its target.
  panel.addEventListener("click", ({ target }) => { if (target === panel) panel.close(); });
  // A panel beside the text, which is not modal, does not close itself.
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && panel.open && !panel.matches(":modal") && tip.hidden) panel.close();
  });
  panel.addEventListener("close", () => {
    const { claim, depth } = history.state ?? {};
    if (!claim || panel.returnValue) return;
    readAt = scrollY;
    addEventListener("popstate", () => setTimeout(stayAtText), { once: true });
    history.go(-depth);
  });
  addEventListener("popstate", followHistory);
  // A reloaded page opens at the claim in the ledger.
  if (history.state) writeNow("replaceState", null, location.hash);
}
