"""The checks of flights.json with polars, as its users write them: `polars_peer.py ROUNDS FILE...`.

Prints {"seconds": [one a round], "values": [...]}; a round reads the files, lazily, and checks.
"""
import json
import sys
import time

import polars as pl


def check(files):
    return pl.concat([pl.scan_parquet(file) for file in files]).select(
        rows=pl.len(),
        nulls=100.0 * pl.col("dep_delay").null_count() / pl.len(),
        duplicates=pl.col("tailnum").count() - pl.col("tailnum").drop_nulls().n_unique(),
        hours=(~pl.col("hour").is_between(0, 23)).sum(),
        origins=(~pl.col("origin").is_in(["EWR", "JFK", "LGA"])).sum(),
        mean=pl.col("arr_delay").mean(),
        stddev=pl.col("arr_delay").std(),
        max=pl.col("distance").max(),
    ).collect()


rounds, files = int(sys.argv[1]), sys.argv[2:]
seconds, values = [], []
for _ in range(rounds):
    started = time.monotonic()
    values = list(check(files).row(0))
    seconds.append(time.monotonic() - started)
print(json.dumps({"seconds": seconds, "values": values}))
