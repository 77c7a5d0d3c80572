"""Gradient-boosted trees on a data set's version: `peer.py FOLDER`, the folder being that of the local S3.

Prints {"auc": ..., "logLoss": ...} of the validation split.
"""
import json
import pathlib
import sys

import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import log_loss, roc_auc_score


def only(paths, what):
    found = sorted(paths)
    if not found:
        sys.exit(f"{sys.argv[1]} holds no {what}")
    return found[-1]


def split(manifest, name, objects):
    frame = pd.read_parquet(objects / manifest[name]["digest"])
    roles = {c["name"]: c.get("role", "feature") for c in manifest["columns"]}
    label = next(c for c, role in roles.items() if role == "label")
    features = frame[[c for c, role in roles.items() if role == "feature"]].copy()
    for column in features.select_dtypes(include=["object", "string"]).columns:
        features[column] = features[column].astype("category")
    return features, frame[label].astype(int)


record = only(pathlib.Path(sys.argv[1]).rglob("datasets/flights/versions/*.json"), "version of the data set flights")
objects = record.parents[3] / "objects" / "sha256"
manifest = json.loads((objects / json.loads(record.read_text())["digest"]).read_text())
x_train, y_train = split(manifest, "train", objects)
x_validation, y_validation = split(manifest, "validation", objects)
trees = HistGradientBoostingClassifier(max_iter=200, categorical_features="from_dtype", random_state=1)
probability = trees.fit(x_train, y_train).predict_proba(x_validation)[:, 1]
print(json.dumps({"auc": roc_auc_score(y_validation, probability), "logLoss": log_loss(y_validation, probability)}))
