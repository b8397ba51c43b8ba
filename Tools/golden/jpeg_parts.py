"""Writes the JPEG files whose parts are compared with the whole: all samplings of chroma, and what else
decodes in a way of its own.

    python Tools/golden/jpeg_parts.py

writes into Tests/HoneDataTests/Fixtures/Parts. The picture is drawn from a fixed seed.
"""

import pathlib

import numpy
from PIL import Image

TARGET = pathlib.Path(__file__).resolve().parents[2] / "Tests/HoneDataTests/Fixtures/Parts"


def picture(height, width):
    generator = numpy.random.default_rng(11)
    coarse = generator.integers(0, 256, (9, 12, 3), dtype=numpy.uint8)
    smooth = numpy.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))
    noise = generator.integers(-20, 21, (height, width, 1))
    return Image.fromarray(numpy.clip(smooth.astype(int) + noise, 0, 255).astype(numpy.uint8))


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    photo = picture(133, 181)
    exif = Image.Exif()
    exif[0x0112] = 1
    for name, sampling in [("444", 0), ("422", 1), ("420", 2)]:
        photo.save(TARGET / f"{name}.jpg", quality=80, subsampling=sampling, exif=exif)
    photo.save(TARGET / "progressive.jpg", quality=80, progressive=True)
    photo.save(TARGET / "restarts.jpg", quality=80, restart_marker_blocks=5)
    photo.convert("L").save(TARGET / "grey.jpg", quality=80)
    photo.convert("CMYK").save(TARGET / "inks.jpg", quality=70)


main()
