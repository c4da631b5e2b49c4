"""Tables of any data frame library, cleaned: whatever speaks Arrow's C stream, with no import of its library.

pandas, Polars, DuckDB and pyarrow go through `clean_any`; Hugging Face `datasets` and Ray Data map `clean_table`:

    ds.with_format("arrow").map(clean_table, batched=True, remove_columns=ds.column_names)     # datasets
    ds.map_batches(clean_table, batch_format="pyarrow", batch_size=512)                        # Ray Data
"""

from typing import Any

from cleanse.columns import arrow
from cleanse.engines.batches import Pack, clean_batches, default_pack, output_schema
from cleanse.errors import UsageError


def clean_any(data: Any, pack: Pack | None = None) -> Any:
    """A pyarrow Table of cleaned rows, one for each row of `data` and in their order.

    Raises UsageError for what does not speak Arrow, or has no text column. A DuckDB connection holds one result at a
    time: pass a relation of `connection.cursor()`.
    """
    pa = arrow()
    if not hasattr(data, "__arrow_c_stream__") and hasattr(data, "collect"):
        data = data.collect()  # a lazy frame
    if not hasattr(data, "__arrow_c_stream__"):
        raise UsageError(f"{type(data).__name__} does not speak Arrow; pass a frame, a table or a reader")
    reader = pa.RecordBatchReader.from_stream(data)
    pack = pack or default_pack()
    return pa.Table.from_batches(clean_batches(reader, pack), output_schema(reader.schema, pack))


def clean_table(table: Any, pack: Pack | None = None) -> Any:
    """The same for one pyarrow Table, as engines that map over tables hand it over."""
    pack = pack or default_pack()
    return arrow().Table.from_batches(clean_batches(table.to_batches(), pack), output_schema(table.schema, pack))
