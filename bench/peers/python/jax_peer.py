"""JAX on the CPU, one thread, each step jitted; W1a is one scan over 96 samples."""

import os
import sys

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"

import jax
import jax.numpy as jnp
from jax import lax

from serve import batches, load, serve

DATA = load(*sys.argv[1:3])


def conv(x, w, margin):
    return lax.conv_general_dilated(x, w, (1, 1), [(margin, margin)] * 2)


def layer(x, w, b, margin):
    return conv(x, w, margin) + b[None, :, None, None]


def max_pool(x):
    return lax.reduce_window(x, -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")


def dense(x, w, b):
    return x.reshape(len(x), -1) @ w.T + b


def book_cnn(p, x):
    a = jax.nn.sigmoid(layer(x, p["w"], p["b"], 0))
    return jax.nn.sigmoid(dense(max_pool(a), p["v"], p["c"]))


def le_net(p, x):
    first = max_pool(jax.nn.relu(layer(x, p["w"], p["b"], 2)))
    return dense(max_pool(jax.nn.relu(layer(first, p["u"], p["d"], 2))), p["v"], p["c"])


def squared_error(p, x, t):
    return 0.5 * jnp.square(t - book_cnn(p, x)).sum()


def cross_entropy(p, x, t):
    return -(t * jax.nn.log_softmax(le_net(p, x))).sum()


def stepper(cost, rate):
    def step(p, batch):
        value, gradient = jax.value_and_grad(cost)(p, *batch)
        return {name: p[name] - rate * gradient[name] for name in p}, value

    return step


def training(net, cost, size, scan=False):
    step = stepper(cost, net["rate"]["sample" if size == 1 else "batch"])
    data = [(jnp.asarray(x), jnp.asarray(t)) for x, t in batches(net, size)]
    if scan:
        data = [tuple(jnp.stack(parts) for parts in zip(*data))]
        step_all = jax.jit(lambda p, all_batches: lax.scan(step, p, all_batches))
    else:
        step_all = jax.jit(step)
    state = {"p": {name: jnp.asarray(v) for name, v in net["parameters"].items()}, "next": 0}

    def run():
        batch = data[state["next"] % len(data)]
        state["next"] += 1
        state["p"], state["cost"] = step_all(state["p"], batch)
        state["cost"].block_until_ready()

    return run, lambda: float(state["cost"].sum()), 96 if scan else size


def repeated(compute, samples, *operands):
    compiled = jax.jit(compute)
    arrays = jax.tree.map(jnp.asarray, operands)
    return (lambda: compiled(*arrays).block_until_ready()), None, samples


W3 = DATA["w3"]


def conv_input(g, w):
    return lax.conv_transpose(
        g, w, (1, 1), [(1, 1)] * 2, dimension_numbers=("NCHW", "OIHW", "NCHW"), transpose_kernel=True
    )


def conv_filter(x, g):
    swapped = [jnp.swapaxes(value, 0, 1) for value in (x, g)]
    return jnp.swapaxes(conv(*swapped, 1), 0, 1)


serve(
    {
        "w1a": lambda: training(DATA["w1"], squared_error, 1, scan=True),
        "w1b": lambda: training(DATA["w1"], squared_error, 96),
        "w2": lambda: training(DATA["w2"], cross_entropy, 64),
        "w2Forward": lambda: repeated(le_net, 64, DATA["w2"]["parameters"], DATA["w2"]["images"]),
        "w3Forward": lambda: repeated(lambda x, w: conv(x, w, 1), 8, W3["x"], W3["w"]),
        "w3Input": lambda: repeated(conv_input, 8, W3["g"], W3["w"]),
        "w3Filter": lambda: repeated(conv_filter, 8, W3["x"], W3["g"]),
        "w3Pointwise": lambda: repeated(lambda x, w: conv(x, w, 0), 8, W3["x"], W3["w1"]),
        "w3Matmul": lambda: repeated(jnp.matmul, 1, W3["a"], W3["b"]),
    }
)
