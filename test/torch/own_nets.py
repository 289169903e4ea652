"""Networks written by hand, trained for some steps by PyTorch in float64; see own-nets.test.ts."""

import json
import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

bce = F.binary_cross_entropy_with_logits


def vae(p):
    h = torch.tanh(F.linear(p["x"], p["w1"], p["b1"]))
    mean, log_variance = F.linear(h, p["wm"], p["bm"]), F.linear(h, p["wv"], p["bv"])
    z = mean + torch.exp(0.5 * log_variance) * p["e"]
    logits = F.linear(torch.tanh(F.linear(z, p["wd"], p["bd"])), p["wo"], p["bo"])
    divergence = -0.5 * (1 + log_variance - mean**2 - log_variance.exp()).sum()
    return bce(logits, p["x"], reduction="sum") + divergence


def vit(p):
    y = F.conv2d(p["x"], p["wp"], stride=4).flatten(2).transpose(1, 2) + p["place"]
    q, k, v = (F.layer_norm(y, [8], p["g1"], p["c1"]) @ p["wq"]).chunk(3, -1)
    heads = lambda x: x.view(3, 4, 2, 4).transpose(1, 2)
    mixed = F.scaled_dot_product_attention(heads(q), heads(k), heads(v))
    y = y + mixed.transpose(1, 2).reshape(3, 4, 8) @ p["wo"]
    inner = F.gelu(F.layer_norm(y, [8], p["g2"], p["c2"]) @ p["m1"] + p["n1"])
    y = y + inner @ p["m2"] + p["n2"]
    return F.cross_entropy(F.linear(y.mean(1), p["wh"]), p["t"].long())


def lstm(p):
    x = F.embedding(p["letters"].long(), p["emb"])
    zeros = torch.zeros(1, 3, 5)
    weights = [p["wih"], p["whh"], p["bih"], p["bhh"]]
    h, _, _ = torch.lstm(x, (zeros, zeros), weights, True, 1, 0.0, True, False, True)
    logits = F.linear(h, p["wo"], p["bo"])
    return F.cross_entropy(logits.reshape(-1, 7), p["t"].long().reshape(-1))


def seq2seq(p):
    source, target = F.embedding(p["from"].long(), p["es"]), F.embedding(p["to"].long(), p["et"])
    h = torch.zeros(3, 5)
    memory = []
    for t in range(5):
        h = torch.tanh(F.linear(source[:, t], p["we"], p["be"]) + F.linear(h, p["ue"]))
        memory.append(h)
    memory = torch.stack(memory, 1)
    logits = []
    for t in range(4):
        h = torch.tanh(F.linear(target[:, t], p["wd"], p["bd"]) + F.linear(h, p["ud"]))
        weights = torch.softmax((memory @ h[:, :, None])[:, :, 0], -1)
        seen = torch.cat([h, (weights[:, :, None] * memory).sum(1)], 1)
        logits.append(F.linear(torch.tanh(F.linear(seen, p["wc"])), p["wo"]))
    return F.cross_entropy(torch.stack(logits, 1).reshape(-1, 6), p["t"].long().reshape(-1))


def dqn(p):
    q = lambda x: F.linear(F.relu(F.linear(x, p["w1"], p["b1"])), p["w2"], p["b2"])
    with torch.no_grad():
        target = p["r"] + 0.9 * (1 - p["done"]) * q(p["next"]).max(1).values
    return F.smooth_l1_loss(q(p["s"]).gather(1, p["a"].long()[:, None])[:, 0], target)


def unet(p):
    wide = F.relu(F.conv2d(p["x"], p["c1"], p["d1"], padding=1))
    deep = F.relu(F.conv2d(F.max_pool2d(wide, 2), p["c2"], p["d2"], padding=1))
    up = F.conv_transpose2d(deep, p["up"], p["du"], stride=2)
    both = F.relu(F.conv2d(torch.cat([wide, up], 1), p["c3"], p["d3"], padding=1))
    return bce(F.conv2d(both, p["c4"], p["d4"]), p["t"])


def triplet(p):
    place = lambda x: F.normalize(F.linear(torch.tanh(F.linear(x, p["w1"], p["b1"])), p["w2"]))
    apart = lambda x, y: (place(x) - place(y)).norm(dim=1)
    return F.relu(apart(p["a"], p["p"]) - apart(p["a"], p["n"]) + 0.7).mean()


def generated(p):
    return F.linear(torch.tanh(F.linear(p["z"], p["gw1"], p["gb1"])), p["gw2"], p["gb2"])


def real(p, x):
    return F.linear(F.leaky_relu(F.linear(x, p["dw1"], p["db1"]), 0.2), p["dw2"], p["db2"])


def judging(p):
    ones, zeros = torch.ones(6, 1), torch.zeros(6, 1)
    return bce(real(p, p["real"]), ones) + bce(real(p, generated(p).detach()), zeros)


def fooling(p):
    return bce(real(p, generated(p)), torch.ones(6, 1))


adam = lambda rate: lambda each: torch.optim.Adam(each, rate)
momentum = lambda **more: lambda each: torch.optim.SGD(each, 0.1, 0.9, **more)
STEPS = {
    "vae": [("", adam(0.01), vae)],
    "vit": [("", adam(0.01), vit)],
    "lstm": [("", adam(0.01), lstm)],
    "seq2seq": [("", momentum(), seq2seq)],
    "dqn": [("", lambda each: torch.optim.RMSprop(each, 0.01), dqn)],
    "unet": [("", momentum(nesterov=True), unet)],
    "triplet": [("", lambda each: torch.optim.AdamW(each, 0.01), triplet)],
    "gan": [("d", adam(0.02), judging), ("g", adam(0.01), fooling)],
}


def answer(question):
    shapes = {**question["parameters"], **question["inputs"]}
    tensors = lambda numbers: {
        name: torch.tensor(each, dtype=torch.float64).reshape(shapes[name]) for name, each in numbers.items()
    }
    values = {name: each.requires_grad_() for name, each in tensors(question["start"]).items()}
    batches = [tensors(batch) for batch in question["batches"]]
    steps = [
        ([values[name] for name in values if name.startswith(trains)], made, cost)
        for trains, made, cost in STEPS[question["name"]]
    ]
    optimizers = [made(each) for each, made, _ in steps]
    costs = []
    for k in range(question["steps"]):
        for optimizer, (_, _, cost) in zip(optimizers, steps):
            optimizer.zero_grad()
            total = cost({**values, **batches[k % 2]})
            total.backward()
            optimizer.step()
            costs.append(total.item())
    ends = {name: each.detach().flatten().tolist() for name, each in values.items()}
    return {"costs": costs, "values": ends}


print(json.dumps([answer(question) for question in json.load(sys.stdin)]))
