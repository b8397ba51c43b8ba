"""Golden pixels for the image augmentation: torchvision's own functions on one small picture.

    python Tools/golden/augmentation.py

writes augmentation.safetensors and augmentation.json into Tests/HoneDataTests/Fixtures. The picture is drawn
here, 48 by 40, with ramps, an edge and noise, so that nothing has to be loaded.
"""

import io
import json
import pathlib

import torch
from PIL import Image
from safetensors.torch import save_file
from torchvision.transforms import InterpolationMode as Mode
from torchvision.transforms.v2 import functional as F

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Tests/HoneDataTests/Fixtures"


def picture():
    generator = torch.Generator().manual_seed(5)
    rows = torch.arange(40).view(1, 40, 1).float()
    columns = torch.arange(48).view(1, 1, 48).float()
    channels = torch.tensor([0.9, 1.3, 0.5]).view(3, 1, 1)
    image = 40 + 3 * rows * channels + 2.2 * columns / channels
    image[:, 10:25, 12:30] = torch.tensor([230.0, 40.0, 90.0]).view(3, 1, 1)
    image += 25 * torch.randn(image.shape, generator=generator)
    return image.clamp(0, 255).to(torch.uint8)


def affine(name, degrees, shift, scale, shear, corner, mode, fill):
    operation = {"affine": {
        "degrees": degrees, "shift": shift, "scale": scale, "shear": shear, "fromCorner": corner,
        "interpolation": mode, "fill": fill}}
    return name, operation, lambda image: F.affine(
        image, degrees, [int(s) for s in shift], scale, shear, Mode(mode), [fill],
        [0, 0] if corner else None)


def rotate(name, degrees, mode, fill):
    operation = {"rotate": {"degrees": degrees, "interpolation": mode, "fill": fill}}
    return name, operation, lambda image: F.rotate(
        image, degrees, Mode(mode), fill=[fill])


def perspective(name, corners, mode, fill):
    operation = {"perspective": {"corners": corners, "interpolation": mode, "fill": fill}}
    start = [[0, 0], [47, 0], [47, 39], [0, 39]]
    end = [corners[i:i + 2] for i in range(0, 8, 2)]
    return name, operation, lambda image: F.perspective(image, start, end, Mode(mode), [fill])


def pad(name, left, top, right, bottom, mode, fill):
    operation = {"pad": {
        "top": top, "left": left, "bottom": bottom, "right": right, "mode": mode, "fill": fill}}
    return name, operation, lambda image: F.pad(image, [left, top, right, bottom], fill, mode)


def plain(name, kind, parameters, body):
    return name, {kind: parameters}, body


def jpeg(image):
    file = io.BytesIO()
    F.to_pil_image(image).save(file, "JPEG", quality=40)
    return F.pil_to_tensor(Image.open(file))


def cases():
    yield rotate("rotate-nearest", 17.0, "nearest", 0.0)
    yield rotate("rotate-bilinear", -33.5, "bilinear", 0.0)
    yield rotate("rotate-fill", 25.0, "bilinear", 128.0)
    yield rotate("rotate-half", 180.0, "nearest", 0.0)
    yield affine("affine-bilinear", 12.0, [7, -4], 0.9, [8.0, -5.0], False, "bilinear", 9.0)
    yield affine("affine-nearest", -20.0, [0, 0], 1.3, [0.0, 0.0], False, "nearest", 0.0)
    yield affine("shear-corner", 0.0, [0, 0], 1.0, [16.7, 0.0], True, "nearest", 0.0)
    yield perspective(
        "perspective-bilinear", [5, 3, 44, 1, 46, 35, 2, 37], "bilinear", 0.0)
    yield perspective("perspective-nearest", [0, 8, 40, 0, 47, 39, 7, 30], "nearest", 3.0)
    for mode in ["constant", "edge", "reflect", "symmetric"]:
        yield pad(f"pad-{mode}", 5, 3, 9, 2, mode, 17.0)
    yield plain("resize-down", "resize", {"height": 19, "width": 23}, lambda image: F.resize(
        image, [19, 23], antialias=True))
    yield plain("resize-up", "resize", {"height": 61, "width": 70}, lambda image: F.resize(
        image, [61, 70], antialias=True))
    box = {"top": 7, "left": 11, "height": 23, "width": 31}
    yield plain(
        "resized-crop", "resizedCrop", box | {"targetHeight": 32, "targetWidth": 32},
        lambda image: F.resized_crop(image, 7, 11, 23, 31, [32, 32], antialias=True))
    yield plain("flip-across", "flipHorizontally", {}, F.horizontal_flip)
    yield plain("flip-down", "flipVertically", {}, F.vertical_flip)
    for factor in [0.4, 1.6]:
        value = {"factor": factor}
        yield plain(f"brightness-{factor}", "brightness", value,
                    lambda image, f=factor: F.adjust_brightness(image, f))
        yield plain(f"contrast-{factor}", "contrast", value,
                    lambda image, f=factor: F.adjust_contrast(image, f))
        yield plain(f"saturation-{factor}", "saturation", value,
                    lambda image, f=factor: F.adjust_saturation(image, f))
        yield plain(f"sharpness-{factor}", "sharpness", value,
                    lambda image, f=factor: F.adjust_sharpness(image, f))
        yield plain(f"gamma-{factor}", "gamma", {"exponent": factor},
                    lambda image, f=factor: F.adjust_gamma(image, f))
    for turn in [-0.2, 0.13, 0.5]:
        yield plain(f"hue-{turn}", "hue", {"turn": turn},
                    lambda image, t=turn: F.adjust_hue(image, t))
    for bits in [1, 4, 7]:
        yield plain(f"posterize-{bits}", "posterize", {"bits": bits},
                    lambda image, b=bits: F.posterize(image, b))
    for threshold in [0.0, 128.0, 200.0]:
        yield plain(f"solarize-{threshold}", "solarize", {"threshold": threshold},
                    lambda image, t=threshold: F.solarize(image, t))
    yield plain("autocontrast", "autocontrast", {}, F.autocontrast)
    yield plain("equalize", "equalize", {}, F.equalize)
    yield plain("invert", "invert", {}, F.invert)
    yield plain("grayscale", "grayscale", {}, lambda image: F.rgb_to_grayscale(image, 3))
    yield plain("permute", "permuteChannels", {"order": [2, 0, 1]},
                lambda image: F.permute_channels(image, [2, 0, 1]))
    yield plain("blur-5", "gaussianBlur", {"size": 5, "sigma": 1.2},
                lambda image: F.gaussian_blur(image, [5, 5], [1.2, 1.2]))
    yield plain("blur-9", "gaussianBlur", {"size": 9, "sigma": 2.0},
                lambda image: F.gaussian_blur(image, [9, 9], [2.0, 2.0]))
    # By Pillow, since torchvision's own coder is not in every installation.
    yield plain("jpeg-40", "jpeg", {"quality": 40}, jpeg)


def main():
    image = picture()
    tensors = {"input": image}
    described = []
    for name, operation, body in cases():
        tensors[name] = body(image).contiguous()
        described.append({
            "name": name, "operation": operation, "height": tensors[name].shape[1],
            "width": tensors[name].shape[2]})
    save_file(tensors, FIXTURES / "augmentation.safetensors")
    lines = ",\n".join("  " + json.dumps(case) for case in described)
    (FIXTURES / "augmentation.json").write_text("[\n" + lines + "\n]\n")


main()
