"""An analysis frame to a figure block: SVG, alt text, marks that lead to claim cards."""

from claimbrief.charts.deflation import chart_deflation
from claimbrief.charts.timeline import chart_claim_timeline

__all__ = ["chart_claim_timeline", "chart_deflation"]
