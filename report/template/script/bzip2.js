// Undoes bzip2: the bytes of a text that Python's bz2 has made small. Of the text stand blocks of up
// to 900,000 bytes, their bytes sorted by what follows them (Burrows and Wheeler), then each byte as
// its place among those used last, then in Huffman codes. A browser has gzip, which sees what recurs
// only within 32 kB; a record is forty times as long.

const BLOCK = 0x314159, GROUP = 50, LONGEST = 20;

// Reads the next bits, at most 24, as a number.
function bitsOf(bytes) {
  let at = 0, held = 0, count = 0;
  return (wanted) => {
    for (; count < wanted; count += 8) held = held << 8 | bytes[at++];
    count -= wanted;
    return held >>> count & (1 << wanted) - 1;
  };
}

// Takes a number from a list and puts it first.
function toFront(list, place) {
  const number = list[place];
  list.copyWithin(1, 0, place);
  return list[0] = number;
}

// The bytes that a block has at all, in order.
function bytesUsed(bits) {
  const used = [], parts = bits(16);
  for (let high = 0; high < 16; high += 1) {
    if (!(parts >> 15 - high & 1)) continue;
    const part = bits(16);
    for (let low = 0; low < 16; low += 1) if (part >> 15 - low & 1) used.push(high * 16 + low);
  }
  return Uint8Array.from(used);
}

// Reads symbols in a Huffman code: shorter codes first, those of a length in the symbols' order.
function codeOf(bits, symbols) {
  const lengths = [];
  for (let length = bits(5); lengths.length < symbols; lengths.push(length)) {
    while (bits(1)) length += bits(1) ? -1 : 1;
  }
  const ordered = [], first = [], last = [];
  for (let length = 1, code = 0; length <= LONGEST; length += 1, code *= 2) {
    first[length] = code - ordered.length;
    lengths.forEach((own, symbol) => { if (own === length) ordered.push(symbol); });
    code = last[length] = first[length] + ordered.length;
  }
  return () => {
    let length = 1, code = bits(1);
    for (; code >= last[length]; length += 1) code = code * 2 + bits(1);
    return ordered[code - first[length]];
  };
}

// The sorted bytes of a block.
function sortedBytes(bits, most) {
  const used = bytesUsed(bits), end = used.length + 1, codes = bits(3), groups = bits(15);
  const order = Uint8Array.from({ length: codes }, (_, place) => place);
  const chosen = Array.from({ length: groups }, () => {
    let place = 0;
    while (bits(1)) place += 1;
    return toFront(order, place);
  });
  const readers = Array.from({ length: codes }, () => codeOf(bits, end + 1));
  const sorted = new Uint8Array(most);
  let length = 0, again = 0, weight = 1;
  for (let count = 0; ; count += 1) {
    const symbol = readers[chosen[Math.floor(count / GROUP)]]();
    if (symbol < 2) {  // a digit, of weight 1, 2, 4 …, of how often the byte used last comes again
      again += weight << symbol;
      weight *= 2;
      continue;
    }
    sorted.fill(used[0], length, length += again);
    if (symbol === end) return sorted.subarray(0, length);
    sorted[length++] = toFront(used, symbol - 1);
    again = 0, weight = 1;
  }
}

// A block's bytes in their own order. After four alike comes how many more there are.
function blockOf(bits, most) {
  bits(24), bits(8), bits(1);  // a sum to check it by; of an old kind of block
  const start = bits(24), sorted = sortedBytes(bits, most);
  const places = new Uint32Array(257), next = new Uint32Array(sorted.length), found = [];
  for (const byte of sorted) places[byte + 1] += 1;
  for (let byte = 0; byte < 256; byte += 1) places[byte + 1] += places[byte];
  sorted.forEach((byte, at) => { next[places[byte]++] = at; });
  for (let at = next[start], step = 0, alike = 0, before = -1; step < sorted.length; step += 1) {
    const byte = sorted[at];
    at = next[at];
    if (alike === 4) {
      for (let more = 0; more < byte; more += 1) found.push(before);
      alike = 0, before = -1;
      continue;
    }
    alike = byte === before ? alike + 1 : 1;
    before = byte;
    found.push(byte);
  }
  return Uint8Array.from(found);
}

// The text, in UTF-8, that lies in the bytes.
function unzipped(bytes) {
  const bits = bitsOf(bytes), blocks = [];
  bits(24);  // "BZh"
  const most = (bits(8) - 48) * 100_000;
  while (bits(24) === BLOCK) {
    bits(24);
    blocks.push(blockOf(bits, most));
  }
  const decoder = new TextDecoder();
  return blocks.map((block) => decoder.decode(block, { stream: true })).join("") + decoder.decode();
}
