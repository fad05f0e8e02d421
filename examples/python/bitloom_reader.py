"""Reads bitloom's model files and runs the networks in them. Needs numpy and nothing else.

    python3 bitloom_reader.py model.safetensors FOLDER        # measures it on test samples
    python3 bitloom_reader.py model.safetensors FOLDER inner  # the network nested in it

FOLDER holds idx files, as "./bitloom data export mnist -o FOLDER" writes them, or CIFAR-10's.
In a program: Network(*read_model(path)).classify(pixels)
"""

import gzip, hashlib, json, os, struct, sys
import numpy as np

TYPES = {"U8": "<u1", "U16": "<u2", "U32": "<u4", "F32": "<f4"}
BATCH = 100


def read_model(path):
    """Returns the metadata and a dict of arrays, both checked against the checksum."""
    with open(path, "rb") as file:
        raw = file.read()
    length = struct.unpack_from("<Q", raw)[0]
    header = raw[8 : 8 + length]
    tensors = json.loads(header)
    facts = tensors.pop("__metadata__")
    if facts["format"] != "bitloom" or facts["formatVersion"] not in ("1", "2", "3"):
        raise ValueError(f"{path}: not a bitloom model of format 1 to 3")
    key = b'"sha256":"'
    digits = 8 + header.index(key) + len(key)
    blank = raw[:digits] + b"0" * 64 + raw[digits + 64 :]
    if hashlib.sha256(blank).hexdigest() != facts["sha256"]:
        raise ValueError(f"{path}: sha256 does not match, the file is damaged")
    arrays = {}
    for name, tensor in tensors.items():
        begin, end = (8 + length + offset for offset in tensor["data_offsets"])
        array = np.frombuffer(raw[begin:end], TYPES[tensor["dtype"]])
        arrays[name] = array.reshape(tensor["shape"])
    return facts, arrays


def inner(facts, arrays):
    """Returns the same of the network that is nested in the low bits of this one."""
    values = json.loads(facts["inner"])
    nested = {key[6:]: array for key, array in arrays.items() if key.startswith("inner/")}
    for tensor in values["tensors"]:
        if tensor["kind"] == "bits":
            name = tensor["name"] + ".bits"
            nested[name] = arrays[name] & (2 ** tensor["depth"] - 1)
    return {k: v if k == "network" else json.dumps(v) for k, v in values.items()}, nested


def weights(codes, depth, scale):
    """Turns bit strings into real weights: scale * (1 - 2*sign) * magnitude."""
    codes = codes.astype(np.uint64)
    sign = (codes >> np.uint64(depth - 1)) & np.uint64(1)
    magnitude = codes & np.uint64(2 ** (depth - 1) - 1)
    if depth == 1:
        magnitude = np.ones_like(codes)
    size = magnitude.astype(np.float32) * np.float32(scale)
    return np.where(sign == 1, -size, size)


def parameters(facts, arrays):
    """Returns the array of every parameter by name, in layer order."""
    named = {}
    for tensor in json.loads(facts["tensors"]):
        name = tensor["name"]
        if tensor["kind"] == "float":
            named[name] = arrays[name]
        else:
            scale = arrays[name + ".scale"][0]
            named[name] = weights(arrays[name + ".bits"], tensor["depth"], scale)
    return named


def windows(x, node, fill):
    """Returns what the window sees at every place, [n, channels, places y, x, window y, x]."""
    (py, px), (sy, sx) = node["padding"], node["stride"]
    x = np.pad(x, ((0, 0), (0, 0), (py, py), (px, px)), constant_values=fill)
    seen = np.lib.stride_tricks.sliding_window_view(x, node["window"], axis=(2, 3))
    return seen[:, :, ::sy, ::sx]


def dense(node, own, x):
    return x @ own["weight"].T + own.get("bias", 0)


def convolution(node, own, x):
    parts = []
    for part, weight in zip(np.split(x, node["groups"], 1), np.split(own["weight"], node["groups"])):
        parts.append(np.tensordot(windows(part, node, 0), weight, ((1, 4, 5), (1, 2, 3))))
    y = np.concatenate(parts, -1) + own.get("bias", 0)
    return y.transpose(0, 3, 1, 2)


