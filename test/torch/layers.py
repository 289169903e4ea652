"""Single layers by PyTorch in float64; see layers.test.ts for the question."""

import json
import sys

import torch
import torch.nn.functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def unrolled(cell, x, weights, all_steps):
    """By PyTorch's own cell; x is [N,T,d]."""
    units = weights[1].shape[1]
    h = torch.zeros(x.shape[0], units)
    state = (h, h) if cell is torch.lstm_cell else h
    steps = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state, *weights)
        steps.append(state[0] if cell is torch.lstm_cell else state)
    return torch.stack(steps, 1) if all_steps else steps[-1]


def rnn(all_steps):
    return lambda x, w, u, b: unrolled(
        torch.rnn_tanh_cell, x, (w, u, b, torch.zeros_like(b)), all_steps
    )


def lstm(all_steps):
    def layer(x, *p):
        i, f, o, g = (p[3 * k : 3 * k + 3] for k in range(4))
        w, u, b = (torch.cat(parts) for parts in zip(i, f, g, o))
        x = x.reshape(x.shape[0], -1, x.shape[-1])
        return unrolled(torch.lstm_cell, x, (w, u, b, torch.zeros_like(b)), all_steps)

    return layer


def gru(all_steps):
    def layer(x, *p):
        r, z, n = (p[3 * k : 3 * k + 3] for k in range(3))
        w, u, b = (torch.cat(parts) for parts in zip(r, z, n))
        kept = torch.cat([torch.zeros(2 * len(p[9])), p[9]])
        return unrolled(torch.gru_cell, x, (w, u, b, kept), all_steps)

    return layer


