"""Networks as layers on standard input; costs, gradients and Hessian-vector products by PyTorch.

One JSON line a network, one JSON line an answer, float64. See recipe.ts for the layers.
"""

import json
import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

ACTIVATIONS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leakyRelu": F.leaky_relu,
    "elu": F.elu,
    "softplus": F.softplus,
    "identity": lambda x: x,
    "gelu": F.gelu,
    "silu": F.silu,
    "sin": torch.sin,
    "erf": torch.erf,
}


def windows(x, pool, fill):
    """[N, C, window, output height, output width]; the padding is filled with `fill`."""
    top, left = pool["padding"]
    padded = F.pad(x, (left, left, top, top), value=fill)
    (m, n), (s, t), (d, e) = pool["size"], pool["stride"], pool["dilation"]
    height = (padded.shape[2] - d * (m - 1) - 1) // s + 1
    width = (padded.shape[3] - e * (n - 1) - 1) // t + 1
    cells = [
        padded[:, :, d * u :: s, e * v :: t][:, :, :height, :width]
        for u in range(m)
        for v in range(n)
    ]
    return torch.stack(cells, 2)


def median(x, pool):
    ordered = windows(x, pool, 0.0).sort(2).values
    last = ordered.shape[2] - 1
    return (ordered[:, :, last // 2] + ordered[:, :, (last + 1) // 2]) / 2


def pooled(x, pool):
    ceil = pool["ceil"]
    if pool["pooling"] == "max":
        size, stride, padding = pool["size"], pool["stride"], pool["padding"]
        return F.max_pool2d(x, size, stride, padding, pool["dilation"], ceil)
    if pool["pooling"] == "avg" and pool["dilation"] == [1, 1]:
        size, stride, padding = pool["size"], pool["stride"], pool["padding"]
        return F.avg_pool2d(x, size, stride, padding, ceil, pool["countPadding"])
    if pool["pooling"] == "avg":
        return windows(x, pool, 0.0).mean(2)
    if pool["pooling"] == "l2":
        squares = windows(x, pool, 0.0).square().sum(2)
        # The gradient at a window of zeros is 0, where the root alone has none.
        return torch.where(squares > 0, squares.where(squares > 0, torch.ones(())).sqrt(), 0.0)
    return median(x, pool)


def applied(layer, x, values):
    kind = layer["kind"]
    if kind == "conv":
        (top, bottom), (left, right) = layer["padding"]
        w, b = values[layer["w"]], values.get(layer["b"])
        padded = F.pad(x, (left, right, top, bottom))
        kernel = w.flip(2, 3) if layer["flipped"] else w
        return F.conv2d(padded, kernel, b, layer["stride"], 0, layer["dilation"], layer["groups"])
    if kind == "activation":
        return ACTIVATIONS[layer["name"]](x)
    if kind == "pool":
        return pooled(x, layer)
    if kind == "residual":
        return x + through(layer["layers"], x, values)
    if kind == "concat":
        return torch.cat([x, through(layer["layers"], x, values)], 1)
    return F.linear(x.flatten(1), values[layer["w"]].flatten(1), values[layer["b"]])


def through(layers, x, values):
    for layer in layers:
        x = applied(layer, x, values)
    return x


def tensor(value):
    return torch.tensor(value["data"]).reshape(value["shape"])


def answer(recipe):
    x, t = tensor(recipe["x"]), tensor(recipe["t"])
    values = {name: tensor(value).requires_grad_() for name, value in recipe["values"].items()}
    parameters = list(values.values())
    y = through(recipe["layers"], x, values)
    if recipe["cost"] == "squaredError":
        cost = 0.5 * (t - y).square().sum()
    else:
        cost = -(t * F.log_softmax(y, 1)).sum()
    gradients = torch.autograd.grad(cost, parameters, create_graph=True)
    directions = [tensor(value) for value in recipe["directions"]]
    along = sum((g * v).sum() for g, v in zip(gradients, directions))
    products = torch.autograd.grad(along, parameters)
    numbers = lambda each: each.flatten().tolist()
    return {
        "cost": cost.item(),
        "gradients": [numbers(g.detach()) for g in gradients],
        "products": [numbers(p) for p in products],
    }


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
