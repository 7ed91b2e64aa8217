"""Steps of the deflation in words, with why each count is lower; and positions in words."""

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
        "Of something that is or was so on one of the questions.",
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
    "limits": "says not so, or not yet, of its own side’s claims",
    "denies": "denies or dismisses",
}
