#!/usr/bin/env python3
"""Writes what torchvision's transforms for detectors make of boxes (Tests/HoneDataTests/Fixtures/detection.json).

Needs torch and torchvision. Run from the repository's root: python Tools/golden/detection.py
"""

import json
import pathlib
from unittest import mock

import torch
import torchvision
from torchvision import tv_tensors
from torchvision.ops import box_iou
from torchvision.transforms import v2

OUT = pathlib.Path("Tests/HoneDataTests/Fixtures/detection.json")
FORMATS = {"corners": "XYXY", "cornerAndSize": "XYWH", "centerAndSize": "CXCYWH"}


def boxes(values, size, kind="XYXY"):
    return tv_tensors.BoundingBoxes(torch.tensor(values, dtype=torch.float64), format=kind, canvas_size=size)


def main():
    torch.manual_seed(3)
    size = (40, 60)
    corners = (torch.rand(8, 4, dtype=torch.float64) * 80 - 10).round(decimals=3)
    corners = torch.cat([torch.minimum(corners[:, :2], corners[:, 2:]), torch.maximum(corners[:, :2], corners[:, 2:])], 1)
    corners[2, 2:] = corners[2, :2] + 0.5
    corners[3] = torch.tensor([4.0, 5.0, 14.0, 25.0])
    stored = boxes(corners.tolist(), size)
    converted = {name: v2.functional.convert_bounding_box_format(stored, new_format=kind).tolist()
                 for name, kind in FORMATS.items()}
    clamped = v2.ClampBoundingBoxes()(stored)
    kept = []
    for index in range(len(corners)):
        single = boxes([clamped[index].tolist()], size)
        sample = {"boxes": single, "labels": torch.tensor([index])}
        if len(v2.SanitizeBoundingBoxes(min_size=3, min_area=20)(sample)["labels"]):
            kept.append(index)
    image = torch.zeros(3, *size, dtype=torch.uint8)
    jittered, shortest = [], []
    for share in (0.0, 0.25, 0.6, 0.9):
        with mock.patch.object(torch, "rand", lambda *a, share=share, **k: torch.tensor([share])):
            made = v2.ScaleJitter(target_size=(64, 64), scale_range=(0.1, 2.0)).make_params([image])
        jittered.append({"share": share, "size": list(made["size"])})
    for side, longest in ((20, None), (33, 45), (50, 200), (7, 9)):
        made = v2.RandomShortestSize([side], max_size=longest).make_params([image])
        shortest.append({"side": side, "longest": longest, "size": list(made["size"])})
    resized = v2.Resize((25, 90))({"boxes": stored, "image": tv_tensors.Image(image)})["boxes"]
    OUT.write_text(json.dumps({
        "versions": {"torch": torch.__version__, "torchvision": torchvision.__version__},
        "size": list(size), "boxes": corners.tolist(), "converted": converted,
        "clamped": clamped.tolist(), "kept": kept, "overlaps": box_iou(corners, corners).tolist(),
        "jittered": jittered, "shortest": shortest, "resized": resized.tolist(),
    }) + "\n")


if __name__ == "__main__":
    main()