def batch_norm(node, own, x):
    mean, variance, gamma, beta = (
        own[key].reshape([-1] + [1] * (x.ndim - 2))
        for key in ("runningMean", "runningVariance", "gamma", "beta")
    )
    factor = gamma / np.sqrt(variance + np.float32(node["epsilon"]))
    return (x - mean) * factor + beta


def normalize(facts, arrays, pixels):
    """Returns what the network is fed of raw pixels."""
    kind = json.loads(facts["normalization"])["kind"]
    x = pixels.astype(np.float32)
    if kind == "raw":
        return x
    if kind == "mean-image":
        return (x - arrays["input.mean"]) / arrays["input.deviation"]
    x /= np.float32(255)
    if kind == "unit":
        return x
    mean, deviation = (
        arrays[key].reshape([-1] + [1] * (x.ndim - 2)) for key in ("input.mean", "input.deviation")
    )
    return (x - mean) / deviation


KINDS = {
    "dense": dense,
    "convolution": convolution,
    "batch-norm": batch_norm,
    "relu": lambda node, own, x: np.maximum(x, 0),
    "max-pool": lambda node, own, x: windows(x, node, -np.inf).max((4, 5)),
    "average-pool": lambda node, own, x: windows(x, node, 0).mean((4, 5)),
    "global-average-pool": lambda node, own, x: x.mean((2, 3)),
    "flatten": lambda node, own, x: x.reshape(len(x), -1),
    "add": lambda node, own, *x: sum(x),
}


class Network:
    """A network built from its graph; its weights are decoded once."""

    def __init__(self, facts, arrays):
        if "graph" not in facts:
            raise ValueError(facts["network"] + ": the file has no graph to build it from")
        self.nodes = json.loads(facts["graph"])["nodes"]
        self.last_use = {x: i for i, node in enumerate(self.nodes) for x in node.get("inputs", ())}
        self.own = {node["name"]: {} for node in self.nodes}
        for name, array in parameters(facts, arrays).items():
            node, key = name.rsplit(".", 1)
            self.own[node][key] = array
        self.normalize = lambda pixels: normalize(facts, arrays, pixels)
        self.class_names = json.loads(facts.get("classNames", "[]"))

    def scores(self, pixels):
        """Turns raw pixels, [n] + shape of one input, into [n, classes]."""
        outputs = {}
        for i, node in enumerate(self.nodes):
            if node["kind"] == "input":
                y = self.normalize(pixels)
            else:
                x = [outputs[name] for name in node["inputs"]]
                y = KINDS[node["kind"]](node, self.own[node["name"]], *x)
            outputs = {name: z for name, z in outputs.items() if self.last_use[name] > i}
            outputs[node["name"]] = y
        return y

    def classify(self, pixels):
        """Returns the class of every sample."""
        starts = range(0, len(pixels), BATCH)
        return np.concatenate([self.scores(pixels[i : i + BATCH]).argmax(1) for i in starts])


def read_idx(folder, name):
    """Reads an idx file of a folder, gzipped or not."""
    path = os.path.join(folder, name)
    with gzip.open(path + ".gz") if os.path.exists(path + ".gz") else open(path, "rb") as file:
        raw = file.read()
    dimensions = raw[3]
    shape = struct.unpack_from(f">{dimensions}I", raw, 4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def read_test_samples(folder, shape):
    """Returns test images, [n] + shape, and their labels, [n]."""
    cifar = os.path.join(folder, "test_batch.bin")
    if os.path.exists(cifar):
        records = np.fromfile(cifar, np.uint8).reshape(-1, 3073)
        return records[:, 1:].reshape([-1] + shape), records[:, 0]
    images = read_idx(folder, "t10k-images-idx3-ubyte")
    return images.reshape([-1] + shape), read_idx(folder, "t10k-labels-idx1-ubyte")


def main(model, folder, which="outer"):
    facts, arrays = read_model(model)
    if which == "inner":
        facts, arrays = inner(facts, arrays)
    images, labels = read_test_samples(folder, json.loads(facts["inputShape"]))
    correct = int((Network(facts, arrays).classify(images) == labels).sum())
    print(f"accuracy {correct / len(labels):.4f} ({correct}/{len(labels)})")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:4])
    except (OSError, ValueError) as problem:
        sys.exit(str(problem))
