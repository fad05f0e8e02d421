"""Steps of ResNet-20 in PyTorch on a GPU: what a user would take instead of bitloom.

Float training by torch's Adam, eager and as a CUDA graph, and bit-wise training op by op, all on one
batch that lies on the device. Called by step.py; prints rows of a Markdown table.
"""

import math
import statistics
import time

import torch
import torch.nn.functional as F

CLASSES = 10
WARM_UP_TURNS = 3


class BitConvolution(torch.nn.Module):
    def __init__(self, inputs, outputs, size, stride, make_weight):
        super().__init__()
        self.stride = stride
        self.padding = size // 2
        self.own = make_weight(inputs * size * size, outputs)
        self.shape = (outputs, inputs, size, size)

    def forward(self, values):
        return F.conv2d(
            values, self.own.weight().view(self.shape), stride=self.stride, padding=self.padding
        )


class Block(torch.nn.Module):
    def __init__(self, inputs, outputs, stride, make_weight):
        super().__init__()
        self.conv1 = BitConvolution(inputs, outputs, 3, stride, make_weight)
        self.norm1 = torch.nn.BatchNorm2d(outputs)
        self.conv2 = BitConvolution(outputs, outputs, 3, 1, make_weight)
        self.norm2 = torch.nn.BatchNorm2d(outputs)
        self.shortcut = None
        if inputs != outputs:
            self.shortcut = BitConvolution(inputs, outputs, 1, stride, make_weight)

    def forward(self, values):
        beside = values if self.shortcut is None else self.shortcut(values)
        values = F.relu(self.norm1(self.conv1(values)))
        return F.relu(self.norm2(self.conv2(values)) + beside)


class ResNet20(torch.nn.Module):
    def __init__(self, make_weight):
        super().__init__()
        self.first = BitConvolution(3, 16, 3, 1, make_weight)
        self.norm = torch.nn.BatchNorm2d(16)
        blocks = []
        inputs = 16
        for outputs in (16, 32, 64):
            for number in range(3):
                stride = 2 if number == 0 and outputs > 16 else 1
                blocks.append(Block(inputs, outputs, stride, make_weight))
                inputs = outputs
        self.blocks = torch.nn.Sequential(*blocks)
        self.last = make_weight(64, CLASSES)
        self.bias = torch.nn.Parameter(torch.zeros(CLASSES))

    def forward(self, values):
        values = self.blocks(F.relu(self.norm(self.first(values))))
        return F.linear(values.mean((2, 3)), self.last.weight(), self.bias)


class Training:
    """A network, its Adam, and a step that need not wait for the device."""

    def __init__(self, name, make_weight, batch, rate, eps, graph=False):
        self.name = name
        self.batch = batch
        self.network = ResNet20(make_weight).to(batch[0].device)
        self.adam = torch.optim.Adam(self.network.parameters(), lr=rate, eps=eps, capturable=graph)
        self.step = self.eager
        self.turns = []
        if graph:
            self.capture()

    def eager(self):
        self.adam.zero_grad(set_to_none=True)
        F.cross_entropy(self.network(self.batch[0]), self.batch[1]).backward()
        self.adam.step()

    def capture(self):
        beside = torch.cuda.Stream()
        beside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(beside):
            for _ in range(3):
                self.eager()
        torch.cuda.current_stream().wait_stream(beside)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self.eager()
        self.step = graph.replay

    def turn(self, steps):
        """Takes steps and returns the milliseconds of one."""
        self.wait()
        begin = time.perf_counter()
        for _ in range(steps):
            self.step()
        self.wait()
        return 1e3 * (time.perf_counter() - begin) / steps

    def wait(self):
        if self.batch[0].is_cuda:
            torch.cuda.synchronize()


def run(layers, rate, eps, seconds, cuda):
    """Times all trainings in turns; layers makes the weights of step.py by depth, 0 = floats."""
    size, steps = (128, 20) if cuda else (4, 1)
    device = torch.device("cuda" if cuda else "cpu")
    name = torch.cuda.get_device_name() if cuda else "cpu"
    torch.manual_seed(1)
    batch = (
        (torch.rand(size, 3, 32, 32) * 2 - 1).to(device),
        torch.randint(0, CLASSES, (size,)).to(device),
    )
    trainings = [Training("float, torch's Adam, eager", layers(0), batch, rate, eps)]
    if cuda:
        graph = Training("float, torch's Adam, CUDA graph", layers(0), batch, rate, eps, graph=True)
        trainings.append(graph)
    for depth in (2, 6, 8, 32) if cuda else (6,):
        trainings.append(Training(f"op-by-op {depth}:all", layers(depth), batch, rate, eps))
    print(f"{name}, torch {torch.__version__}, CUDA {torch.version.cuda}\n")
    rounds = -WARM_UP_TURNS if cuda else -1
    begin = time.perf_counter()
    while rounds < 1 or time.perf_counter() - begin < seconds:
        if rounds == 0:
            begin = time.perf_counter()
        for training in trainings:
            taken = training.turn(steps)
            if rounds >= 0:
                training.turns.append(taken)
        rounds += 1
    first = trainings[0]
    for training in trainings:
        ratio = statistics.median(own / base for own, base in zip(training.turns, first.turns))
        step = statistics.median(training.turns)
        print(
            f"| python | resnet20, batch {size}, {training.name} | {step:.3f} ms"
            f" | ratio {ratio:.3f} to torch's eager Adam; {rounds} turns |",
            flush=True,
        )
