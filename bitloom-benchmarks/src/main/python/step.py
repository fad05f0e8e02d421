#!/usr/bin/env python3
"""Times training steps of LeNet-300-100 at batch 64 in PyTorch, for `./bitloom-bench step`.

Float training by torch's Adam against bit-wise training written op by op from docs/algorithm.md:
one latent per bit, a straight-through threshold, the weight composed under autograd, torch's Adam
on every latent. All in one process, turn by turn; a turn is a few steps, the first not counted.

    python3 bitloom-benchmarks/src/main/python/step.py [seconds]
    python3 bitloom-benchmarks/src/main/python/step.py cuda [seconds]    # ResNet-20, batch 128, on a GPU
    python3 bitloom-benchmarks/src/main/python/step.py try               # the same, tiny, on the processor

Debian's torch multiplies with whatever library is installed as libblas.so.3; the plain one is
twenty times slower: apt-get install python3-torch libopenblas0-openmp.

Exit code 0, or 3 when this Python has no torch.
"""

import math
import os
import statistics
import sys
import time

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

try:
    import torch
    import torch.nn.functional as F
except ImportError:
    print(
        f"step.py needs PyTorch, and {sys.executable} has none;"
        " on Debian: apt-get install python3-torch libopenblas0-openmp, then use /usr/bin/python3",
        file=sys.stderr,
    )
    sys.exit(3)

BATCH = 64
UNITS = [784, 300, 100, 10]
DEPTHS = [1, 2, 4, 8, 16, 32]
RATE = 9e-4
EPS = 1e-7
STEPS = 5  # per turn of the baseline
OP_BY_OP_STEPS = 2
WARM_UP_ROUNDS = 3


class Threshold(torch.autograd.Function):
    """1 where the latent is above 0, else 0; the gradient passes unchanged."""

    @staticmethod
    def forward(context, latents):
        return (latents > 0).to(latents.dtype)

    @staticmethod
    def backward(context, gradient):
        return gradient


class Sign(torch.autograd.Function):
    """-1 where the latent is above 0, else 1; the gradient changes its sign."""

    @staticmethod
    def forward(context, latents):
        return 1 - 2 * (latents > 0).to(latents.dtype)

    @staticmethod
    def backward(context, gradient):
        return -gradient


