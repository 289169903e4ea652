"""Modules of StableHLO on standard input, run by XLA through jax; their outputs on standard output.

A line each way is JSON: {"mlir", "inputs": [[shape, numbers]], "dtype"} and {"outputs"} or
{"error"}. Numbers that JSON does not have are text.
"""

import json
import os
import sys

os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0")

import jax
import numpy as np

jax.config.update("jax_enable_x64", True)

from jax._src.interpreters import mlir
from jax._src.lib import xla_client
from jaxlib.mlir import ir

device = jax.devices()[:1]
client = device[0].client
context = mlir.make_ir_context()


def numbers(values, shape, dtype):
    return np.array([float(value) for value in values], dtype).reshape(shape)


def run(case):
    with context:
        module = ir.Module.parse(case["mlir"])
    program = client.compile_and_load(
        module,
        executable_devices=xla_client.DeviceList(tuple(device)),
        compile_options=xla_client.CompileOptions(),
    )
    inputs = [
        jax.device_put(numbers(values, shape, case["dtype"])) for shape, values in case["inputs"]
    ]
    outputs = program.execute_sharded(inputs).disassemble_into_single_device_arrays()
    return [[str(value) for value in np.asarray(output[0]).ravel()] for output in outputs]


for line in sys.stdin:
    try:
        answer = {"outputs": run(json.loads(line))}
    except Exception as error:  # every failure is the answer of its case
        answer = {"error": str(error)[:2000]}
    print(json.dumps(answer), flush=True)
