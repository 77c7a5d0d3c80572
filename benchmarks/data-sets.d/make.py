"""Writes orders as Parquet: `make.py ROWS FOLDER`. The same rows, and the same bytes, on every machine."""
import pathlib
import sys

import duckdb

rows, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
database = duckdb.connect()
database.execute("SET threads = 1")
FILES = 4
for part in range(FILES):
    first, after = rows * part // FILES, rows * (part + 1) // FILES
    # md5 is the same for ever; arithmetic alone would compress to half of what real rows do
    database.execute(f"""
        COPY (
          SELECT i AS id,
                 CAST(h % 200000 AS INTEGER) AS customer,
                 ['AT', 'BE', 'CZ', 'DE', 'DK', 'ES', 'FI', 'FR', 'IE', 'IT'][1 + h % 10] AS country,
                 (h % 99991) / 100 AS price,
                 CAST(1 + h // 7 % 20 AS INTEGER) AS quantity,
                 CASE WHEN h % 97 = 0 THEN NULL ELSE (h // 11 % 50) / 100 END AS discount,
                 TIMESTAMP '2024-01-01' + to_seconds(h % 31536000) AS created,
                 'category ' || (h // 13 % 400) AS category,
                 CAST(h // 17 % 5 AS INTEGER) AS rating,
                 h // 19 % 4 = 0 AS returned
          FROM (SELECT i, CAST(md5_number_lower(CAST(i AS VARCHAR)) % 4294967296 AS BIGINT) AS h FROM range({first}, {after}) t(i))
        ) TO '{folder / f"part-{part}.parquet"}' (FORMAT parquet, COMPRESSION zstd)""")
