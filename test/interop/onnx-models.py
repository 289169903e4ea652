"""The ONNX models that the tests carry, made by PyTorch: a LeNet and a small ResNet, each with one
input, its outputs, the cost ½ Σ (t − y)² and the gradients of all parameters.

    python test/interop/onnx-models.py

writes lenet.onnx, resnet.onnx and models.json beside this file. The numbers are from seed 1.
"""

import json
import pathlib

import torch
from torch import nn

here = pathlib.Path(__file__).parent
torch.manual_seed(1)


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 3, 5, padding=2),
            nn.Tanh(),
            nn.AvgPool2d(2),
            nn.Conv2d(3, 6, 3),
            nn.Tanh(),
            nn.MaxPool2d(2),
        )
        self.classifier = nn.Sequential(nn.Linear(24, 10), nn.ReLU(), nn.Linear(10, 4))

    def forward(self, x):
        x = self.features(x)
        return torch.log_softmax(self.classifier(x.view(x.size(0), -1)), dim=1)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.short = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.short = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(y)) + self.short(x))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3, padding=1)
        self.blocks = nn.Sequential(Block(4, 4, 1), Block(4, 8, 2))
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        x = self.blocks(self.stem(x))
        return self.head(torch.nn.functional.adaptive_avg_pool2d(x, 1).flatten(1))


def numbers(tensor):
    return [float(f"{value:.8g}") for value in tensor.detach().double().flatten().tolist()]


def write(name, model, shape):
    # Statistics as training would leave them, then as they are used.
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
            # Parameters that are equal would be one in the file.
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.1)
    model.eval()
    x = torch.randn(shape, requires_grad=True)
    torch.onnx.export(
        model,
        (x.detach(),),
        here / f"{name}.onnx",
        input_names=["x"],
        output_names=["y"],
        opset_version=17,
        dynamo=False,
        do_constant_folding=False,
        training=torch.onnx.TrainingMode.PRESERVE,
    )
    y = model(x)
    t = torch.arange(y.numel(), dtype=torch.float32).reshape(y.shape) / y.numel()
    cost = ((t - y) ** 2).sum() / 2
    cost.backward()
    gradients = {key: numbers(value.grad) for key, value in model.named_parameters()}
    return {
        "x": numbers(x),
        "t": numbers(t),
        "y": numbers(y),
        "cost": cost.item(),
        "gradients": {"x": numbers(x.grad), **gradients},
    }


models = {
    "lenet": write("lenet", LeNet(), (2, 1, 12, 12)),
    "resnet": write("resnet", ResNet(), (2, 3, 8, 8)),
}
(here / "models.json").write_text(json.dumps(models, separators=(",", ":")) + "\n")
