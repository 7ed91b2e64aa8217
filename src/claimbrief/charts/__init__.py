"""Draw an analysis frame as a figure block: SVG, alt text, marks that lead to claim cards."""

from claimbrief.charts.deflation import deflation
from claimbrief.charts.figures import figures_claimed
from claimbrief.charts.lineage import lineage
from claimbrief.charts.paths import stance_paths
from claimbrief.charts.publicity import publicity_by_day
from claimbrief.charts.timeline import claim_timeline

__all__ = [
    "claim_timeline",
    "deflation",
    "figures_claimed",
    "lineage",
    "publicity_by_day",
    "stance_paths",
]
