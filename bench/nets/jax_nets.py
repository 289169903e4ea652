"""The same nets in JAX, channels last, each step one jitted function: requests as serve.ts."""

import json
import os
import sys
import time

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as jnp
from arrays import Arrays
from jax import lax

NETS = json.loads(sys.argv[1])
RATE = float(sys.argv[2])
PAIRS = (1, 2, 2, 1)


def windows(x, start, combine):
    return lax.reduce_window(x, start, combine, PAIRS, PAIRS, "VALID")


def median_pool(x):
    n, h, w, c = x.shape
    cells = x.reshape(n, h // 2, 2, w // 2, 2, c).transpose(0, 1, 3, 5, 2, 4)
    return jnp.sort(cells.reshape(n, h // 2, w // 2, c, 4), -1)[..., 1]


POOLS = {
    "max": lambda x: windows(x, -jnp.inf, lax.max),
    "average": lambda x: windows(x, 0.0, lax.add) / 4,
    "l2": lambda x: jnp.sqrt(windows(x * x, 0.0, lax.add)),
    "median": median_pool,
}


class Parameters(Arrays):
    def parameter(self, *shape, axes=None, flat=False):
        value = self.take(*shape)
        value = value if axes is None else value.transpose(axes)
        self.parameters.append(jnp.asarray(value.reshape(-1, shape[0]) if flat else value))
        return len(self.parameters) - 1


def build(layers, shape, arrays):
    """The layers as one function of the parameters and x, and the shape it makes of a sample's."""
    steps = []
    for layer in layers:
        kind = layer["kind"]
        if kind == "conv":
            filters, size, stride = layer["filters"], layer["size"], layer["stride"]
            groups, pad = layer["groups"], (layer["size"] - 1) // 2
            w = arrays.parameter(filters, shape[0] // groups, size, size, axes=(2, 3, 1, 0))
            b = arrays.parameter(filters) if layer["bias"] else None

            def conv(p, x, w=w, b=b, s=stride, pad=pad, g=groups):
                y = lax.conv_general_dilated(
                    x,
                    p[w],
                    (s, s),
                    [(pad, pad)] * 2,
                    dimension_numbers=("NHWC", "HWIO", "NHWC"),
                    feature_group_count=g,
                )
                return y if b is None else y + p[b]

            steps.append(conv)
            shape = (filters, *((n + 2 * pad - size) // stride + 1 for n in shape[1:]))
        elif kind == "dense":
            axes = (2, 3, 1, 0) if len(shape) == 3 else (1, 0)
            w = arrays.parameter(layer["units"], *shape, axes=axes, flat=True)
            b = arrays.parameter(layer["units"])
            steps.append(lambda p, x, w=w, b=b: x.reshape(len(x), -1) @ p[w] + p[b])
            shape = (layer["units"],)
        elif kind == "batchNorm":
            scale, shift = arrays.parameter(shape[0]), arrays.parameter(shape[0])

            def normalise(p, x, a=scale, b=shift):
                centred = x - x.mean((0, 1, 2))
                variance = jnp.square(centred).mean((0, 1, 2))
                return centred / jnp.sqrt(variance + 1e-5) * p[a] + p[b]

            steps.append(normalise)
        elif kind == "residual":
            body, made = build(layer["body"], shape, arrays)
            aside, _ = build(layer["aside"], shape, arrays)
            steps.append(lambda p, x, f=body, g=aside: f(p, x) + g(p, x))
            shape = made
        elif kind == "pool":
            steps.append(lambda p, x, pool=POOLS[layer["by"]]: pool(x))
            shape = (shape[0], shape[1] // 2, shape[2] // 2)
        elif kind == "double":
            steps.append(lambda p, x: x.repeat(2, 1).repeat(2, 2))
            shape = (shape[0], 2 * shape[1], 2 * shape[2])
        elif kind == "means":
            steps.append(lambda p, x: x.mean((1, 2)))
            shape = shape[:1]
        else:
            steps.append(lambda p, x, f=getattr(jax.nn, kind): f(x))

    def run(p, x):
        for step in steps:
            x = step(p, x)
        return x

    return run, shape


def prepare(request):
    net = NETS[request["net"]]
    arrays = Parameters(request["file"])
    forward, made = build(net["layers"], tuple(net["input"]), arrays)
    batch = net["batch"]
    x = jnp.asarray(arrays.take(batch, *net["input"]).transpose(0, 2, 3, 1))
    t = arrays.take(batch, *made)
    t = jnp.asarray(t.transpose(0, 2, 3, 1) if len(made) == 3 else t)

    def cost(p, x, t):
        y = forward(p, x)
        if net["cost"] == "cross-entropy":
            return -(t * jax.nn.log_softmax(y)).sum()
        return 0.5 * jnp.square(y - t).sum()

    @jax.jit
    def step(p, x, t):
        value, gradients = jax.value_and_grad(cost)(p, x, t)
        return [each - RATE / batch * d for each, d in zip(p, gradients)], value

    state = {"p": arrays.parameters}

    def run():
        state["p"], value = step(state["p"], x, t)
        return float(value)

    return run, batch, [run() for _ in range(3)]


run, batch = None, 0
for line in sys.stdin:
    request = json.loads(line)
    try:
        if "net" in request:
            run, batch, costs = prepare(request)
            reply = {"costs": costs}
        else:
            start, runs = time.process_time(), 0
            while time.process_time() - start < request["seconds"]:
                run()
                runs += 1
            reply = {"samples": runs * batch, "seconds": time.process_time() - start}
    except Exception as error:
        reply = {"failure": str(error)}
    print(json.dumps(reply), flush=True)
