"""The words of a generated package: an invented question of an invented country, in plain lists.

Nobody ever said any of it. `XGA` and the like are codes that ISO 3166 leaves to users.
"""

from __future__ import annotations

from collections.abc import Iterator

TITLE = "Are Sundlish divers mending the sea wall of Garrow?"
GAPS = [
    "Invented: every statement, speaker and page of this package was made by a generator.",
    "Invented: the words of the harbour master of Garrow, said on a day that no page gives.",
]

QUESTIONS = {
    "Q1": ("Mending the wall?", "Whether Sundlish divers mend the wall."),
    "Q6": (
        "A party to the work?",
        "Whether Sundland takes part in the work, in what way not said.",
    ),
    "Q2": ("Sent to Garrow?", "Whether Sundlish people are sent to Garrow or are there."),
    "Q3": ("At the wall?", "Whether Sundlish people are at the wall itself."),
    "Q5": ("In Lower Garrow?", "Whether Sundlish people are in Lower Garrow."),
    "Q4": ("State of the evidence", "What has been shown, by whom, and what has not."),
    "QU": ("Content not stated", "Words that name no content of their own."),
    "Q0": ("Context", "Anything else: tides, fees, tools and ties."),
}
ROLES = {  # code: label, definition
    "none": ("no people", "Ties, tools or fees only."),
    "support": ("support staff", "Surveyors or advisers."),
    "people": ("people", "People, what they do not said."),
    "combat": ("people at work", "People who mend, or are sent to mend."),
    "state": ("the state itself", "Sundland as a state."),
    "unstated": ("not stated", "The words name no content of their own."),
}
LOCATIONS = {
    "garrow": ("Garrow", "In Garrow, no part named."),
    "lower_garrow": ("Lower Garrow", "In the quarter below the wall."),
    "at_wall": ("the wall", "At the wall itself."),
    "sundland": ("Sundland", "At home in Sundland."),
}
# Question, role, phase, and what the propositions of that kind say; {} is a group of people.
PROPOSITIONS = [
    ("Q1", "combat", "so", "{} are mending the sea wall of Garrow"),
    ("Q2", "combat", "so", "{} are sent to mend the sea wall of Garrow"),
    ("Q1", "combat", "to_come", "{} will mend the sea wall of Garrow"),
    ("Q2", "people", "so", "{} are sent to Garrow"),
    ("Q2", "people", "so", "{} are in Garrow"),
    ("Q2", "people", "under_way", "{} are on their way to the wall"),
    ("Q2", "people", "to_come", "{} will be sent to Garrow"),
    ("Q3", "people", "so", "{} are at the wall"),
    ("Q3", "people", "so", "{} were hurt at the wall"),
    ("Q3", "support", "so", "{} advise those who work at the wall"),
    ("Q5", "people", "so", "{} are in Lower Garrow"),
    ("Q0", "none", "so", "{} are paid by the harbour board"),
]
GROUPS = [
    "Sundlish divers",
    "divers of the Tidal Guild",
    "masons from Sundland",
    "hands of the Sundlish dredgers",
    "volunteers from Port Ismay",
]
OTHER_PROPOSITIONS = [
    ("Q6", "state", "so", "Sundland takes part in the work at Garrow"),
    ("Q6", "state", "so", "Sundland has begun its part of the work"),
    ("Q4", "none", "so", "no picture of the divers is public"),
    ("Q4", "none", "so", "there is evidence of divers in Garrow"),
    ("Q4", "none", "so", "the reports contradict one another"),
    ("QU", "unstated", "so", "a story that the quoted words do not name is true"),
    ("QU", "unstated", "so", "something that the quoted words do not name is so"),
    *[
        ("Q0", "none", "so", text)
        for text in (
            "the tide lists of this year are wrong",
            "tar is carried from Sundland to Garrow",
            "the wall treaty needs no explaining",
            "the harbour fee should be raised",
            "the ties of Garrow and Sundland are growing",
            "others should watch the harbour",
            "a new wall would be dearer",
            "the old stones are of uneven quality",
            "ferries may be late for a month",
            "the wall is a matter for Garrow alone",
            "the work accords with the law of the coast",
            "talk of divers is reckless",
        )
    ],
]
STATES = [
    "Garrow", "Sundland", "Ovarre", "Tessim", "Lorn", "Quell", "Brisk", "Harrowmark", "Vint",
    "Esker", "Maldry", "Norrow", "Pellin", "Torvane", "Ulst", "Wend", "Yarrowby", "Zell", "Ansby",
    "Corvane", "Drumlin", "Fenwold", "Ilver", "Jossen",
]  # fmt: skip
ALLIANCES = ["League of Coasts", "Union of Piers", "Assembly of Ports", "Council of Tides"]
BODIES = ["Foreign Office", "Harbour Watch", "Coast Survey"]
GIVEN = [
    "Ada", "Bero", "Cilla", "Daven", "Elsa", "Ferro", "Gudrun", "Halvar", "Ines", "Jorun",
    "Kaspar", "Lene", "Mirko", "Nadja", "Osmund", "Petra", "Quintin", "Runa", "Severin", "Thyra",
]  # fmt: skip
FAMILY = [
    "Aldby", "Brevik", "Corran", "Dunmore", "Ekeland", "Farrow", "Greve", "Hollin", "Isker",
    "Jarvik", "Kestrel", "Lunde", "Morvik", "Nesset", "Orrell", "Pryde", "Quist", "Rosmer",
    "Stroud", "Thane", "Undset", "Varley", "Wick", "Yelland",
]  # fmt: skip
TITLES = ["Minister", "Spokesman", "Deputy", "Envoy", "Head of service", "Harbour master"]
OUTLETS = ["Garrow Courier", "Tidal Gazette", "Harbour Post", "Coastal Herald", "Pier Tribune"]
PRESS = ["Morning", "Evening", "Weekly", "Northern", "Southern", "Inland", "Island", "Free"]
PRESS_NAMES = ["Mail", "Ledger", "Observer", "Signal", "Lantern", "Chronicle", "Echo", "Dispatch"]
WIRES = ["Coastwire", "Gull Agency", "Norrow News Agency"]
VENUES = [
    "Remarks to reporters at the pier",
    "Interview with a page of the coast",
    "Answer to the assembly",
    "Statement in writing",
    "Address to the harbour board",
    "Words at the opening of a lock",
    "Meeting of the Assembly of Ports",
    "Post on a page of the service",
]
CHANNELS = [
    "press_remarks", "interview", "testimony", "written_statement", "video_address",
    "public_event", "un_meeting", "written_statement",
]  # fmt: skip
QUOTES = [
    "we know it from our own people",
    "this is so",
    "we have seen it",
    "it is being talked of a great deal",
    "nobody has told us",
    "the wall speaks for itself",
    "our partners share this view",
    "not one of them is there",
    "let others answer that",
    "we will see what the tide brings",
]
HEDGES = ["very likely", "in all likelihood", "as far as we can see", "probably"]
PEOPLE = ["divers", "masons", "hands", "people"]
ITEMS = {
    "own_intelligence": "a finding of the {} on the divers",
    "others_reports": "reports that the {} had from others",
    "satellite_imagery": "pictures from above that the {} holds",
    "photo_or_video": "footage from the pier that the {} holds",
    "intercept": "a call that the {} overheard",
    "document": "a pay list that the {} holds",
    "witness": "a witness whom the {} heard",
    "expert_reasoning": "the argument of the {} that the wall needs divers",
    "not_specified": "evidence of the {}, of a kind not given",
}


