"""The same LSTM in PyTorch: `torch_lstm_peer.py FOLDER EPOCHS CHANNELS STEPS`.

FOLDER holds what `SequenceSpeed ... export` wrote. A bare eager loop over batches that are ready in memory, in a shuffled order.
Prints one line of JSON.
"""
import json
import sys
import time

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

BATCH = 64
folder, epochs, channels, steps = sys.argv[1], *map(int, sys.argv[2:])


def split(name):
    # channel after channel there, step after step here
    inputs = np.fromfile(f"{folder}/{name}.inputs", "<f4").reshape(-1, channels, steps)
    return torch.from_numpy(inputs).transpose(1, 2).contiguous(), np.fromfile(f"{folder}/{name}.labels", "i1")


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = torch.nn.LSTM(channels, 128, batch_first=True)
        self.output = torch.nn.Linear(128, 1)

    def forward(self, x):
        return self.output(self.lstm(x)[0][:, -1])


torch.manual_seed(1)
inputs, labels = split("train")
targets = torch.from_numpy(labels.astype("f4"))[:, None]
network = Network()
optimiser = torch.optim.Adam(network.parameters(), 1e-3)
loss = torch.nn.BCEWithLogitsLoss()
ready = [(inputs[i:i + BATCH].clone(), targets[i:i + BATCH].clone()) for i in range(0, len(inputs), BATCH)]
rates = []
for _ in range(epochs):
    started = time.monotonic()
    for i in np.random.permutation(len(ready)):
        x, y = ready[i]
        optimiser.zero_grad(set_to_none=True)
        loss(network(x), y).backward()
        optimiser.step()
    rates.append(len(inputs) / (time.monotonic() - started))
inputs, labels = split("validation")
with torch.no_grad():
    answers = torch.sigmoid(network(inputs)).numpy()[:, 0]
print(json.dumps({"samplesPerSecond": rates, "auc": roc_auc_score(labels, answers)}))
