"""The ONNX models that the tests carry, made by Keras: a convolutional net and a recurrent one, each
with one input, its outputs, the cost ½ Σ (t − y)² and its gradient by the input.

    python test/interop/keras-models.py

writes keras-cnn.onnx, keras-lstm.onnx and keras.json beside this file. Keras runs on PyTorch.
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "torch"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras  # noqa: E402
import torch  # noqa: E402
from keras import layers  # noqa: E402

here = pathlib.Path(__file__).parent
keras.utils.set_random_seed(1)

cnn = keras.Sequential(
    [
        layers.Input((8, 8, 2)),
        layers.Conv2D(3, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(),
        layers.SeparableConv2D(4, 3, strides=2, padding="same", activation="swish"),
        layers.GlobalAveragePooling2D(),
        layers.Dropout(0.5),
        layers.Dense(3, activation="softmax"),
    ]
)
lstm = keras.Sequential([layers.Input((5, 3)), layers.LSTM(4), layers.Dense(2, "tanh")])


def numbers(tensor):
    return [float(f"{value:.8g}") for value in tensor.detach().double().flatten().tolist()]


def write(name, model, shape):
    for weight in model.weights:
        if "moving_variance" in weight.path:
            weight.assign(0.5 + torch.rand(tuple(weight.shape)))
    x = torch.randn(shape, requires_grad=True)
    y = model(x, training=False)
    t = torch.arange(y.numel(), dtype=torch.float32).reshape(y.shape) / y.numel()
    cost = ((t - y) ** 2).sum() / 2
    cost.backward()
    model.export(here / f"{name}.onnx", format="onnx", verbose=False)
    return {
        "x": numbers(x),
        "t": numbers(t),
        "y": numbers(y),
        "shape": list(shape),
        "cost": cost.item(),
        "gradients": {"x": numbers(x.grad)},
    }


models = {
    "keras-cnn": write("keras-cnn", cnn, (2, 8, 8, 2)),
    "keras-lstm": write("keras-lstm", lstm, (2, 5, 3)),
}
(here / "keras.json").write_text(json.dumps(models, separators=(",", ":")) + "\n")
