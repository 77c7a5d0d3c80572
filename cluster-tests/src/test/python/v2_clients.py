"""Asks a model through two clients that are not ours, and prints what each got, as one JSON document.

usage: v2_clients.py URL MODEL ROWS    (ROWS: JSON, column to list of values)
"""
import asyncio
import json
import os
import subprocess
import sys

import numpy
import tritonclient.http as triton
from kserve import InferenceGRPCClient, InferenceRESTClient, InferInput, InferRequest, RESTConfig

NUMPY = {"BOOL": bool, "INT32": numpy.int32, "INT64": numpy.int64, "FP32": numpy.float32, "FP64": numpy.float64,
         "BYTES": object}


def by_triton(url, model, rows):
    client = triton.InferenceServerClient(url.removeprefix("http://"))
    metadata = client.get_model_metadata(model)
    answers = {}
    for binary in (True, False):
        inputs = []
        for tensor in metadata["inputs"]:
            if tensor["name"] not in rows:
                continue
            values = numpy.array(rows[tensor["name"]], dtype=NUMPY[tensor["datatype"]])
            given = triton.InferInput(tensor["name"], list(values.shape), tensor["datatype"])
            given.set_data_from_numpy(values, binary_data=binary)
            inputs.append(given)
        outputs = [triton.InferRequestedOutput(t["name"], binary_data=binary) for t in metadata["outputs"]]
        result = client.infer(model, inputs, outputs=outputs, request_id="7")
        answers["binary" if binary else "json"] = {
            t["name"]: result.as_numpy(t["name"]).tolist() for t in metadata["outputs"]}
    return {
        "live": client.is_server_live(),
        "ready": client.is_server_ready(),
        "model_ready": client.is_model_ready(model),
        "unknown_model_ready": client.is_model_ready("no-such-model"),
        "server": client.get_server_metadata()["name"],
        "versions": metadata["versions"],
        "id": result.get_response()["id"],
        "answers": answers,
    }


def kserve_request(model, rows, metadata):
    inputs = []
    for tensor in metadata["inputs"]:
        if tensor["name"] in rows:
            values = rows[tensor["name"]]
            inputs.append(InferInput(tensor["name"], [len(values)], tensor["datatype"], data=values))
    return InferRequest(model_name=model, infer_inputs=inputs)


async def by_kserve(url, model, rows, metadata):
    client = InferenceRESTClient(RESTConfig(protocol="v2", timeout=30))
    response = await client.infer(url, kserve_request(model, rows, metadata), model_name=model)
    return {
        "live": await client.is_server_live(url),
        "ready": await client.is_server_ready(url),
        "model_ready": await client.is_model_ready(url, model),
        "answers": {output.name: output.as_numpy().tolist() for output in response.outputs},
    }


async def by_kserve_grpc(url, model, rows, metadata):
    client = InferenceGRPCClient(url.removeprefix("http://"))
    response = await client.infer(kserve_request(model, rows, metadata))
    return {
        "live": await client.is_server_live(),
        "ready": await client.is_server_ready(),
        "model_ready": await client.is_model_ready(model),
        "answers": {output.name: output.as_numpy().tolist() for output in response.outputs},
    }


def by_triton_grpc(*arguments):
    """In a process of its own: in one process two clients cannot both have the protocol's messages."""
    script = os.path.join(os.path.dirname(__file__), "triton_grpc.py")
    done = subprocess.run([sys.executable, script, *arguments], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def main():
    url, model, rows = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    metadata = triton.InferenceServerClient(url.removeprefix("http://")).get_model_metadata(model)
    print(json.dumps({
        "triton": by_triton(url, model, rows),
        "kserve": asyncio.run(by_kserve(url, model, rows, metadata)),
        "triton_grpc": by_triton_grpc(*sys.argv[1:]),
        "kserve_grpc": asyncio.run(by_kserve_grpc(url, model, rows, metadata)),
    }))


main()
