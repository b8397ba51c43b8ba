#!/usr/bin/env python3
"""Writes the embedded digits file and the fixtures of HoneDataTests.

Needs Pillow 13 (`pip install pillow`), whose decoders and resize filter are the reference.

    Tools/golden/data.py digits PATH/digits.csv.gz   # Sources/CAssets/digits.bin
    Tools/golden/data.py fixtures                    # Tests/HoneDataTests/Fixtures
"""

import base64
import gzip
import io
import json
import pathlib
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
    }
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


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "digits":
        write_digits(sys.argv[2])
    elif len(sys.argv) == 2 and sys.argv[1] == "fixtures":
        write_fixtures()
    else:
        sys.exit(__doc__)
