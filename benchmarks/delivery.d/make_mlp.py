"""Writes the weights of a network 140-128-64-2, and requests of 1 and of 32 rows: make_mlp.py FOLDER.

A row is as flights are when they are encoded: 12 numbers, and three categories as 128 zeros and ones.
"""
import json
import pathlib
import sys

import numpy as np

SIZES = (140, 128, 64, 2)
NUMBERS, CATEGORIES = 12, (16, 3, 109)
REQUESTS = 200


def rows(random, count):
    encoded = np.zeros((count, SIZES[0]), np.float32)
    encoded[:, :NUMBERS] = random.normal(size=(count, NUMBERS)).round(4)
    first = NUMBERS
    for size in CATEGORIES:
        encoded[np.arange(count), first + random.integers(size, size=count)] = 1
        first += size
    return encoded


def body(encoded):
    data = [float(f"{value:.4g}") for value in encoded.ravel()]
    return json.dumps({"inputs": [{"name": "features", "shape": list(encoded.shape), "datatype": "FP32", "data": data}]})


def main(folder):
    random = np.random.default_rng(7)
    for i, (inputs, outputs) in enumerate(zip(SIZES, SIZES[1:])):
        random.normal(scale=(2 / inputs) ** 0.5, size=(inputs, outputs)).astype("<f4").tofile(folder / f"w{i}.f32")
        random.normal(scale=0.1, size=outputs).astype("<f4").tofile(folder / f"b{i}.f32")
    for count in (1, 32):
        (folder / f"bodies-{count}.txt").write_text("\n".join(body(rows(random, count)) for _ in range(REQUESTS)) + "\n")


main(pathlib.Path(sys.argv[1]))
