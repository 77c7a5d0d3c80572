"""The same network in PyTorch: `torch_peer.py FOLDER EPOCHS WIDTH batches|loader`.

FOLDER holds what `TrainingSpeed ... export` wrote. `batches` is the bare eager loop over batches that are ready in memory, in
a shuffled order; `loader` is what tutorials write, a DataLoader that shuffles rows. Prints one line of JSON.
"""
import json
import sys
import time

import numpy as np
import torch
from sklearn.metrics import log_loss, roc_auc_score

BATCH = 256
folder, epochs, width, how = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]


def split(name):
    inputs = torch.from_numpy(np.fromfile(f"{folder}/{name}.inputs", "<f4").reshape(-1, width))
    return inputs, np.fromfile(f"{folder}/{name}.labels", "i1")


torch.manual_seed(1)
inputs, labels = split("train")
targets = torch.from_numpy(labels.astype("f4"))[:, None]
network = torch.nn.Sequential(
    torch.nn.Linear(width, 128), torch.nn.ReLU(), torch.nn.Linear(128, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1))
optimiser = torch.optim.Adam(network.parameters(), 1e-3)
loss = torch.nn.BCEWithLogitsLoss()


def step(x, y):
    optimiser.zero_grad(set_to_none=True)
    loss(network(x), y).backward()
    optimiser.step()


if how == "loader":
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(inputs, targets), batch_size=BATCH, shuffle=True)
    batches = lambda: loader
else:
    ready = [(inputs[i:i + BATCH].clone(), targets[i:i + BATCH].clone()) for i in range(0, len(inputs), BATCH)]
    batches = lambda: (ready[i] for i in np.random.permutation(len(ready)))

rates = []
for _ in range(epochs):
    started = time.monotonic()
    for x, y in batches():
        step(x, y)
    rates.append(len(inputs) / (time.monotonic() - started))
inputs, labels = split("validation")
with torch.no_grad():
    answers = torch.sigmoid(network(inputs)).numpy()[:, 0].astype("f8")
print(json.dumps({"samplesPerSecond": rates, "auc": roc_auc_score(labels, answers),
                  "logLoss": log_loss(labels, answers.clip(1e-7, 1 - 1e-7))}))
