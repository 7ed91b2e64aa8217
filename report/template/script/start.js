// Starts every part, then shows the day and the filters that the address names.

// What depends on what the page holds: once for the page, once more for the unpacked record.
function startParts() {
  nameTables();
  startFilters();
  gatherBlocks();
  nameMarks();
  gatherHeads();
}

startParts();
startDays();
startCards();
startTips();
startContents();
startRecord();
if (asksForRecord()) await unpack();
readAddress();
// Who asks for some of the cards is shown them.
if (fields.some(({ name, value }) => name !== "day" && value)) bringUp(filters);
if (location.hash) reveal(location.hash.slice(1));
