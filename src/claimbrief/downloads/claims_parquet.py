"""The claims in view as one Parquet table, for a record that no spreadsheet opens.

One row is a claim, in the order of the ledger, with the columns of claims.csv. Cells are as they
are in the tables: none has an apostrophe before it. Whole numbers are numbers, missing where there
are none; days are text (YYYY-MM-DD) and "" where there is none, as all other text.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from claimbrief.blocks import Download, download, text
from claimbrief.downloads.claims_csv import table_of_claims
from claimbrief.view import View
from claimbrief.wording import capitalised, counted

FEWEST_CLAIMS = 100_000  # a spreadsheet opens what is smaller
NUMBERS = ("figure_low", "figure_high", "span_start", "span_end")
MEDIA_TYPE = "application/vnd.apache.parquet"


def parquet_of_claims(view: View) -> Download | None:
    """Return claims.parquet: one row a claim in view; nothing for fewer than FEWEST_CLAIMS."""
    if len(view.record.claims) < FEWEST_CLAIMS:
        return None
    table = table_of_claims(view)
    told = text(
        f"{capitalised(counted(len(table), 'claim'))}, one row each, as in claims.csv, for "
        "programs: column by column and compressed."
    )
    content = parquet_file(table)
    return download("file-claims-parquet", "claims.parquet", MEDIA_TYPE, content, told, len(table))


def parquet_file(table: pd.DataFrame) -> bytes:
    """Return the bytes of a table of text; the columns of NUMBERS as whole numbers."""
    import fastparquet

    numbers = {
        name: pd.to_numeric(table[name].where(table[name] != "")).astype("Int64")
        for name in NUMBERS
        if name in table
    }
    with TemporaryDirectory(prefix="claimbrief-") as folder:
        path = Path(folder) / "claims.parquet"
        fastparquet.write(
            str(path),
            table.assign(**numbers),
            compression="ZSTD",
            write_index=False,
            object_encoding="utf8",
            stats=False,
        )
        return path.read_bytes()
