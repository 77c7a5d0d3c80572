"""What mlcroissant makes of a description: `croissant.py croissant.json [FILE-ID=PATH ...]`.

Prints {"issues": "...", "records": {"train": [rows, first row], ...}}; ends with 1 and the errors when it is none.
"""
import json
import sys

import mlcroissant


def plain(value):
    if isinstance(value, bytes):
        return value.decode()
    return value.item() if hasattr(value, "item") else value


description, *files = sys.argv[1:]
dataset = mlcroissant.Dataset(description, mapping=dict(file.split("=", 1) for file in files))
records = {}
for record_set in dataset.metadata.record_sets:
    rows = list(dataset.records(record_set.id))
    records[record_set.id] = [len(rows), {field: plain(value) for field, value in rows[0].items()}]
print(json.dumps({"issues": dataset.metadata.ctx.issues.report(), "records": records}, default=str))
