// The record lies in the page as bzip2, five signs for four bytes (render/packing.py). It is unpacked
// when somebody opens it, follows a link into it or asks for a part of it by the address.

const record = find("#record");
let unpacking = null;

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;/=>?@^_`{|}~";

// The bytes that signs stand for: five digits of base 85 are a number of four bytes.
function bytesOf(signs) {
  const digits = new Map([...SIGNS].map((sign, digit) => [sign, digit]));
  const bytes = new DataView(new ArrayBuffer(signs.length / 5 * 4));
  for (let at = 0; at < signs.length; at += 5) {
    let number = 0;
    for (let place = at; place < at + 5; place += 1) number = number * 85 + digits.get(signs[place]);
    bytes.setUint32(at / 5 * 4, number);
  }
  return new Uint8Array(bytes.buffer);
}

async function unpacked(packed) {
  const bytes = bytesOf(packed.content.textContent).subarray(0, Number(packed.dataset.bytes));
  packed.parentElement.innerHTML = unzipped(bytes);
  startParts();
  showDay(day ?? last, missing);
}

// Done when the page holds the record; at once if it does already.
function unpack() {
  const packed = find("#packed");
  if (packed) unpacking ??= unpacked(packed);
  return unpacking;
}

// Whether a link, of the text or of a drawing, leads to what only the record can hold.
function isPacked(link) {
  const href = link.getAttribute("href") ?? "";
  return find("#packed") && /^#./.test(href) && !document.getElementById(href.slice(1));
}

// Shows an element, for which the record is opened if it is there.
function bringUp(element) {
  if (record?.contains(element)) record.open = true;
  element?.scrollIntoView();
}

async function reveal(anchor) {
  if (!anchor) return;
  if (!document.getElementById(anchor)) await unpack();
  bringUp(document.getElementById(anchor));
}

function startRecord() {
  if (!record) return;
  record.addEventListener("toggle", () => { if (record.open) unpack(); });
  addEventListener("hashchange", () => {
    if (readAt === null && !panel.open) reveal(location.hash.slice(1));
  });
}