def person(number: int) -> str:
    """Return a name of its own for each number."""
    turn, place = divmod(number, len(GIVEN) * len(FAMILY))
    second = f"-{FAMILY[(place + turn) % len(FAMILY)]}{'' if turn < 24 else turn}" if turn else ""
    return f"{GIVEN[place % len(GIVEN)]} {FAMILY[place // len(GIVEN)]}{second}"


def propositions() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield id, question, text, role and phase: as many as there were, whatever the size."""
    number = 0
    for group in GROUPS:
        for question, role, phase, text in PROPOSITIONS:
            number += 1
            yield f"q{number}", question, text.format(group), role, phase
    for question, role, phase, text in OTHER_PROPOSITIONS:
        number += 1
        yield f"q{number}", question, text, role, phase


def proposition_relations() -> Iterator[tuple[object, ...]]:
    """Yield what one proposition says about another."""
    step = len(PROPOSITIONS)
    for group in range(len(GROUPS)):
        names = [f"q{group * step + place + 1}" for place in range(step)]
        yield names[0], "entails", names[7], "Who mends the wall is at it."
        yield names[3], "does_not_entail", names[0], "To be sent is not to mend."
        yield names[5], "weaker_than", names[7], "On the way is not there."
        yield names[4], "does_not_entail", names[7], "Garrow is larger than its wall."
        yield names[11], "motive_for", names[3], "Pay is a motive and shows nothing."
    yield "q63", "contradicts", "q64", "Both cannot be so."
