"""Draw an analysis frame as a figure block: SVG, alt text, marks that lead to claim cards."""

from claimbrief.charts.figures import figures_claimed
from claimbrief.charts.lineage import lineage
from claimbrief.charts.paths import stance_paths
from claimbrief.charts.positions_by_day import positions_by_day
from claimbrief.charts.publicity import publicity_by_day
from claimbrief.charts.timeline import claim_timeline

__all__ = [
    "claim_timeline", "figures_claimed", "lineage", "positions_by_day", "publicity_by_day",
    "stance_paths",
]  # fmt: skip
