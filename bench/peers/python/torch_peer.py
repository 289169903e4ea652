"""PyTorch, eager, in the layout that suits it (channels last); TORCH_THREADS threads, default 1."""

import os
import sys

import torch
import torch.nn.functional as F

from serve import batches, load, serve

torch.set_num_threads(int(os.environ.get("TORCH_THREADS", "1")))
DATA = load(*sys.argv[1:3])


def tensor(array):
    value = torch.from_numpy(array)
    return value.contiguous(memory_format=torch.channels_last) if value.dim() == 4 else value


def book_cnn(p, x):
    a = torch.sigmoid(F.conv2d(x, p["w"], p["b"]))
    return torch.sigmoid(F.linear(F.max_pool2d(a, 2).flatten(1), p["v"], p["c"]))


def le_net(p, x):
    first = F.max_pool2d(F.relu(F.conv2d(x, p["w"], p["b"], padding=2)), 2)
    second = F.max_pool2d(F.relu(F.conv2d(first, p["u"], p["d"], padding=2)), 2)
    return F.linear(second.flatten(1), p["v"], p["c"])


def squared_error(p, x, t):
    return 0.5 * (t - book_cnn(p, x)).square().sum()


def cross_entropy(p, x, t):
    return -(t * F.log_softmax(le_net(p, x), 1)).sum()


def training(net, cost, size):
    rate = net["rate"]["sample" if size == 1 else "batch"]
    p = {name: tensor(value).requires_grad_() for name, value in net["parameters"].items()}
    data = [(tensor(x), tensor(t)) for x, t in batches(net, size)]
    optimizer = torch.optim.SGD(p.values(), lr=rate)
    state = {"next": 0}

    def run():
        x, t = data[state["next"] % len(data)]
        state["next"] += 1
        optimizer.zero_grad(set_to_none=True)
        state["cost"] = cost(p, x, t)
        state["cost"].backward()
        optimizer.step()

    return run, lambda: state["cost"].item(), size


def repeated(compute, samples):
    def run():
        with torch.no_grad():
            compute()

    return run, None, samples


def forward():
    net = DATA["w2"]
    p = {name: tensor(value) for name, value in net["parameters"].items()}
    x = tensor(net["images"])
    return repeated(lambda: le_net(p, x), 64)


LAYER = {name: tensor(value) for name, value in DATA["w3"].items()}
x, g, w, w1, a, b = (LAYER[name] for name in ("x", "g", "w", "w1", "a", "b"))
grad = torch.nn.grad

serve(
    {
        "w1a": lambda: training(DATA["w1"], squared_error, 1),
        "w1b": lambda: training(DATA["w1"], squared_error, 96),
        "w2": lambda: training(DATA["w2"], cross_entropy, 64),
        "w2Forward": forward,
        "w3Forward": lambda: repeated(lambda: F.conv2d(x, w, padding=1), 8),
        "w3Input": lambda: repeated(lambda: grad.conv2d_input(x.shape, w, g, padding=1), 8),
        "w3Filter": lambda: repeated(lambda: grad.conv2d_weight(x, w.shape, g, padding=1), 8),
        "w3Pointwise": lambda: repeated(lambda: F.conv2d(x, w1), 8),
        "w3Matmul": lambda: repeated(lambda: a @ b, 1),
    }
)
