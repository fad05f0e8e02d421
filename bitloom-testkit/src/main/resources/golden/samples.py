"""Makes the samples in data/: python3 samples.py FOLDER"""
import gzip, os, random, struct, sys

SIDE, CLASSES = 8, 3
rng = random.Random(12)


def part(count):
    pixels, labels = bytearray(), bytearray()
    for i in range(count):
        labels.append(i % CLASSES)
        for row in range(SIDE):
            for column in range(SIDE):
                mean = 140 if row * CLASSES // SIDE == i % CLASSES else 90
                pixels.append(max(0, min(255, int(rng.gauss(mean, 60)))))
    return pixels, labels


def write(name, head, values):
    with open(os.path.join(sys.argv[1], name), "wb") as file:
        file.write(gzip.compress(head + bytes(values), 9, mtime=0))


for name, count in ("train", 60), ("t10k", 45):
    pixels, labels = part(count)
    write(f"{name}-images-idx3-ubyte.gz", struct.pack(">4I", 0x803, count, SIDE, SIDE), pixels)
    write(f"{name}-labels-idx1-ubyte.gz", struct.pack(">2I", 0x801, count), labels)
