// The contents mark the section that is being read.

const list = find("#contents");
const links = new Map(list ? findAll("a", list).map((link) => [link.hash.slice(1), link]) : []);
let heads = [];

function gatherHeads() {
  heads = findAll("main section[id], main h3[id]").filter((head) => links.has(head.id));
}

function startContents() {
  if (!list) return;
  let current = null;
  const follow = () => {
    const above = heads.filter((head) => head.getBoundingClientRect().top < 100);
    const link = links.get(above.at(-1)?.id) ?? null;
    if (link === current) return;
    current?.removeAttribute("aria-current");
    current = link;
    current?.setAttribute("aria-current", "true");
    // The list does not scroll under a pointer or the focus.
    if (current && list.scrollHeight > list.clientHeight && !list.matches(":hover, :focus-within")) {
      list.scrollTop = current.offsetTop - list.clientHeight / 2;
    }
  };
  let isDue = false;
  addEventListener("scroll", () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => { isDue = false; follow(); });
  }, { passive: true });
  follow();
}
