"""The process of a Python peer: the same requests and replies as serve.ts. No engine is named."""

import base64
import json
import subprocess
import sys
import time

import numpy as np

COMPARE_AFTER = {"w1a": 192, "w1b": 1920, "w2": 192}


def load(node, script):
    """The workloads' data as NumPy arrays; numbers stay numbers."""

    def convert(value):
        if isinstance(value, dict) and set(value) == {"shape", "data"}:
            flat = np.frombuffer(base64.b64decode(value["data"]), np.float32)
            return flat.reshape(value["shape"]).copy()
        if isinstance(value, dict):
            return {key: convert(item) for key, item in value.items()}
        return value

    return convert(json.loads(subprocess.check_output([node, script])))


def batches(net, size):
    images, labels = net["images"], net["labels"]
    starts = range(0, len(images), size)
    return [(images[i : i + size], labels[i : i + size]) for i in starts]


def serve(workloads):
    """workloads: name -> () -> (run, cost or None, samples per run)."""
    job = None
    for line in sys.stdin:
        request = json.loads(line)
        if "prepare" in request:
            name = request["prepare"]
            if name not in workloads:
                reply = {"absent": True}
            else:
                job = workloads[name]()
                reply = {"costs": costs(job, COMPARE_AFTER.get(name, 0))}
        else:
            reply = measure(job, request["seconds"])
        print(json.dumps(reply), flush=True)


def costs(job, samples):
    run, cost, per_run = job
    if cost is None:
        run()
        return []
    each = []
    for _ in range(0, samples, per_run):
        run()
        each.append(cost())
    window = 96 // per_run if 96 % per_run == 0 else 1
    return [sum(each[:window]), sum(each[-window:])]


def measure(job, seconds):
    run, _, per_run = job
    start = time.perf_counter()
    runs, elapsed, chunk = 0, 0.0, 1
    while elapsed < seconds:
        for _ in range(chunk):
            run()
        runs += chunk
        elapsed = time.perf_counter() - start
        chunk *= 2
    return {"samples": runs * per_run, "seconds": elapsed}
