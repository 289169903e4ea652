"""Single ops, and ten steps of training, by PyTorch in float64; see ops.test.ts for the question."""

import json
import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

OPS = {
    "sin": lambda x: torch.sin(5 * x),
    "cos": lambda x: torch.cos(5 * x),
    "erf": lambda x: torch.erf(2 * x),
    "gelu": lambda x: F.gelu(3 * x),
    "geluTanh": lambda x: F.gelu(3 * x, approximate="tanh"),
    "silu": F.silu,
    "logSumExp": lambda x: torch.logsumexp(4 * x, 1),
    "logSumExpAll": lambda x: torch.logsumexp(x, (0, 1)),
    "cumsum": lambda x: torch.cumsum(x.square(), 0),
    "cumsumReverse": lambda x: torch.cumsum(x.square().flip(1), 1).flip(1),
    "gather": lambda x: x.square()[torch.tensor([2, 0, 2, 1])],
    "gatherAxis": lambda x: x.square()[:, torch.tensor([[3, 1], [0, 3]])],
    "min": lambda x: x.square().min(1).values,
    "norm": lambda x: torch.linalg.vector_norm(x, dim=0),
    "variance": lambda x: x.var(1, correction=1),
    "relu6": lambda x: torch.clamp(8 * x, 0, 6),
    "hardTanh": lambda x: torch.clamp(8 * x, -1, 1),
    "hardSigmoid": lambda x: torch.clamp(8 * x + 3, 0, 6) / 6,
    "hardSwish": lambda x: 8 * x * torch.clamp(8 * x + 3, 0, 6) / 6,
    "selu": lambda x: F.selu(8 * x),
    "mish": lambda x: F.mish(8 * x),
    "softsign": lambda x: F.softsign(8 * x),
    "logSigmoid": lambda x: F.logsigmoid(8 * x),
    "hinge": lambda y, t: F.relu(1 - t * y).mean(),
    "klDivergence": lambda y, t: F.kl_div(
        F.log_softmax(y, 1), F.softmax(t, 1), reduction="sum"
    ),
    "cosineSimilarity": lambda a, b: F.cosine_similarity(a, b, 0, 1e-300),
    "conv1d": lambda x, w: F.conv1d(x, w, None, 2, 1, 2, 2),
    "bilinear": lambda x: F.interpolate(x.square()[None], (5, 6), mode="bilinear")[0],
    "bilinearDown": lambda x: F.interpolate(x.square()[None], (4, 3), mode="bilinear")[0],
    "meanSquaredError": F.mse_loss,
    "meanAbsoluteError": F.l1_loss,
    "huber": lambda y, t: F.huber_loss(3 * y, t, delta=0.8),
    "binaryCrossEntropy": lambda y, t: F.binary_cross_entropy_with_logits(3 * y, torch.sigmoid(t)),
    "positiveWeight": lambda y, t: F.binary_cross_entropy_with_logits(
        y, torch.sigmoid(t), pos_weight=torch.tensor(3.0)
    ),
    "smoothed": lambda y, t: F.cross_entropy(
        y,
        torch.softmax(t, 1),
        weight=torch.tensor([1, 2, 0.5, 3]),
        label_smoothing=0.2,
        reduction="sum",
    ),
    "convTranspose2d": lambda x, w: F.conv_transpose2d(x, w, None, 2, 1, 1),
}


def flat(values):
    return values.detach().clone().reshape(-1).tolist()


def answer(case):
    shaped = list(zip(case["args"], case["shapes"]))
    args = [torch.tensor(a).reshape(s).requires_grad_() for a, s in shaped]
    along = [torch.tensor(d).reshape(s) for d, s in zip(case["directions"], case["shapes"])]
    y = OPS[case["name"]](*args)
    cost = (y.reshape(-1) * torch.tensor(case["weights"])).sum()
    gradients = torch.autograd.grad(cost, args, create_graph=True)
    slope = sum((g * d).sum() for g, d in zip(gradients, along))
    products = [torch.zeros_like(a) for a in args]
    if slope.requires_grad:
        found = torch.autograd.grad(slope, args, allow_unused=True)
        products = [p if p is not None else z for p, z in zip(found, products)]
    return [flat(values) for values in (y, *gradients, *products)]


def attention(x, w):
    q, k, v = (x @ w["w^{2" + letter + "}"] for letter in "QKV")

    def heads(a):
        return a.reshape(6, 3, 2, 2).transpose(1, 2)

    mask = torch.ones(3, 3, dtype=torch.bool).tril()
    mixed = F.scaled_dot_product_attention(heads(q), heads(k), heads(v), attn_mask=mask)
    return mixed.transpose(1, 2).reshape(6, 3, 4) @ w["w^{2O}"]


def network(x, w):
    names = [name for name in w if name.endswith("^1")]
    gain, shift = (w[name] for name in names)
    a = F.layer_norm(x, gain.shape, gain, shift, 1e-5)
    a = attention(a, w)
    a = F.gelu(F.linear(a.reshape(6, -1), w["w^3"].reshape(5, -1), w["b^3"]))
    return F.linear(a, w["w^4"], w["b^4"])


OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, 0.05, 0.9, nesterov=True, weight_decay=0.01),
    "adam": lambda p: torch.optim.Adam(p, 0.01),
    "adamw": lambda p: torch.optim.AdamW(p, 0.01, weight_decay=0.1),
    "rmsprop": lambda p: torch.optim.RMSprop(p, 0.005, momentum=0.5, centered=True),
    "adagrad": lambda p: torch.optim.Adagrad(p, 0.05, weight_decay=0.01),
    "clipped": lambda p: torch.optim.SGD(p, 0.05),
}


def trained(question):
    w = {
        name: torch.tensor(each["data"], dtype=torch.float64).reshape(each["shape"]).requires_grad_()
        for name, each in question["start"].items()
    }
    x = torch.tensor(question["x"], dtype=torch.float64).reshape(6, 3, 4)
    t = torch.tensor(question["t"], dtype=torch.float64).reshape(6, 2)
    optimizer = OPTIMIZERS[question["optimizer"]](list(w.values()))
    for _ in range(10):
        optimizer.zero_grad()
        (0.5 * (t - network(x, w)).square().sum()).backward()
        if question["optimizer"] == "clipped":
            torch.nn.utils.clip_grad_norm_(list(w.values()), 0.5)
        optimizer.step()
    return {name: flat(values) for name, values in w.items()}


asked = json.load(sys.stdin)
if "ops" in asked:
    print(json.dumps([answer(case) for case in asked["ops"]]))
else:
    print(json.dumps(trained(asked["training"])))
