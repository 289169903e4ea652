"""ONNX's own node tests as lines of JSON: a model with its inputs and outputs, made by the package
onnx, so that no copy of them is kept here.

    python test/interop/node-cases.py | node test/interop/node-cases.ts
"""

import base64
import json
import warnings

import numpy as np
from onnx.backend.test.case.node import collect_testcases

warnings.filterwarnings("ignore")


def tensor(value):
    """None for what is no tensor of numbers."""
    if value is None or isinstance(value, (list, tuple)):
        return None
    array = np.asarray(value)
    if array.dtype.kind in "OUSV" and array.dtype.itemsize > 2:
        return None
    try:
        numbers = [repr(float(v)) for v in array.astype(np.float64).ravel()]
    except (TypeError, ValueError):
        return None
    return {"shape": list(array.shape), "kind": str(array.dtype), "data": numbers}


for case in collect_testcases(None):
    inputs, outputs = case.data_sets[0]
    print(
        json.dumps(
            {
                "name": case.name,
                "operators": sorted({node.op_type for node in case.model.graph.node}),
                "model": base64.b64encode(case.model.SerializeToString()).decode(),
                "names": [value.name for value in case.model.graph.input],
                "inputs": [tensor(value) for value in inputs],
                "outputs": [tensor(value) for value in outputs],
                "relative": case.rtol,
                "absolute": case.atol,
            }
        )
    )
