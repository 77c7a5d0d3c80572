"""The network in NumPy, as MLServer serves it: faster than its scikit-learn runtime."""
import os
import pathlib

import numpy as np
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceResponse

SIZES = (140, 128, 64, 2)


class NumpyMlp(MLModel):
    async def load(self):
        folder = pathlib.Path(os.environ["MLP_WEIGHTS"])
        self.layers = [
            (np.fromfile(folder / f"w{i}.f32", "<f4").reshape(inputs, outputs), np.fromfile(folder / f"b{i}.f32", "<f4"))
            for i, (inputs, outputs) in enumerate(zip(SIZES, SIZES[1:]))]
        return True

    async def predict(self, payload):
        values = self.decode(payload.inputs[0], default_codec=NumpyCodec)
        for i, (weights, bias) in enumerate(self.layers):
            values = values @ weights + bias
            if i < len(self.layers) - 1:
                values = np.maximum(values, 0)
        exponents = np.exp(values - values.max(axis=1, keepdims=True))
        probabilities = exponents / exponents.sum(axis=1, keepdims=True)
        return InferenceResponse(
            model_name=self.name, model_version="1", outputs=[NumpyCodec.encode_output("probabilities", probabilities)])
