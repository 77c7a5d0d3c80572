"""Writes a network for each group of Keras' layers that is read, and what it answers (pip install keras jax h5py)."""

import json
import os

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np
from keras import layers as l

here = os.path.dirname(os.path.abspath(__file__))
path = lambda name: os.path.join(here, name)
keras.utils.set_random_seed(7)
random = np.random.default_rng(7)

networks = {
    "tabular": [
        keras.Input((5,)),
        l.Dense(7, use_bias=False),
        l.BatchNormalization(epsilon=0.01),
        l.Activation("relu"),
        l.Dropout(0.1),
        l.Dense(4),
        l.LeakyReLU(),
        l.Dense(3),
        l.ReLU(),
        l.Dropout(0.2),
        l.BatchNormalization(),
        l.Dense(4),
        l.ELU(0.7),
        l.Dense(3),
        l.Activation("softmax"),
    ],
    "activations": [keras.Input((4,))]
    + [l.Dense(4, activation=a) for a in ["softplus", "softsign", "silu", "leaky_relu", "elu", "selu", "tanh"]]
    + [l.Flatten(), l.Dense(1, activation="sigmoid")],
    "convolutions": [
        keras.Input((12, 3)),
        l.Conv1D(4, 3, padding="same", activation="relu"),
        l.BatchNormalization(),
        l.MaxPooling1D(2),
        l.Conv1D(5, 2, dilation_rate=2, activation="tanh"),
        l.Conv1D(5, 2, padding="causal", use_bias=False),
        l.AveragePooling1D(2),
        l.Flatten(),
        l.BatchNormalization(),
        l.Dropout(0.1),
        l.Dense(2, activation="softmax"),
    ],
    "strides": [
        keras.Input((6,)),
        l.Reshape((6, 1)),
        l.Dropout(0.1),
        l.Conv1D(4, 3, strides=2, padding="same"),
        l.Activation("relu"),
        l.GlobalAveragePooling1D(),
        l.Dense(1),
    ],
    "lstm": [
        keras.Input((6, 2)),
        l.LSTM(5, return_sequences=True),
        l.Dropout(0.2),
        l.LSTM(4),
        l.Dropout(0.2),
        l.Dense(1, activation="sigmoid"),
    ],
    "both-ways": [
        keras.Input((6, 2)),
        l.Bidirectional(l.LSTM(3, return_sequences=True)),
        l.TimeDistributed(l.Dense(4, activation="tanh")),
        l.Bidirectional(l.SimpleRNN(3), merge_mode="sum"),
        l.Dense(2),
    ],
    "last-of-both-ways": [
        keras.Input((6, 2)),
        l.Bidirectional(l.LSTM(3)),
        l.Dense(1, activation="sigmoid"),
    ],
    "steps": [
        keras.Input((6, 2)),
        l.SimpleRNN(4, return_sequences=True),
        l.Dense(3, activation="relu"),
        l.GlobalMaxPooling1D(),
        l.Dense(1),
    ],
}
answers = {}
for name, layers in networks.items():
    network = keras.Sequential(layers, name=name.replace("-", "_"))
    # as if it had been trained: no bias is 0, and no moving mean
    network.set_weights(
        [
            (np.abs(random.normal(1, 0.3, w.shape)) if "variance" in v.path else random.normal(0, 0.6, w.shape)).astype(
                "float32"
            )
            for v, w in zip(network.weights, network.get_weights())
        ]
    )
    network.save(path(name + ".keras"))
    network.save(path(name + ".h5"))
    inputs = random.normal(0, 1, (4,) + network.input_shape[1:]).astype("float32")
    # a row has one channel after the other, as of spec.network.sequence
    answers[name] = {
        "inputs": (inputs.transpose(0, 2, 1) if inputs.ndim == 3 else inputs).reshape(4, -1).tolist(),
        "outputs": network.predict(inputs, verbose=0).tolist(),
    }
json.dump(answers, open(path("layers.json"), "w"))

refused = {
    "gru": [keras.Input((6, 2)), l.GRU(3), l.Dense(1)],
    "embedding": [keras.Input((6,)), l.Embedding(9, 2), l.Flatten(), l.Dense(1)],
    "backwards": [keras.Input((6, 2)), l.LSTM(3, go_backwards=True), l.Dense(1)],
    "reshaped": [keras.Input((12,)), l.Reshape((6, 2)), l.LSTM(3), l.Dense(1)],
    "no-sequence": [keras.Input((6, 2)), l.LSTM(3), l.Reshape((3,)), l.Dense(2), l.Softmax(), l.Dense(1)],
}
for name, layers in refused.items():
    keras.Sequential(layers).save(path(name + ".keras"))
