"""What PyTorch's numeric gradient check says of wrong backward passes of a convolution.

Run it as `python3 gradcheck.py`. They are wrong by a factor, everywhere or at the last corner of the
image only. `verify` refutes them all, from the formula alone.
"""

import torch
import torch.nn.functional as F
from torch.autograd import gradcheck
from torch.autograd.gradcheck import GradcheckError


def everywhere(relative):
    return lambda size: torch.full(size, 1 + relative, dtype=torch.float64)


def corner(relative):
    def factors(size):
        factor = torch.ones(size, dtype=torch.float64)
        factor[..., -1, -1] += relative
        return factor

    return factors


def convolution(factors):
    """A convolution whose input gradient is multiplied by factors."""

    class Convolution(torch.autograd.Function):
        @staticmethod
        def forward(context, x, w):
            context.save_for_backward(x, w)
            return F.conv2d(x, w)

        @staticmethod
        def backward(context, g):
            x, w = context.saved_tensors
            right = torch.nn.grad.conv2d_input(x.shape, w, g)
            return right * factors(x.shape), torch.nn.grad.conv2d_weight(x, w.shape, g)

    return Convolution.apply


def passes(apply, **options):
    torch.manual_seed(1)
    x, w = (torch.randn(1, 1, n, n, dtype=torch.float64, requires_grad=True) for n in (6, 3))
    try:
        return gradcheck(apply, (x, w), **options)
    except GradcheckError:
        return False


CASES = {
    "1 % everywhere": everywhere(1e-2),
    "a factor 1 + 5e-4 everywhere": everywhere(5e-4),
    "a factor 1 + 5e-4 at one corner": corner(5e-4),
    "5 % at one corner": corner(5e-2),
}
CHECKS = {"defaults": {}, "fast_mode": {"fast_mode": True}}

print(f"PyTorch {torch.__version__}")
for case, factors in CASES.items():
    for check, options in CHECKS.items():
        answer = "passes" if passes(convolution(factors), **options) else "fails"
        print(f"{case:34} gradcheck, {check:10} {answer}")
