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
    "utterances": ("Utterances", "One utterance carries several claims."),
    "speakers": ("Speakers", "Some are heard more than once; some speak together."),
    "asserting_speakers": (
        "Speakers who assert",
        "They said that something above the lowest step of the ladder is so, or likely.",
    ),
    "speakers_with_own_source": (
        "Speakers who name evidence of their side’s own",
        "The others name none, or reports by others, or reasoning.",
    ),
    "independent_origins": (
        "Independent origins behind the assertions",
        "A range where the record does not tell what a speaker rested on.",
    ),
    "items_made_public": (
        "Items of evidence that the public could see",
        "Named is not shown.",
    ),
}
