"""Writes the small weight files that WeightFileTests reads, in every form that PyTorch has had.

Run from the repository's root, with torch, numpy and safetensors installed:

    python Tools/golden/weights.py
"""

import io
import pathlib
import struct
import zipfile
from collections import OrderedDict

import numpy as np
import torch
from safetensors.torch import save_file

OUTPUT = pathlib.Path("Tests/HoneNumericsTests/Golden/weights")
TYPES = [
    torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8,
    torch.bool,
]


def state():
    """Every element type, and every way in which a tensor can lie in its storage."""
    generator = torch.Generator().manual_seed(1)
    base = torch.randn(4, 6, generator=generator)
    tensors = OrderedDict(
        dense=base, transposed=base.t(), window=base[1:3, 2:5], reversed_steps=base.flatten()[1::3],
        repeated=base[:1, :2].expand(3, 2), shared=base, scalar=torch.tensor(2.5), empty=torch.zeros(0, 3),
        parameter=torch.nn.Parameter(torch.randn(3, generator=generator)),
        channels_last=torch.randn(2, 3, 2, 2, generator=generator).contiguous(memory_format=torch.channels_last))
    for dtype in TYPES:
        name = str(dtype).removeprefix("torch.")
        tensors[name] = (torch.randn(5, generator=generator) * 3).to(dtype)
    return tensors


def checkpoint(tensors):
    """What a training script keeps, among it names that data parallelism has put a prefix to."""
    weight = torch.nn.Parameter(torch.ones(2))
    optimizer = torch.optim.AdamW([weight])
    weight.sum().backward()
    optimizer.step()
    return {
        "epoch": 3, "best": np.float64(0.5), "big": 2**80, "note": "시험", "done": None, "history": [1.5, (2, True)],
        "state_dict": OrderedDict((f"module.{name}", tensor) for name, tensor in tensors.items()),
        "optimizer": optimizer.state_dict(),
    }


class Evil:
    def __reduce__(self):
        return eval, ("1 + 1",)


def save(value, name, modern, protocol=2):
    torch.save(value, OUTPUT / name, _use_new_zipfile_serialization=modern, pickle_protocol=protocol)


def entries(tensor):
    """The entries of a file with one float32 tensor, in order."""
    buffer = io.BytesIO()
    torch.save({"weight": tensor}, buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def big_endian(tensor):
    """As a machine of the other byte order writes it."""
    with zipfile.ZipFile(OUTPUT / "big-endian.pt", "w") as archive:
        for name, content in entries(tensor).items():
            if name.endswith("/byteorder"):
                content = b"big"
            elif "/data/" in name:
                content = np.frombuffer(content, "<f4").astype(">f4").tobytes()
            archive.writestr(zipfile.ZipInfo(name), content)


def zip64(tensor):
    """All sizes and places in the zip64 fields, as in files of more than 4 GiB."""
    full = 0xFFFFFFFF
    body, directory = b"", b""
    contents = entries(tensor)
    for name, content in contents.items():
        encoded, offset = name.encode(), len(body)
        extra = struct.pack("<HHQQ", 1, 16, len(content), len(content))
        body += struct.pack("<IHHHHHIIIHH", 0x04034B50, 45, 0, 0, 0, 0, 0, full, full, len(encoded), len(extra))
        body += encoded + extra + content
        extra = struct.pack("<HHQQQ", 1, 24, len(content), len(content), offset)
        directory += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, 0, 0, 0, 0, 0, full, full, len(encoded), len(extra), 0, 0, 0, 0,
            full)
        directory += encoded + extra
    end = struct.pack(
        "<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, len(contents), len(contents), len(directory), len(body))
    end += struct.pack("<IIQI", 0x07064B50, 0, len(body) + len(directory), 1)
    end += struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, full, full, 0)
    (OUTPUT / "zip64.pt").write_bytes(body + directory + end)


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    tensors = state()
    save_file({name: tensor.detach().clone().contiguous() for name, tensor in tensors.items()},
              OUTPUT / "expected.safetensors")
    for modern, name in [(True, "zip"), (False, "legacy")]:
        save(tensors, f"{name}.pt", modern)
        save(checkpoint(tensors), f"{name}-checkpoint.pt", modern)
        save({"state_dict": tensors, "hook": Evil()}, f"{name}-evil.pt", modern)
    save(checkpoint(tensors), "zip-protocol4.pt", True, protocol=4)
    save({"a": torch.ones(2, dtype=torch.complex64)}, "complex.pt", True)
    save({"encoder": {"a": torch.ones(2)}, "decoder": {"b": torch.zeros(1)}}, "parts.pt", True)
    big_endian(tensors["dense"])
    zip64(tensors["dense"])


if __name__ == "__main__":
    main()
