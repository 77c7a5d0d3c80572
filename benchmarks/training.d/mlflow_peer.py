"""From a data set's version to a registered model, as a script does it: `mlflow_peer.py MANIFEST OBJECTS EPOCHS FOLDER`.

Reads the version's Parquet files, encodes them, trains a network in PyTorch, evaluates it after every epoch, and records
parameters, metrics and the model with MLflow, whose database and artefacts lie in FOLDER. `prepare` in the place of EPOCHS
makes the database. Prints one line of JSON.
"""
import json
import pathlib
import sys

import mlflow
import numpy as np
import pandas as pd
import torch
from sklearn.metrics import accuracy_score, brier_score_loss, log_loss, roc_auc_score

BATCH = 256
MODEL = "late-arrival"
manifest, objects, folder = json.loads(pathlib.Path(sys.argv[1]).read_text()), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[4])
folder.mkdir(parents=True, exist_ok=True)
mlflow.set_tracking_uri(f"sqlite:///{folder / 'mlflow.db'}")
if mlflow.get_experiment_by_name(MODEL) is None:
    mlflow.create_experiment(MODEL, artifact_location=(folder / "artefacts").as_uri())
mlflow.set_experiment(MODEL)
if sys.argv[3] == "prepare":
    sys.exit(0)
epochs = int(sys.argv[3])

roles = {c["name"]: c.get("role", "feature") for c in manifest["columns"]}
label = next(c for c, role in roles.items() if role == "label")
columns = [c for c, role in roles.items() if role == "feature"]
train, validation = (pd.read_parquet(objects / manifest[name]["digest"]) for name in ("train", "validation"))
texts = train[columns].select_dtypes(include=["object", "string"]).columns
numbers = [c for c in columns if c not in texts]
means, deviations = train[numbers].mean(), train[numbers].std().replace(0, 1)
holes = [c for c in numbers if train[c].isna().any()]
values = {c: sorted(train[c].dropna().unique()) for c in texts}


def encoded(frame):
    scaled = ((frame[numbers] - means) / deviations).fillna(0)
    missing = frame[holes].isna().add_prefix("missing ")
    # a value that the training split does not have is all zeros
    one_hot = pd.get_dummies(frame[texts].apply(lambda c: pd.Categorical(c, categories=values[c.name])))
    inputs = np.hstack([part.to_numpy("f4") for part in (scaled, missing, one_hot)])
    return torch.from_numpy(inputs), frame[label].to_numpy("f4")


torch.manual_seed(1)
inputs, labels = encoded(train)
validation_inputs, validation_labels = encoded(validation)
network = torch.nn.Sequential(
    torch.nn.Linear(inputs.shape[1], 128), torch.nn.ReLU(), torch.nn.Linear(128, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1))
optimiser = torch.optim.Adam(network.parameters(), 1e-3)
loss = torch.nn.BCEWithLogitsLoss()
loader = torch.utils.data.DataLoader(
    torch.utils.data.TensorDataset(inputs, torch.from_numpy(labels)[:, None]), batch_size=BATCH, shuffle=True)


def evaluate():
    with torch.no_grad():
        answers = torch.sigmoid(network(validation_inputs)).numpy()[:, 0].astype("f8").clip(1e-7, 1 - 1e-7)
    return {"logLoss": log_loss(validation_labels, answers), "auc": roc_auc_score(validation_labels, answers),
            "accuracy": accuracy_score(validation_labels, answers > 0.5), "brier": brier_score_loss(validation_labels, answers)}


with mlflow.start_run():
    mlflow.log_params({"epochs": epochs, "batchSize": BATCH, "learningRate": 1e-3, "layers": "128,64", "dataset": sys.argv[1]})
    for epoch in range(epochs):
        for x, y in loader:
            optimiser.zero_grad(set_to_none=True)
            loss(network(x), y).backward()
            optimiser.step()
        metrics = evaluate()
        mlflow.log_metrics(metrics, step=epoch)
    # the packages are named: MLflow would load the model in another process to find them
    model = mlflow.pytorch.log_model(
        network, name="model", registered_model_name=MODEL, pip_requirements=[f"torch=={torch.__version__}"],
        serialization_format="pickle")
print(json.dumps({"metrics": metrics, "version": model.registered_model_version}))
