"""Writes torchvision's outputs for photos, which `Scripts/prove squeezenet` compares with ours.

    Tools/golden/photos.py PHOTOS WEIGHTS.safetensors TARGET.safetensors

PHOTOS holds a folder for each part, and in it one for each class. The photos are prepared as the
weights are evaluated: the short side resized to 256, the middle 227 pixels cropped.
"""

import pathlib
import sys

import torch
import torchvision
from PIL import Image
from safetensors.torch import load_file, save_file
from torchvision.transforms import functional


def prepared(path):
    image = functional.center_crop(functional.resize(Image.open(path).convert("RGB"), 256), 227)
    return functional.normalize(functional.to_tensor(image), [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])


def main(photos, weights, target):
    model = torchvision.models.squeezenet1_0()
    model.load_state_dict(load_file(weights))
    model.eval()
    files = [path for path in sorted(pathlib.Path(photos).glob("*/*/*")) if path.suffix in (".jpg", ".jpeg")]
    with torch.no_grad():
        outputs = torch.cat([model(prepared(path)[None]) for path in files])
    save_file({"outputs": outputs}, target)


if __name__ == "__main__":
    main(*sys.argv[1:])
