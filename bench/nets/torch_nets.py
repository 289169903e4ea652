"""The same nets in PyTorch, eager, channels last: requests as lines of JSON, as serve.ts."""

import json
import os
import sys
import time

import torch
import torch.nn.functional as F
from arrays import Arrays

THREADS = int(os.environ.get("TORCH_THREADS", "1"))
torch.set_num_threads(THREADS)
clock = time.perf_counter if THREADS > 1 else time.process_time
NETS = json.loads(sys.argv[1])
RATE = float(sys.argv[2])
LAST = torch.channels_last


def median_pool(x):
    n, c, h, w = x.shape
    windows = x.reshape(n, c, h // 2, 2, w // 2, 2).permute(0, 1, 2, 4, 3, 5)
    return windows.reshape(n, c, h // 2, w // 2, 4).median(-1).values


POOLS = {
    "max": lambda x: F.max_pool2d(x, 2),
    "average": lambda x: F.avg_pool2d(x, 2),
    "l2": lambda x: F.avg_pool2d(x * x, 2, divisor_override=1).sqrt(),
    "median": median_pool,
}


class Parameters(Arrays):
    def take(self, *shape):
        value = torch.from_numpy(super().take(*shape).copy())
        return value.contiguous(memory_format=LAST) if value.dim() == 4 else value

    def parameter(self, *shape, flat=False):
        value = self.take(*shape)
        value = value.contiguous().reshape(shape[0], -1) if flat else value
        self.parameters.append(value.requires_grad_())
        return value


def build(layers, shape, arrays):
    """The layers as one function, and the shape that it makes of a sample's."""
    steps = []
    for layer in layers:
        kind = layer["kind"]
        if kind == "conv":
            filters, size, stride = layer["filters"], layer["size"], layer["stride"]
            groups, pad = layer["groups"], (layer["size"] - 1) // 2
            w = arrays.parameter(filters, shape[0] // groups, size, size)
            b = arrays.parameter(filters) if layer["bias"] else None
            steps.append(
                lambda x, w=w, b=b, s=stride, p=pad, g=groups: F.conv2d(
                    x, w, b, stride=s, padding=p, groups=g
                )
            )
            shape = (filters, *((n + 2 * pad - size) // stride + 1 for n in shape[1:]))
        elif kind == "dense":
            w = arrays.parameter(layer["units"], *shape, flat=True)
            b = arrays.parameter(layer["units"])
            steps.append(lambda x, w=w, b=b: F.linear(x.flatten(1), w, b))
            shape = (layer["units"],)
        elif kind == "batchNorm":
            c = shape[0]
            scale, shift = arrays.parameter(c), arrays.parameter(c)
            mean, variance = torch.zeros(c), torch.ones(c)
            steps.append(
                lambda x, m=mean, v=variance, a=scale, b=shift: F.batch_norm(
                    x, m, v, a, b, True, 0.1, 1e-5
                )
            )
        elif kind == "residual":
            body, made = build(layer["body"], shape, arrays)
            aside, _ = build(layer["aside"], shape, arrays)
            steps.append(lambda x, f=body, g=aside: f(x) + g(x))
            shape = made
        elif kind == "pool":
            steps.append(POOLS[layer["by"]])
            shape = (shape[0], shape[1] // 2, shape[2] // 2)
        elif kind == "double":
            steps.append(lambda x: F.interpolate(x, scale_factor=2, mode="nearest"))
            shape = (shape[0], 2 * shape[1], 2 * shape[2])
        elif kind == "means":
            steps.append(lambda x: x.mean((2, 3)))
            shape = shape[:1]
        else:
            steps.append(torch.relu if kind == "relu" else torch.sigmoid)

    def run(x):
        for step in steps:
            x = step(x)
        return x

    return run, shape


def prepare(request):
    net = NETS[request["net"]]
    arrays = Parameters(request["file"])
    forward, made = build(net["layers"], tuple(net["input"]), arrays)
    batch = net["batch"]
    x = arrays.take(batch, *net["input"])
    t = arrays.take(batch, *made)
    optimizer = torch.optim.SGD(arrays.parameters, lr=RATE / batch, fused=True)

    def run():
        optimizer.zero_grad(set_to_none=True)
        y = forward(x)
        if net["cost"] == "cross-entropy":
            cost = -(t * F.log_softmax(y, -1)).sum()
        else:
            cost = 0.5 * (y - t).square().sum()
        cost.backward()
        optimizer.step()
        return cost

    return run, batch, [float(run().detach()) for _ in range(3)]


run, batch = None, 0
for line in sys.stdin:
    request = json.loads(line)
    try:
        if "net" in request:
            run, batch, costs = prepare(request)
            reply = {"costs": costs}
        else:
            start, runs = clock(), 0
            while clock() - start < request["seconds"]:
                run()
                runs += 1
            reply = {"samples": runs * batch, "seconds": clock() - start}
    except Exception as error:
        reply = {"failure": str(error)}
    print(json.dumps(reply), flush=True)
