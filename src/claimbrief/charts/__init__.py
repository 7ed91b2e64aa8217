"""An analysis frame to a figure block: SVG, alt text, marks that lead to claim cards."""

from claimbrief.charts.deflation import chart_deflation
from claimbrief.charts.figures import chart_figures_claimed
from claimbrief.charts.paths import chart_stance_paths
from claimbrief.charts.provenance import chart_lineage
from claimbrief.charts.publicity import chart_publicity_by_day
from claimbrief.charts.timeline import chart_claim_timeline

__all__ = [
    "chart_claim_timeline",
    "chart_deflation",
    "chart_figures_claimed",
    "chart_lineage",
    "chart_publicity_by_day",
    "chart_stance_paths",
]
