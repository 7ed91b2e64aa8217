"""The claims in view as files beside the page: a flat table, and a graph of linked data."""

from claimbrief.downloads.claims_csv import file_of_claims
from claimbrief.downloads.claims_jsonld import graph_of_claims
from claimbrief.downloads.claims_parquet import parquet_of_claims

__all__ = ["file_of_claims", "graph_of_claims", "parquet_of_claims"]
