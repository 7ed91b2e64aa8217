"""Steps in words: those of the deflation, with why each count is lower, and those of a path."""

STEPS = {
    "claim_rows": (
        "Claims in the record",
        "One stance on one proposition, as one source gives it.",
    ),
    "own_renderings": (
        "Claims quoted or reported as a speaker’s",
        "Left out: glosses, summaries, an outlet’s own sentences, what is reported as not said.",
    ),
    "utterances": (
        "Utterances",
        "One carries several claims; what may have been several is counted once.",
    ),
    "speakers": ("Speakers", "Some are heard more than once; some speak together."),
    "asserting_speakers": (
        "Speakers who say that it is so, or likely",
        "Of something above step 0 of the ladder.",
    ),
    "asserting_sides": (
        "Sides that they speak for",
        "A side is the topmost body that a speaker belongs to.",
    ),
    "speakers_with_own_source": (
        "Speakers who name evidence of their side’s own",
        "The others name none, or reports by others, or reasoning.",
    ),
    "independent_origins": (
        "Independent origins behind these",
        "A range where the record does not tell what a speaker rested on.",
    ),
    "items_made_public": (
        "Items of evidence that this record shows as public",
        "To be named is not to be shown.",
    ),
}

# Where a side stands on a day, by the statement of that day that commits most.
POSITIONS = {
    "says_so": "says so",
    "says_likely": "says likely",
    "leaves_open": "leaves it open",
    "denies": "denies or dismisses",
}

# Where the people of a figure are, as the claim's content has it.
PLACES = {
    "sent": "sent or present",
    "moving": "on the way to the front",
    "in_zone": "in the war zone",
    "to_come": "foretold or in preparation",
    "denied": "a figure denied",
}
