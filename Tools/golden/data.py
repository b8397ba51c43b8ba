#!/usr/bin/env python3
"""Writes the embedded digits file and the fixtures of HoneDataTests.

Needs Pillow 13 (`pip install pillow`), whose decoders and resize filter are the reference, NumPy and
safetensors.

    Tools/golden/data.py digits PATH/digits.csv.gz   # Sources/CAssets/digits.bin
    Tools/golden/data.py fixtures                    # Tests/HoneDataTests/Fixtures
    Tools/golden/data.py crops                       # crops.json there; needs torchvision
"""

import base64
import gzip
import io
import json
import pathlib
import struct
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "Tests/HoneDataTests/Fixtures"


def write_digits(path):
    rows = [line.split(",") for line in gzip.open(path, "rt").read().split()]
    assert len(rows) == 1797 and all(len(row) == 65 for row in rows)
    pixels = b"".join(bytes(int(float(value)) for value in row[:64]) for row in rows)
    labels = bytes(int(float(row[64])) for row in rows)
    assert max(pixels) == 16 and max(labels) == 9
    (ROOT / "Sources/CAssets/digits.bin").write_bytes(pixels + labels)


def scene(width, height):
    """A picture with a gradient, an edge and a corner, so that no turn of it equals another."""
    from PIL import Image

    image = Image.new("RGB", (width, height))
    for y in range(height):
        for x in range(width):
            corner = x < width // 3 and y < height // 3
            image.putpixel((x, y), (255 if corner else 8 * x % 256, 11 * y % 256, 5 * (x + y) % 256))
    return image


