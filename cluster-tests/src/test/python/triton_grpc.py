"""Asks a model through Triton's client of gRPC, which sends raw contents; prints one JSON document.

usage: triton_grpc.py URL MODEL ROWS    (ROWS: JSON, column to list of values)
"""
import json
import sys

import numpy
import tritonclient.grpc as triton
from tritonclient.utils import InferenceServerException, triton_to_np_dtype


def plain(values):
    return [value.decode() if isinstance(value, bytes) else value for value in values.tolist()]


def code_of(ask):
    try:
        return f"answered {ask()}"
    except InferenceServerException as error:
        return error.status()


url, model, rows = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
client = triton.InferenceServerClient(url.removeprefix("http://"))
metadata = client.get_model_metadata(model)
inputs = []
for tensor in metadata.inputs:
    if tensor.name not in rows:
        continue
    values = numpy.array(rows[tensor.name], dtype=triton_to_np_dtype(tensor.datatype))
    given = triton.InferInput(tensor.name, list(values.shape), tensor.datatype)
    given.set_data_from_numpy(values)
    inputs.append(given)
result = client.infer(model, inputs, request_id="7")
print(json.dumps({
    "live": client.is_server_live(),
    "ready": client.is_server_ready(),
    "model_ready": client.is_model_ready(model),
    "server": client.get_server_metadata().name,
    "versions": list(metadata.versions),
    "id": result.get_response().id,
    "unknown_model": code_of(lambda: client.infer("no-such-model", inputs)),
    "no_columns": code_of(lambda: client.infer(model, inputs[:1])),
    "answers": {output.name: plain(result.as_numpy(output.name)) for output in metadata.outputs},
}))
