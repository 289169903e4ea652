#!/usr/bin/env python3
"""Trains with an exported step on XLA: one device, many devices, many hosts; the same module.

    backprove export bookCnn --to stablehlo --batch 32 -o step.mlir
    python train_xla.py step --data batches.safetensors --steps 100 --out trained.safetensors

Reads step.mlir, step.manifest.json and, where it is there, step.safetensors: the numbers to start
from; what is not in it starts at 0. The data file holds the tensors x and t, samples along the
first axis; batches are taken in turn, and each is divided among all devices. Masks of dropout are
drawn from --seed. On several hosts every process runs the same command: under Slurm and Open MPI
jax finds the others by itself (--distributed), elsewhere name them by --coordinator, --processes
and --process.

Needs jax and numpy, nothing else.
"""

import argparse
import dataclasses
import json
import pathlib
import re
import time

import jax
import numpy as np


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("step", help="the path of the module, without .mlir")
    parser.add_argument("--data", required=True, help="safetensors with x and t")
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="of the masks of dropout")
    parser.add_argument("--out", help="safetensors for the trained state")
    parser.add_argument("--report", help="JSON with costs, times and collectives")
    parser.add_argument("--distributed", action="store_true", help="Slurm, Open MPI: found by jax")
    parser.add_argument("--coordinator", help="HOST:PORT of process 0")
    parser.add_argument("--processes", type=int)
    parser.add_argument("--process", type=int)
    return parser.parse_args()


TYPES = {"F64": np.float64, "F32": np.float32, "F16": np.float16}


def read_safetensors(path):
    """The arrays of a file by name, and its texts."""
    raw = pathlib.Path(path).read_bytes()
    length = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] not in TYPES:
            continue
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        array = np.frombuffer(raw[start:end], np.dtype(TYPES[entry["dtype"]]).newbyteorder("<"))
        tensors[name] = array.reshape(entry["shape"])
    return tensors, metadata


def write_safetensors(path, tensors, metadata):
    header, offset = {"__metadata__": metadata} if metadata else {}, 0
    for name, array in tensors.items():
        kind = next(key for key, dtype in TYPES.items() if array.dtype == dtype)
        header[name] = {
            "dtype": kind,
            "shape": list(array.shape),
            "data_offsets": [offset, offset + array.nbytes],
        }
        offset += array.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for array in tensors.values():
            file.write(np.ascontiguousarray(array).tobytes())


def scheduled(entry, step):
    """The number of a schedule at a step from 0: its law, or its list."""
    law = entry.get("schedule")
    if isinstance(law, list):
        if step >= len(law):
            raise SystemExit(f"{entry['name']} has numbers for {len(law)} steps only")
        return law[step]
    if law and law["kind"] == "constant":
        return law["value"]
    if law and law["kind"] == "correction":
        return 1 / (1 - law["decay"] ** (step + 1))
    raise SystemExit(f"{entry['name']} is a schedule without numbers")


def program(base, manifest):
    """The module as a function of arrays, which jax compiles for whatever devices there are."""
    from jax import export
    from jax.extend.mlir.dialects import stablehlo

    def like(entry):
        return jax.ShapeDtypeStruct(entry["shape"], entry["dtype"])

    inputs, outputs = manifest["inputs"], manifest["outputs"]

    def zeros(*_):
        return tuple(jax.numpy.zeros(entry["shape"], entry["dtype"]) for entry in outputs)

    # The calling convention is that of a function of the same signature; its body is the module.
    stub = export.export(jax.jit(zeros, keep_unused=True))(*map(like, inputs))
    text = pathlib.Path(f"{base}.mlir").read_text()
    version = stablehlo.get_current_version()
    module = stablehlo.serialize_portable_artifact_str(text, version)
    return dataclasses.replace(
        stub,
        mlir_module_serialized=module,
        module_kept_var_idx=tuple(range(len(inputs))),
        _get_vjp=None,
    ).call