class FloatLayer(torch.nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.values = torch.nn.Parameter(torch.randn(outputs, inputs) * math.sqrt(2 / inputs))

    def weight(self):
        return self.values


class BitLayer(torch.nn.Module):
    """Latents of magnitude bits are [depth - 1, out, in], those of the sign [out, in]."""

    def __init__(self, inputs, outputs, depth):
        super().__init__()
        shape = (outputs, inputs)
        cut = torch.nn.init.trunc_normal_(torch.empty(shape), 0, 1, -2, 2)
        self.sign = torch.nn.Parameter(cut * math.sqrt(2 / inputs))
        bits = depth - 1
        self.magnitude = None
        sign = Sign.apply(self.sign)
        if bits > 0:
            latents = torch.randn(bits, *shape) * math.sqrt(2 / (depth * inputs))
            self.redraw_zeros(latents)
            self.magnitude = torch.nn.Parameter(latents)
            self.register_buffer("powers", 2.0 ** torch.arange(bits))
            sign = sign * self.integers()
        self.scale = math.sqrt(2 / inputs) / sign.std().item()

    @staticmethod
    def redraw_zeros(latents):
        deviation = latents.std()
        while True:
            zero = (latents <= 0).all(0)
            if not zero.any():
                return
            latents[:, zero] = torch.randn(latents.shape[0], int(zero.sum())) * deviation

    def integers(self):
        return torch.tensordot(self.powers, Threshold.apply(self.magnitude), 1)

    def weight(self):
        sign = Sign.apply(self.sign)
        return sign * self.scale if self.magnitude is None else self.integers() * self.scale * sign


class Competitor:
    def __init__(self, name, make_layer, steps):
        self.name = name
        self.steps = steps
        self.layers = torch.nn.ModuleList(
            make_layer(inputs, outputs) for inputs, outputs in zip(UNITS, UNITS[1:])
        )
        self.adam = torch.optim.Adam(self.layers.parameters(), lr=RATE, eps=EPS)
        self.turns = []

    def step(self, images, labels):
        """Takes one step and returns its seconds: all, forward and backward, update."""
        begin = time.perf_counter()
        self.adam.zero_grad(set_to_none=True)
        values = images
        for number, layer in enumerate(self.layers):
            values = F.linear(values if number == 0 else F.relu(values), layer.weight())
        F.cross_entropy(values, labels).backward()
        middle = time.perf_counter()
        self.adam.step()
        end = time.perf_counter()
        return end - begin, middle - begin, end - middle

    def turn(self, batch):
        taken = [self.step(*batch) for _ in range(self.steps)][1:]
        return [statistics.median(column) for column in zip(*taken)]


def measure(competitors, batch, seconds):
    baseline, others = competitors[0], competitors[1:]
    rounds = -WARM_UP_ROUNDS
    begin = time.perf_counter()
    while rounds < 3 or time.perf_counter() - begin < seconds:
        if rounds == 0:
            begin = time.perf_counter()
        for other in others:
            pair = baseline.turn(batch), other.turn(batch)
            if rounds >= 0:
                baseline.turns.append((pair[0], pair[0]))
                other.turns.append(pair)
        rounds += 1
    return rounds


def product_rate():
    """Returns GFLOP/s of a square product, which shows whether torch has a fast library."""
    square = torch.rand(1024, 1024)
    seconds = []
    for _ in range(6):
        begin = time.perf_counter()
        square @ square
        seconds.append(time.perf_counter() - begin)
    return 2 * 1024**3 / statistics.median(seconds) / 1e9


def print_row(competitor):
    ratio = statistics.median(own[0] / beside[0] for beside, own in competitor.turns)
    step, engine, update = (
        1e6 * statistics.median(own[part] for _, own in competitor.turns) for part in range(3)
    )
    print(f"{competitor.name:<22} {step:9.0f} {ratio:7.3f} {engine:9.0f} {update:9.0f}")


def weights_of(depth):
    """Returns what makes the weights of a layer of ResNet-20: bits, or floats at depth 0."""
    if depth == 0:
        return FloatLayer
    return lambda inputs, outputs: BitLayer(inputs, outputs, depth)


def resnet20(where, seconds):
    import step_cuda  # lies beside this file

    step_cuda.run(weights_of, RATE, EPS, seconds, where == "cuda")


def main():
    if sys.argv[1:2] in (["cuda"], ["try"]):
        given = sys.argv[2:]
        resnet20(sys.argv[1], float(given[0]) if given else 20 if sys.argv[1] == "cuda" else 1)
        return
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    torch.manual_seed(1)
    torch.set_num_threads(os.cpu_count())
    batch = torch.rand(BATCH, UNITS[0]) * 2 - 1, torch.randint(0, UNITS[-1], (BATCH,))
    competitors = [Competitor("float, torch's Adam", FloatLayer, STEPS)]
    for depth in DEPTHS:
        competitors.append(
            Competitor(
                f"op-by-op {depth}:all",
                lambda inputs, outputs, depth=depth: BitLayer(inputs, outputs, depth),
                OP_BY_OP_STEPS,
            )
        )
    print(
        f"== lenet300, batch {BATCH}; {torch.get_num_threads()} threads,"
        f" torch {torch.__version__}, Python {sys.version.split()[0]}"
    )
    print(f"matrix product 1024 x 1024 x 1024: {product_rate():.1f} GFLOP/s")
    rounds = measure(competitors, batch, seconds)
    print(f"{rounds} rounds\n")
    print(f"{'us per step, medians':<22} {'step':>9} {'ratio':>7} {'engine':>9} {'update':>9}")
    for competitor in competitors:
        print_row(competitor)


if __name__ == "__main__":
    main()
