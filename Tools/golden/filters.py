#!/usr/bin/env python3
"""Writes what Pillow's filters and its padding make of a picture (Tests/HoneDataTests/Fixtures/filters.json).

Needs Pillow and torchvision, whose bicubic resize of tensors is checked to be within one step of Pillow's.
Run from the repository's root: python Tools/golden/filters.py
"""

import json
import pathlib

import numpy as np
import PIL
import torch
from PIL import Image, ImageOps
from torchvision.transforms import v2

OUT = pathlib.Path("Tests/HoneDataTests/Fixtures/filters.json")
FILTERS = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC,
           "lanczos": Image.Resampling.LANCZOS}


def main():
    pixels = np.random.default_rng(7).integers(0, 256, size=(13, 19, 3), dtype=np.uint8)
    pixels[4:8, 5:12] = 255
    pixels[9:, :6] = 0
    picture = Image.fromarray(pixels)
    resized, boxed, stretched = [], [], []
    for name, kind in FILTERS.items():
        for height, width in ((6, 8), (26, 31), (13, 7), (40, 19)):
            made = np.asarray(picture.resize((width, height), kind))
            if name == "bicubic":
                other = v2.functional.resize(torch.tensor(pixels).permute(2, 0, 1), [height, width],
                                             interpolation=v2.InterpolationMode.BICUBIC, antialias=True)
                gap = np.abs(other.permute(1, 2, 0).numpy().astype(int) - made.astype(int)).max()
                assert gap <= 1, gap
            resized.append({"filter": name, "size": [height, width], "pixels": made.flatten().tolist()})
        side = 10
        boxed.append({"filter": name, "side": side, "pixels": np.asarray(
            ImageOps.pad(picture, (side, side), kind, color=0)).flatten().tolist()})
        stretched.append({"filter": name, "side": side,
                          "pixels": np.asarray(picture.resize((side, side), kind)).flatten().tolist()})
    turned = picture.transpose(Image.Transpose.ROTATE_90)
    boxed.append({"filter": "bilinear", "side": 11, "turned": True, "pixels": np.asarray(
        ImageOps.pad(turned, (11, 11), FILTERS["bilinear"], color=0)).flatten().tolist()})
    OUT.write_text(json.dumps({
        "versions": {"pillow": PIL.__version__, "torch": torch.__version__}, "size": [13, 19],
        "picture": pixels.flatten().tolist(), "turned": np.asarray(turned).flatten().tolist(),
        "resized": resized, "boxed": boxed, "stretched": stretched}) + "\n")


if __name__ == "__main__":
    main()
