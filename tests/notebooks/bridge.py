"""Blocks of an invented brief, for the fixture notebooks: was the bridge at Alder Ford safe?"""

from claimbrief.blocks import Cards, Column, Figure, Mark, Prose, Row, Table, Title
from claimbrief.cards import Card, Claim, Field, Passage
from claimbrief.texts import Run, Text, card_anchor, text

PEOPLE = (
    ("Ines Okafor", "county engineer"),
    ("Tom Brandt", "ferry operator"),
    ("Lucía Vaz", "union delegate"),
    ("Road Agency", "agency"),
    ("Jürgen Pohl", "minister of works"),
)
WORDS = (
    "The eastern pier has moved by four centimetres since the flood, and nobody has been down to "
    "look at the footing; I would not send a school bus across it until somebody has.",
    "There is nothing wrong with the bridge.",
    "We were told to weld over it and to leave the log blank; so we did, twice, and I have kept "
    "a copy of the roster that shows who stood where on both of those nights.",
    "The Agency is aware of the reports and has at present no findings to share.",
    "I cannot confirm that any inspection was called off, and I would be careful with anonymous "
    "claims of this kind.",
)
COUNT = 15


def link(number: int, words: str = "") -> Run:
    """Return a link to a claim's card."""
    return Run(words or f"c{number}", f"#{f'c{number}'}")


def title(as_of: str = "2031-05-20") -> Title:
    """Return the head of the invented brief."""
    facts = (
        Field("Dataset", text("Alder Ford statements, version 3")),
        Field("Digest", text(Run("9b507f04c2a1f269d", style="code"))),
        Field("Sources", text("2 newspapers, 1 hearing")),
        Field("Statements heard", text("15, from 3 May to 20 May 2031")),
    )
    return Title(
        "title",
        "Was the bridge at Alder Ford known to be unsafe before it was closed?",
        "What five people said between the flood and the closure, in whose words, and on what "
        "evidence each of them could draw.",
        as_of,
        "en",
        facts,
        dataset="Alder",
    )


def findings() -> Prose:
    """Return the key findings, each with links to its claims."""
    lines = (
        text(
            "Two of five speakers, ",
            link(1, "Ines Okafor"),
            " and ",
            link(3, "Lucía Vaz"),
            ", said before the closure that the eastern pier had moved.",
        ),
        text(
            "The Road Agency said it had ",
            Run("no findings to share", "#c4", "quote"),
            "; it did not say that the bridge was sound (",
            link(4),
            ", ",
            link(9),
            ").",
        ),
        text(
            "All accounts of a cancelled inspection go back to ",
            Run("one", style="strong"),
            " speaker, whose own source is not named (",
            link(3),
            ").",
        ),
        text(
            "The minister first called the reports ",
            Run("anonymous", "", "quote"),
            " (",
            link(5),
            ") and eight days later confirmed that the pier was being watched (",
            link(10),
            ").",
        ),
        text(
            "Nobody has shown a photograph, a reading or a log; see ",
            Run("Table 1", "#table-register"),
            ".",
        ),
    )
    return Prose("findings", lines, is_list=True, numbers={"speakers": 5, "moved_pier": 2})


def register() -> Table:
    """Return a table of seven columns and ten rows."""
    labels = ("Item", "Kind", "Holder", "First invoked", "Public as of", "Locator", "Claims")
    shares = (2.2, 1.2, 1.4, 1.1, 1.1, 1.6, 0.8)
    columns = tuple(
        Column(label, "end" if label == "Claims" else "start", share)
        for label, share in zip(labels, shares, strict=True)
    )
    kinds = ("photograph", "sensor reading", "repair log", "roster", "letter")
    rows = tuple(
        Row(
            (
                text(f"{kinds[n % 5].capitalize()} of the eastern pier, night of {n + 3} May"),
                text(kinds[n % 5]),
                text(PEOPLE[n % 5][0]),
                text(f"{n + 3} May 2031"),
                text("not published" if n % 3 else f"{n + 6} May 2031"),
                text("Alder Courier, paragraph ", str(n + 2)),
                text(link(n + 1)),
            ),
            "strong" if n == 4 else "",
        )
        for n in range(10)
    )
    return Table(
        "table-register",
        text("What was invoked as evidence, and whether anybody has shown it"),
        columns,
        rows,
        note=text("An item is public once anybody may look at it. ● quoted, ○ paraphrased."),
        source=text("Source: Alder Ford statements, version 3."),
        numbers={"items": 10},
    )