def attention(heads, causal):
    def layer(x, q, k, v, o):
        places, features = x.shape[-2:]

        def split(a):
            return a.reshape(-1, places, heads, features // heads).transpose(1, 2)

        seen = torch.ones(places, places, dtype=torch.bool)
        mask = seen.tril() if causal else seen
        mixed = F.scaled_dot_product_attention(
            split(x @ q), split(x @ k), split(x @ v), attn_mask=mask
        )
        return mixed.transpose(1, 2).reshape(x.shape) @ o

    return layer


def both_ways(of, all_steps):
    def layer(x, *p):
        half = len(p) // 2
        forward = of(all_steps)(x, *p[:half])
        backward = of(all_steps)(x.flip(1), *p[half:])
        return torch.cat([forward, backward.flip(1) if all_steps else backward], -1)

    return layer


def waves(x):
    t = torch.arange(x.shape[1])[:, None]
    angle = t / 10000 ** (torch.arange(0, x.shape[2], 2) / x.shape[2])
    return x + torch.stack([angle.sin(), angle.cos()], 2).flatten(1)


LAYERS = {
    "simpleRnn": rnn(False),
    "simpleRnnAll": rnn(True),
    "lstm": lstm(False),
    "lstmAll": lstm(True),
    "gru": gru(False),
    "gruAll": gru(True),
    "attention": attention(1, False),
    "attentionHeads": attention(3, False),
    "attentionCausal": attention(2, True),
    "layerNorm": lambda x, g, b: F.layer_norm(x, g.shape, g, b, 1e-5),
    "layerNormRows": lambda x, g, b: F.layer_norm(x, g.shape, g, b, 0.01),
    "layerNormAll": lambda x, g, b: F.layer_norm(x, g.shape, g, b, 1e-5),
    "rmsNorm": lambda x, g: F.rms_norm(x, g.shape, g, 1e-5),
    "rmsNormAll": lambda x, g: F.rms_norm(x, g.shape, g, 0.01),
    "groupNorm": lambda x, g, b: F.group_norm(x, 2, g.flatten(), b.flatten(), 0.01),
    "instanceNorm": lambda x, g, b: F.instance_norm(x, None, None, g.flatten(), b.flatten()),
    "batchNorm": lambda x, g, b: F.batch_norm(
        x, None, None, g.flatten(), b.flatten(), training=True, eps=0.01
    ),
    "upsample": lambda x: F.interpolate(x, scale_factor=(2, 3), mode="nearest"),
    "globalAvgPool": lambda x: F.adaptive_avg_pool2d(x, 1).flatten(1),
    "globalMaxPool": lambda x: F.adaptive_max_pool2d(x, 1).flatten(1),
    "convTranspose": lambda x, w, b: F.conv_transpose2d(x, w, b),
    "convTransposeStride": lambda x, w, b: F.conv_transpose2d(x, w, b, (2, 3), 0, (1, 2)),
    "convTransposeGroups": lambda x, w: F.conv_transpose2d(x, w, None, 2, 1, 1, 2, 2),
    "conv": lambda x, w, b: F.conv2d(x, w, b, 2, 1, 1, 2),
    "dense": lambda x, w, b: F.linear(x.flatten(1), w.flatten(1), b),
    "leakyRelu": lambda x: F.leaky_relu(x, 0.2),
    "elu": lambda x: F.elu(x, 0.7),
    "silu": F.silu,
    "softplus": F.softplus,
    "gelu": F.gelu,
    "geluTanh": lambda x: F.gelu(x, approximate="tanh"),
    "relu6": lambda x: torch.clamp(x, 0, 6),
    "selu": F.selu,
    "mish": F.mish,
    "hardSigmoid": lambda x: torch.clamp(x + 3, 0, 6) / 6,
    "hardSwish": lambda x: x * torch.clamp(x + 3, 0, 6) / 6,
    "hardTanh": lambda x: torch.clamp(x, -1, 1),
    "softsign": F.softsign,
    "logSigmoid": F.logsigmoid,
    "prelu": lambda x, a: torch.where(x > 0, x, a[:, None, None] * x),
    "reshape": lambda x: x.reshape(-1, 2, 6),
    "instanceNormAlone": lambda x, g, b: F.instance_norm(
        x, None, None, g.flatten(), b.flatten(), eps=0.01
    ),
    "adaptiveAvgPool": lambda x: F.adaptive_avg_pool2d(x, (2, 3)),
    "zeroPad": lambda x: F.pad(x, (2, 2, 1, 1)),
    "bilinear": lambda x: F.interpolate(x, scale_factor=(2, 3), mode="bilinear"),
    "positions": waves,
    "positionsTrained": lambda x, w: x + w,
    "denseEach": F.linear,
    "conv1d": lambda x, w, b: F.conv1d(
        F.pad(x.transpose(1, 2), (2, 1)), w, b, 2, 0, 2, 2
    ).transpose(1, 2),
    "conv1dCausal": lambda x, w: F.conv1d(F.pad(x.transpose(1, 2), (1, 0)), w).transpose(1, 2),
    "rnnBothWays": both_ways(rnn, False),
    "gruBothWays": both_ways(gru, False),
    "lstmBothWays": both_ways(lstm, True),
    "embedding": lambda x, w: F.embedding(x.long(), w),
}


def flat(values):
    return values.detach().reshape(-1).tolist()


def answer(case):
    x = torch.tensor(case["x"], dtype=torch.float64).reshape(case["shape"])
    parameters = [
        torch.tensor(each["data"]).reshape(each["shape"]).requires_grad_()
        for each in case["parameters"]
    ]
    leaves = parameters if case["name"] == "embedding" else [x.requires_grad_(), *parameters]
    y = LAYERS[case["name"]](x, *parameters)
    cost = (y.reshape(-1).square() * torch.tensor(case["weights"])).sum()
    gradients = torch.autograd.grad(cost, leaves, create_graph=True)
    slope = sum(
        (g.reshape(-1) * torch.tensor(d)).sum() for g, d in zip(gradients, case["directions"])
    )
    products = torch.autograd.grad(slope, leaves, allow_unused=True)
    filled = [torch.zeros_like(a) if p is None else p for p, a in zip(products, leaves)]
    return [flat(values) for values in (y, *gradients, *filled)]


# The kernel that has second derivatives.
with sdpa_kernel(SDPBackend.MATH):
    print(json.dumps([answer(case) for case in json.load(sys.stdin)]))
