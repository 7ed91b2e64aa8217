"""The claims in view as files beside the page: a flat table, and a graph of linked data.

They write the record and no frame of the analysis, so that they take the view itself.
"""

from claimbrief.downloads.claims_csv import download, file_of_claims
from claimbrief.downloads.claims_jsonld import graph_of_claims

__all__ = ["download", "file_of_claims", "graph_of_claims"]
