"""Writes the networks beside it with Keras 3 (pip install keras jax h5py), and what they answer."""

import csv
import json
import os
import zipfile

os.environ["KERAS_BACKEND"] = "jax"
import h5py
import keras
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
path = lambda name: os.path.join(here, name)
keras.utils.set_random_seed(5)

rows = list(csv.DictReader(open(path("../../../../../examples/iris/data/iris.csv"))))
names = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
kinds = sorted({row["species"] for row in rows})
x = np.array([[float(row[name]) for name in names] for row in rows])
y = np.array([kinds.index(row["species"]) for row in rows])
validates = np.array([int(row["id"]) % 3 == 0 for row in rows])
x = ((x - x[~validates].mean(axis=0)) / x[~validates].std(axis=0)).astype("float32")

dense = keras.layers.Dense
irises = keras.Sequential(
    [
        keras.Input((4,)),
        dense(8, activation="relu"),
        keras.layers.Dropout(0.1),
        dense(6, activation="tanh"),
        dense(3, activation="softmax"),
    ],
    name="irises",
)
irises.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy", metrics=["accuracy"])
irises.fit(x[~validates], y[~validates], batch_size=16, epochs=40, verbose=0)
irises.save(path("irises.keras"))
irises.save(path("irises.h5"))
loss, accuracy = irises.evaluate(x[validates], y[validates], verbose=0)
probes = np.array([[-1, 0, 1, 0.5], [2, -1, 0.25, 0], [0, 0, 0, 0]], dtype="float32")
answers = {
    "logLoss": float(loss),
    "accuracy": float(accuracy),
    "inputs": probes.tolist(),
    "outputs": irises.predict(probes, verbose=0).tolist(),
}
json.dump(answers, open(path("irises.json"), "w"), indent=1)

# as Keras 2 wrote it: other names for the input's shape and the weights
with h5py.File(path("irises.h5")) as new, h5py.File(path("irises-keras2.h5"), "w") as old:
    model = json.loads(new.attrs["model_config"])
    layers = [l for l in model["config"]["layers"] if l["class_name"] != "InputLayer"]
    layers[0]["config"]["batch_input_shape"] = [None, 4]
    model["config"]["layers"] = [{"class_name": l["class_name"], "config": l["config"]} for l in layers]
    old.attrs["model_config"] = json.dumps(model)
    for layer in [l["config"]["name"] for l in layers if l["class_name"] == "Dense"]:
        for part in ["kernel", "bias"]:
            values = new["model_weights"][layer]["irises"][layer][part][:]
            old.create_dataset(f"model_weights/{layer}/{layer}/{part}:0", data=values)

others = {
    "lambda": [dense(8), keras.layers.Lambda(lambda values: values * 2), dense(3, activation="softmax")],
    "normalised": [dense(8), keras.layers.LayerNormalization(), dense(3, activation="softmax")],
    "mish": [dense(8, activation="mish"), dense(3, activation="softmax")],
}
for name, layers in others.items():
    keras.Sequential([keras.Input((4,))] + layers).save(path(name + ".keras"))

# weights of another network, in another file, and far more than the file has room for
with h5py.File(path("irises.h5")) as good:
    for name in ["shape", "link", "bomb"]:
        with h5py.File(path(name + ".h5"), "w") as bad:
            bad.attrs["model_config"] = good.attrs["model_config"]
            good.copy("model_weights", bad)
            group = bad["model_weights/dense/irises/dense"]
            del group["kernel"]
            if name == "shape":
                group.create_dataset("kernel", data=np.zeros((5, 8), "float32"))
            elif name == "link":
                group["kernel"] = h5py.ExternalLink("/etc/other.h5", "/kernel")
            else:
                group.create_dataset("kernel", (4, 8), "float32", compression="gzip")

with zipfile.ZipFile(path("bomb.keras"), "w", zipfile.ZIP_DEFLATED) as bomb:
    bomb.writestr("metadata.json", "{}")
    bomb.writestr("config.json", "{}" + " " * (12 << 20))
    bomb.writestr("model.weights.h5", "")
