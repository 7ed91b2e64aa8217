// A table stays a table to a screen reader where the style of a narrow page stacks its cells.

function nameTables() {
  const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
  for (const [tag, role] of Object.entries(roles)) {
    for (const element of findAll(`figure.table ${tag}`)) element.setAttribute("role", role);
  }
  for (const head of findAll("figure.table th")) {
    const role = head.scope === "col" ? "columnheader" : "rowheader";
    // An empty head is no header.
    head.setAttribute("role", head.textContent.trim() ? role : "cell");
  }
}
