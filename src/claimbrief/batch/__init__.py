"""Many editions of the brief at once: in processes here, or on a Dask cluster."""