def matrix() -> Table:
    """Return a matrix of five columns."""
    columns = (
        Column("Speaker", share=1.3),
        Column("Had the pier moved?"),
        Column("Was it known?"),
        Column("Was an inspection called off?"),
        Column("Is it safe now?"),
    )
    stances: tuple[Text, ...] = (
        text("says so ", link(1)),
        text("not heard"),
        text("denies ", link(2)),
        text("cannot confirm ", link(5)),
        text("says that it is likely ", link(11)),
    )
    rows = tuple(
        Row(
            (
                text(name, " ", Run(role, style="small")),
                *(stances[(at + 2 * column) % 5] for column in range(4)),
            )
        )
        for at, (name, role) in enumerate(PEOPLE)
    )
    return Table("table-matrix", text("Who says what to which question"), columns, rows)


def chart() -> Figure:
    """Return a chart of the statements by day, drawn in plain SVG with text as text."""
    width, height = 470.0, 190.0
    font = 'font-family="\'Source Sans 3\'" font-size="8.5" fill="#1c2024"'
    parts, marks = [], []
    for lane, (name, _) in enumerate(PEOPLE):
        y = 24 + lane * 30
        parts.append(f'<line x1="100" x2="450" y1="{y}" y2="{y}" stroke="#cfd4da"/>')
        parts.append(f'<text x="4" y="{y + 3}" {font}>{name}</text>')
    for day in range(3, 22, 3):
        x = 100 + (day - 3) * 19
        parts.append(f'<text x="{x}" y="178" text-anchor="middle" {font}>{day} May</text>')
    for n in range(COUNT):
        x, y = 100 + n * 19, 24 + (n % 5) * 30
        fill = "#17507a" if n % 3 else "none"
        shape = f'<circle cx="{x}" cy="{y}" r="4.5" fill="{fill}" stroke="#17507a"/>'
        href, label = f"#{f'c{n + 1}'}", f"{PEOPLE[n % 5][0]}, {n + 3} May"
        parts.append(f'<a class="mark" href="{href}"><title>{label}</title>{shape}</a>')
        box = ((x - 6) / width, (y - 6) / height, 12 / width, 12 / height)
        marks.append(Mark(*box, href, label))
    return Figure(
        "figure-timeline",
        text("When each of the five spoke, 3 to 20 May 2031"),
        "Timeline of fifteen statements by five speakers.",
        "Each row is a speaker, each dot a statement on its day; a filled dot is a quoted one.",
        "".join(parts),
        width,
        height,
        tuple(marks),
        note=text("A filled dot: in the speaker's own words. A ring: in the paper's words."),
        source=text("Source: Alder Ford statements, version 3."),
        numbers={"statements": COUNT},
    )


def cards() -> Cards:
    """Return fifteen cards of a claim each."""
    made = []
    for n in range(COUNT):
        name, role = PEOPLE[n % 5]
        fields = (
            Field("Who", text(name, ", ", role)),
            Field("When", text("the day named in the report, the week of the flood")),
        )
        head = text(f"{name}, {n + 3} May 2031", ": ", Run("the county hearing", style="small"))
        courier = Run("Alder Courier", "https://example.org/courier")
        quote = text(Run(WORDS[n % 5], style="quote"), " (", courier, ")")
        said = text("said that ", Run("the pier had moved", style="em"))
        coding = text(f"c{n + 1}: asserts ", Run("pier-moved", style="code"), ", firmly.")
        claim = Claim(f"c{n + 1}", said, coding)
        passages = (Passage(quote, (claim,)),)
        made.append(Card(card_anchor(f"s{n + 1}"), head, passages, fields=fields))
    return Cards("cards", tuple(made))
