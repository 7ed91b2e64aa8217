"""The steps of the deflation in words: what is counted, and why there are fewer than before."""

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