def encoded(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def bitmap(width, height, bits, compression, rows, palette=b"", masks=b"", size=40):
    """A BMP of the given header, as other programs write them and Pillow does not."""
    head = struct.pack("<IiiHHIIiiII", size, width, height, 1, bits, compression, len(rows), 0, 0,
                       len(palette) // 4, 0)
    if size == 12:
        head = struct.pack("<IHHHH", 12, width, height, 1, bits)
    start = 14 + len(head) + len(masks) + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + head + masks + palette + rows


def bitmaps(image):
    """Bitmaps of each depth, row order and compression."""
    few = image.quantize(16)
    colors = few.getpalette()[:48]
    palette = b"".join(bytes((colors[i + 2], colors[i + 1], colors[i], 0)) for i in range(0, 48, 3))
    short = b"".join(palette[i:i + 3] for i in range(0, 64, 4)) + bytes(3 * 240)
    width, height = image.size
    index = few.load()
    rows = [[index[x, y] for x in range(width)] for y in reversed(range(height))]
    runs8, runs4 = bytearray(), bytearray()
    for y, row in enumerate(rows):
        # The first rows as runs, the others as they are; both forms of each compression.
        if y % 2:
            runs8 += b"".join(bytes((1, value)) for value in row)
            runs4 += b"".join(bytes((2, row[x] << 4 | row[x + 1])) for x in range(0, width, 2))
        else:
            runs8 += bytes((0, width)) + bytes(row) + b"\0" * (width % 2)
            packed = bytes(row[x] << 4 | row[x + 1] for x in range(0, width, 2))
            runs4 += bytes((0, width)) + packed + b"\0" * (len(packed) % 2)
        runs8 += b"\0\0"
        runs4 += b"\0\0"
    pixels = image.load()
    high, wide = bytearray(), bytearray()
    for y in range(height):
        for x in range(width):
            red, green, blue = pixels[x, y]
            high += struct.pack("<H", (red >> 3) << 11 | (green >> 2) << 5 | blue >> 3)
            wide += struct.pack("<I", red << 24 | green << 16 | blue << 8)
    return {
        "color.bmp": encoded(image, "BMP"),
        "grey.bmp": encoded(image.convert("L"), "BMP"),
        "bits.bmp": encoded(image.convert("1"), "BMP"),
        "palette.bmp": encoded(few, "BMP"),
        "runs8.bmp": bitmap(width, height, 8, 1, bytes(runs8) + b"\0\1", palette),
        "runs4.bmp": bitmap(width, height, 4, 2, bytes(runs4) + b"\0\1", palette),
        "half.bmp": bitmap(width, -height, 16, 3, bytes(high), masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F)),
        "wide.bmp": bitmap(width, -height, 32, 3, bytes(wide), masks=struct.pack("<III", 0xFF000000, 0xFF0000, 0xFF00)),
        "old.bmp": bitmap(width, height, 8, 0, b"".join(bytes(row) for row in rows), short, size=12),
    }


def write_fixtures():
    from PIL import Image, ImageOps

    FIXTURES.mkdir(parents=True, exist_ok=True)
    image = scene(24, 17)
    grey = image.convert("L")
    alpha = image.convert("RGBA")
    alpha.putalpha(grey)
    grey16 = Image.frombytes("I;16", (24, 17), bytes(v for p in grey.tobytes() for v in (37, p)))
    turned = Image.Exif()
    turned[0x0112] = 6
    files = {
        "color.png": encoded(image, "PNG"),
        "grey.png": encoded(grey, "PNG"),
        "palette.png": encoded(image.quantize(16), "PNG"),
        "alpha.png": encoded(alpha, "PNG"),
        "color.jpg": encoded(image, "JPEG", quality=90, subsampling=0),
        "grey.jpg": encoded(grey, "JPEG", quality=90),
        "inks.jpg": encoded(image.convert("CMYK"), "JPEG", quality=95),
        "turned.jpg": encoded(image, "JPEG", quality=90, subsampling=0, exif=turned),
        "turned.png": encoded(image, "PNG", exif=turned),
        "color.webp": encoded(image, "WEBP", quality=90),
        "exact.webp": encoded(image, "WEBP", lossless=True),
        "alpha.webp": encoded(alpha, "WEBP", lossless=True, exact=True),
        "turned.webp": encoded(image, "WEBP", lossless=True, exif=turned),
        "moving.webp": encoded(image, "WEBP", lossless=True, save_all=True, append_images=[image.rotate(180)]),
    } | bitmaps(image)
    expected = {}
    for name, data in files.items():
        (FIXTURES / name).write_bytes(data)
        shown = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
        expected[name] = {
            "width": shown.width,
            "height": shown.height,
            "rgb": base64.b64encode(shown.tobytes()).decode(),
        }
    deep = encoded(grey16, "PNG")
    (FIXTURES / "grey16.png").write_bytes(deep)
    expected["grey16.png"] = {
        "width": 24, "height": 17,
        "rgb": base64.b64encode(grey.convert("RGB").tobytes()).decode(),
    }
    (FIXTURES / "truncated.jpg").write_bytes(files["color.jpg"][: len(files["color.jpg"]) * 2 // 3])
    (FIXTURES / "truncated.png").write_bytes(files["color.png"][: len(files["color.png"]) * 2 // 3])
    (FIXTURES / "decoded.json").write_text(json.dumps(expected, indent=1) + "\n")
    resized = []
    for width, height in ((10, 7), (40, 33), (24, 5)):
        small = image.resize((width, height), Image.Resampling.BILINEAR)
        resized.append({
            "width": width, "height": height, "rgb": base64.b64encode(small.tobytes()).decode(),
        })
    (FIXTURES / "resized.json").write_text(json.dumps(resized, indent=1) + "\n")


def write_crops():
    """Where torchvision's Resize and CenterCrop put their windows."""
    import torch
    from torchvision.transforms import functional

    rows = []
    for width, height in ((500, 375), (500, 333), (375, 500), (768, 432), (256, 256), (193, 130), (101, 77), (33, 100)):
        for resize, crop in ((256, 224), (256, 227), (232, 224), (64, 64), (63, 62), (12, 7)):
            fitted = functional.resize(torch.zeros(1, height, width), resize, antialias=True).shape[1:]
            places = torch.stack(torch.meshgrid(*(torch.arange(extent) for extent in fitted), indexing="ij"))
            top, left = functional.center_crop(places, crop)[:, 0, 0].tolist()
            rows.append([height, width, resize, crop, *fitted, top, left])
    (FIXTURES / "crops.json").write_text("[\n" + ",\n".join(f" {row}" for row in rows) + "\n]\n")


def write_arrays():
    """Files of NumPy and safetensors, and what they hold."""
    import numpy as np
    from safetensors.numpy import save_file

    folder = FIXTURES / "Arrays"
    folder.mkdir(exist_ok=True)
    generator = np.random.default_rng(5)
    kinds = {
        "u1": "u1", "i2": "<i2", "u2": "<u2", "i4": ">i4", "i8": "<i8", "f2": "<f2", "f4": ">f4",
        "f8": "<f8", "b1": "?",
    }
    expected = {}
    for name, kind in kinds.items():
        values = generator.integers(0, 2 if kind == "?" else 100, (3, 4)).astype(kind)
        if "f" in kind:
            values = (values / 8).astype(kind)
        np.save(folder / f"{name}.npy", values)
        expected[name] = {"shape": [3, 4], "values": [float(v) for v in values.ravel()]}
    np.save(folder / "wide.npy", np.array(["고양이", "dog", ""]))
    np.save(folder / "bytes.npy", np.array([b"cat", b"dog"]))
    np.save(folder / "objects.npy", np.array([{"a": 1}, None]), allow_pickle=True)
    np.save(folder / "columns.npy", np.asfortranarray(np.arange(6.0).reshape(2, 3)))
    images = generator.integers(0, 256, (6, 5, 4, 3)).astype("u1")
    labels = np.array([0, 1, 2, 0, 1, 2])
    planes = images.transpose(0, 3, 1, 2).copy()
    np.savez(folder / "plain.npz", x_train=images[:4], y_train=labels[:4], x_test=images[4:],
             y_test=labels[4:])
    np.savez_compressed(
        folder / "packed.npz", train_images=images[:4], train_labels=labels[:4, None],
        test_images=images[4:], test_labels=labels[4:, None])
    save_file({"x": planes, "y": labels}, folder / "planes.safetensors")
    np.savez(folder / "table.npz", X=generator.normal(size=(8, 3)), y=np.linspace(0, 1, 8))
    np.savez(folder / "light.npz", x=(images[..., 0] / 255).astype("f4"), y=labels)
    expected["images"] = {"shape": [6, 3, 5, 4], "values": [float(v) for v in planes.ravel()]}
    (folder / "expected.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "digits":
        write_digits(sys.argv[2])
    elif len(sys.argv) == 2 and sys.argv[1] == "fixtures":
        write_fixtures()
        write_arrays()
    elif sys.argv[1:] == ["crops"]:
        write_crops()
    else:
        sys.exit(__doc__)