def collectives(text):
    """How often each collective stands in a compiled program, and the numbers that it reduces."""
    kinds = ["all-reduce", "all-gather", "reduce-scatter", "all-to-all", "collective-permute"]
    found = {kind: len(re.findall(rf"= .*? {kind}(?:-start)?\(", text)) for kind in kinds}
    reduced = 0
    for shapes in re.findall(r"= (.*?) all-reduce(?:-start)?\(", text):
        for sizes in re.findall(r"f(?:32|64)\[([\d,]*)\]", shapes):
            reduced += int(np.prod([int(size) for size in sizes.split(",") if size], initial=1))
    return {**found, "numbers reduced": reduced}


def main():
    options = arguments()
    base = re.sub(r"\.mlir$", "", options.step)
    manifest = json.loads(pathlib.Path(f"{base}.manifest.json").read_text())
    if any(entry["dtype"] == "float64" for entry in manifest["inputs"]):
        jax.config.update("jax_enable_x64", True)
    if options.coordinator:
        jax.distributed.initialize(options.coordinator, options.processes, options.process)
    elif options.distributed:
        jax.distributed.initialize()

    from jax.sharding import Mesh, NamedSharding, PartitionSpec

    mesh = Mesh(np.array(jax.devices()), ("batch",))
    whole = NamedSharding(mesh, PartitionSpec())
    divided = NamedSharding(mesh, PartitionSpec("batch"))
    inputs = manifest["inputs"]
    entries = {entry["name"]: entry for entry in inputs}
    places = {
        name: divided if entry["role"] == "batch" else whole for name, entry in entries.items()
    }
    batch = entries["x"]["shape"][0]
    if batch % len(jax.devices()) != 0:
        raise SystemExit(f"a batch of {batch} does not divide among {len(jax.devices())} devices")

    def placed(name, value):
        entry = entries[name]
        array = np.asarray(value, entry["dtype"]).reshape(entry["shape"])
        return jax.make_array_from_callback(array.shape, places[name], lambda at: array[at])

    start_path = pathlib.Path(f"{base}.safetensors")
    start, metadata = read_safetensors(start_path) if start_path.exists() else ({}, {})
    state = {
        name: placed(name, start.get(name, np.zeros(entry["shape"])))
        for name, entry in entries.items()
        if entry["role"] == "state"
    }
    data, _ = read_safetensors(options.data)
    samples = len(data["x"])
    call = program(base, manifest)
    step = jax.jit(
        call,
        in_shardings=[places[entry["name"]] for entry in inputs],
        out_shardings=tuple(
            divided if entry["role"] == "batch" else whole for entry in manifest["outputs"]
        ),
    )

    def arguments_of(k):
        at = np.arange(k * batch, (k + 1) * batch) % samples
        random = np.random.default_rng([options.seed, k])

        def value(entry):
            name, role = entry["name"], entry["role"]
            if role == "state":
                return state[name]
            if role == "schedule":
                return placed(name, scheduled(entry, k))
            if "keep" in entry:
                kept = random.random(entry["shape"]) < entry["keep"]
                return placed(name, kept / entry["keep"])
            if name not in data:
                raise SystemExit(f"the data lack {name}")
            return placed(name, data[name].reshape(samples, *entry["shape"][1:])[at])

        return [value(entry) for entry in inputs]

    compiled = step.lower(*arguments_of(0)).compile()
    report = {"devices": len(jax.devices()), "processes": jax.process_count(), "costs": []}
    report["collectives"] = collectives(compiled.as_text())
    began = time.time()
    for k in range(options.steps):
        made = dict(zip([entry["name"] for entry in manifest["outputs"]], compiled(*arguments_of(k))))
        state = {name: made[name] for name in state}
        report["costs"].append(float(made["cost"]) / batch)
    report["seconds"] = time.time() - began
    if jax.process_index() != 0:
        return
    print(
        f"{options.steps} steps on {report['devices']} devices of {report['processes']} processes: "
        f"cost {report['costs'][0]:.6g} to {report['costs'][-1]:.6g} in {report['seconds']:.2f} s; "
        f"{report['collectives']}"
    )
    if options.out:
        # The network's own numbers under its own description: backprove loads it as a checkpoint.
        kept = start if start else state
        trained = {name: np.asarray(state.get(name, kept[name])) for name in kept}
        write_safetensors(options.out, trained, metadata)
    if options.report:
        pathlib.Path(options.report).write_text(json.dumps(report))


if __name__ == "__main__":
    main()
