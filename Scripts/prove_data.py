"""The part of Scripts/prove that trains on data larger than the memory it may take."""
import json
import os
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import time

from proving import HONE, RESULTS, header

GIBIBYTE = 1 << 30
BYTES = 4 * GIBIBYTE
# What a training on as much may take of anonymous memory: pages that are nobody's file.
ALLOWED = GIBIBYTE
HEIGHT, WIDTH = 375, 500
SIDE = 28


def write_idx(folder):
    """Small grey pictures in one file: a class's share of light is its own."""
    count = BYTES // (SIDE * SIDE) + 1
    piece = 10_000
    generator = random.Random(1)
    folder.mkdir()
    with open(folder / "train-images-idx3-ubyte", "wb") as images, \
            open(folder / "train-labels-idx1-ubyte", "wb") as labels:
        images.write(struct.pack(">IIII", 0x803, count, SIDE, SIDE))
        labels.write(struct.pack(">II", 0x801, count))
        for first in range(0, count, piece):
            length = min(piece, count - first)
            pixels = bytearray(generator.randbytes(length * SIDE * SIDE))
            numbers = generator.randbytes(length)
            for place in range(length):
                row = place * SIDE * SIDE + numbers[place] % 10 * 2 * SIDE
                pixels[row:row + SIDE] = b"\xff" * SIDE
            images.write(pixels)
            labels.write(bytes(number % 10 for number in numbers))
    return count


def write_photos(folder):
    """Bitmaps, each of bytes of its own, in two classes; one of them is brighter."""
    row = (WIDTH * 3 + 3) // 4 * 4
    size = HEIGHT * row
    count = BYTES // size + 1
    generator = random.Random(2)
    start = struct.pack("<2sIHHI", b"BM", 54 + size, 0, 0, 54)
    start += struct.pack("<IiiHHIIiiII", 40, WIDTH, HEIGHT, 1, 24, 0, size, 2835, 2835, 0, 0)
    darker = bytes(value // 2 for value in range(256))
    for index in range(count):
        place = folder / ("bright" if index % 2 else "dark")
        place.mkdir(parents=True, exist_ok=True)
        pixels = generator.randbytes(size)
        (place / f"{index:06}.bmp").write_bytes(start + (pixels if index % 2 else pixels.translate(darker)))
    return count


def peak_while(command, folder):
    """Runs a command, and gives its object, its seconds and the largest anonymous and whole memory."""
    start = time.monotonic()
    anonymous = 0
    with open(folder / "errors", "w") as errors, open(folder / "output", "w") as output:
        with subprocess.Popen(command, cwd=folder, stdout=output, stderr=errors) as process:
            while process.poll() is None:
                try:
                    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
                        if line.startswith("RssAnon:"):
                            anonymous = max(anonymous, int(line.split()[1]) * 1024)
                except OSError:
                    pass
                time.sleep(0.02)
    if process.returncode != 0:
        sys.exit(f"prove: {command} ended with {process.returncode}: {(folder / 'errors').read_text()[-2000:]}")
    return json.loads((folder / "output").read_text()), time.monotonic() - start, anonymous


def large_set(folder):
    """Trains on four gibibytes in three forms, and watches the anonymous memory."""
    if not os.path.exists("/proc/self/status"):
        sys.exit("prove: large-set reads /proc, which this system has not")
    folder = pathlib.Path(folder)
    free = shutil.disk_usage(folder).free
    if free < 3 * BYTES:
        sys.exit(f"prove: large-set writes {3 * BYTES / GIBIBYTE:.0f} GiB below {tempfile.gettempdir()}; "
                 f"{free / GIBIBYTE:.1f} GiB are free there")
    text = header("Training on more data than memory may hold", "Scripts/prove large-set")
    text += (
        "Each set is of 4 GiB and made for the measurement; one epoch is trained, validated and tested. The "
        "memory is the largest `RssAnon` of `/proc/PID/status`, taken every 20 ms: what the process holds itself. "
        "Pages of mapped files are not in it; the system keeps them as long as it has room.\n\n"
        "| data | samples | command | anonymous memory | images/s | waiting for data | whole run |\n"
        "|---|---:|---|---:|---:|---:|---:|\n")
    photos = ["--model", "cnn", "--epochs", "1", "--set", "data.imageSize=64", "--set", "data.normalize=imagenet"]
    plans = [
        ("one IDX file, mapped", "idx", write_idx, ["--model", "mlp", "--epochs", "1", "--batch-size", "512"]),
        ("a folder of bitmaps", "photos", write_photos, photos),
        ("the same, packed", "photos", None, [*photos, "--set", "data.cache.kind=raw"])]
    worst = 0
    for title, name, write, arguments in plans:
        if write:
            count = write(folder / name)
        command = [str(HONE), "train", name, *arguments]
        record, seconds, anonymous = peak_while([*command, "--json", "--lang", "en"], folder)
        worst = max(worst, anonymous)
        text += (
            f"| {title} | {count:,} | `hone {' '.join(command[1:])}` | {anonymous / 2**20:.0f} MiB | "
            f"{record['samplesPerSecond']:.0f} | {record['waitShare']:.1%} | {seconds:.0f} s |\n")
        print(f"prove: large-set: {title}: {anonymous / 2**20:.0f} MiB, {seconds:.0f} s", flush=True)
        if name == "idx":
            shutil.rmtree(folder / name)
    (RESULTS / "large-set.md").write_text(text)
    return worst <= ALLOWED
