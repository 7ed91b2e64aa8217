// A claim's card opens in a panel beside the text. Each opened card is a step of the browser's
// history; closing goes back over all of them, so that Back leads from card to card, then to the text.

const panel = find("#panel");

// The card that a link opens, or null.
function cardOf(link) {
  const target = document.getElementById((link.getAttribute("href") ?? "").slice(1));
  return target?.localName === "article" ? target : null;
}

const headOf = (card) => find("h3, h4, h5", card);

function openCard(card) {
  hideTip();
  const copy = card.cloneNode(true);
  copy.hidden = false;
  for (const element of [copy, ...findAll("[id]", copy)]) element.removeAttribute("id");
  find(".here", panel).replaceChildren(copy);
  panel.setAttribute("aria-label", headOf(copy).textContent);
  panel.returnValue = "";
  const link = find(".to-ledger", panel);
  link.href = `#${card.id}`;
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
  link.focus();
}

function followLink(event) {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const card = cardOf(link);
  if (card && !link.classList.contains("to-ledger")) {
    event.preventDefault();
    const depth = panel.open ? (history.state?.depth ?? 0) + 1 : 1;
    writeNow("replaceState", history.state, location.hash);
    writeNow("pushState", { card: card.id, depth }, `#${card.id}`);
    openCard(card);
  } else if (panel.contains(link) && link.getAttribute("href").startsWith("#")) {
    panel.close("followed");
    if (!card) return;
    // From now on this step of history is the card in the ledger.
    writeNow("replaceState", null, `#${card.id}`);
    filterCards(card.id);
  }
}

function followHistory() {
  const card = document.getElementById(history.state?.card ?? "");
  const named = document.getElementById(location.hash.slice(1));
  const wasHidden = named?.hidden;
  if (location.search === known) filterCards();
  else readAddress();
  if (card) openCard(card);
  else if (panel.open) panel.close();
  else if (wasHidden) named.scrollIntoView();
}

function startCards() {
  document.addEventListener("click", followLink);
  find("button", panel).addEventListener("click", () => panel.close());
  // A click on the backdrop has the panel itself as its target.
  panel.addEventListener("click", ({ target }) => { if (target === panel) panel.close(); });
  panel.addEventListener("close", () => {
    const { card, depth } = history.state ?? {};
    if (card && !panel.returnValue) history.go(-depth);
  });
  addEventListener("popstate", followHistory);
  // A reloaded page opens at the card in the ledger.
  if (history.state) writeNow("replaceState", null, location.hash);
}
