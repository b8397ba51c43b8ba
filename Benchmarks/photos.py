"""Makes the files that the benchmarks of loading read, once, in a folder: photos as large as those of
ImageNet, and a set of sixty thousand small pictures.

    python photos.py FOLDER
"""

import io
import pathlib
import sys

import numpy
from PIL import Image

PHOTOS = 128
HEIGHT, WIDTH = 375, 500
BYTES = 86_000
SMALL = 60_000
CLASSES = 10


def photo(generator):
    """Noise whose power falls with the square of the frequency, as that of photos does."""
    down = numpy.fft.fftfreq(HEIGHT)[:, None]
    across = numpy.fft.fftfreq(WIDTH)[None]
    falling = 1 / numpy.maximum(numpy.hypot(down, across), 1 / WIDTH)
    planes = []
    for _ in range(3):
        noise = numpy.fft.fft2(generator.standard_normal((HEIGHT, WIDTH)))
        planes.append(numpy.real(numpy.fft.ifft2(noise * falling)))
    light, first, second = (plane / plane.std() for plane in planes)
    # Light varies more than color.
    channels = [light * 55 + first * 12, light * 55 - first * 6 + second * 6, light * 55 - second * 12]
    picture = numpy.clip(numpy.stack(channels, -1) + 120, 0, 255).astype(numpy.uint8)
    return Image.fromarray(picture)


def encoded(picture):
    """As JPEG without subsampling of chroma, of the quality that comes nearest to the size wanted."""
    best = None
    for quality in range(50, 100, 2):
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=quality, subsampling=0)
        distance = abs(buffer.tell() - BYTES)
        if best is None or distance < best[0]:
            best = (distance, buffer.getvalue())
    return best[1]


def write(folder):
    done = folder / "complete"
    if done.exists():
        return
    generator = numpy.random.default_rng(0)
    for index in range(PHOTOS):
        place = folder / "photos" / ("a" if index % 2 else "b")
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{index:05}.jpg").write_bytes(encoded(photo(generator)))
    for label in range(CLASSES):
        place = folder / "small" / f"class{label}"
        place.mkdir(parents=True, exist_ok=True)
        pixels = generator.integers(0, 256, (32, 32, 3), dtype=numpy.uint8)
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, "JPEG", quality=75)
        for index in range(SMALL // CLASSES):
            # A comment of its own makes each file another one.
            content = buffer.getvalue()
            comment = b"\xff\xfe\x00\x08%06d" % index
            (place / f"{index:06}.jpg").write_bytes(content[:2] + comment + content[2:])
    done.write_text("")


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]))
