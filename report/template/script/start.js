// Starts every part, then shows the day and the filters that the address names.

nameTables();
startFilters();
startDays();
startCards();
startTips();
startContents();
readAddress();
