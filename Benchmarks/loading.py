"""The Python side of the benchmarks of loading: PyTorch's DataLoader with torchvision's transforms,
AlbumentationsX or Kornia, on one core.

The peers get their data in the form that suits them best: decoded pictures lie in memory, where Hone reads
its packed file; Kornia changes whole batches.
"""

import os
import pathlib
import time

MEAN = [0.485, 0.456, 0.406]
DEVIATION = [0.229, 0.224, 0.225]


def installed(peer):
    """Whether what a workload needs is here."""
    try:
        import cv2  # noqa: F401
        import torchvision  # noqa: F401

        if peer == "albumentations":
            import albumentations  # noqa: F401
        elif peer == "kornia":
            import kornia  # noqa: F401
    except ImportError:
        return False
    return True


def torchvision_chain(name, side):
    import torch
    from torchvision.transforms import v2

    flip = v2.RandomHorizontalFlip(0.5)
    end = [v2.ToDtype(torch.float32, scale=True), v2.Normalize(MEAN, DEVIATION)]
    steps = {
        "crop": [v2.RandomCrop(side, padding=4), flip, *end],
        "resizedCrop": [v2.RandomResizedCrop(side, antialias=True), flip, *end],
        "full": [
            v2.RandomResizedCrop(side, antialias=True), flip, v2.RandomRotation(15),
            v2.ColorJitter(0.4, 0.4, 0.4, 0.1), *end, v2.RandomErasing()],
        "none": [v2.Resize(side, antialias=True), v2.CenterCrop(side), *end],
    }
    return v2.Compose(steps[name])


def albumentations_chain(name, side):
    import albumentations as A
    from albumentations.pytorch import ToTensorV2

    flip = A.HorizontalFlip(p=0.5)
    end = [A.Normalize(MEAN, DEVIATION)]
    steps = {
        "crop": [A.Pad(4), A.RandomCrop(side, side), flip, *end],
        "resizedCrop": [A.RandomResizedCrop((side, side)), flip, *end],
        "full": [
            A.RandomResizedCrop((side, side)), flip, A.Rotate((-15, 15), p=1),
            A.ColorJitter((0.6, 1.4), (0.6, 1.4), (0.6, 1.4), (-0.1, 0.1), p=1), *end,
            A.Erasing(p=0.5)],
    }
    chain = A.Compose([*steps[name], ToTensorV2()])
    return lambda picture: chain(image=picture)["image"]


def kornia_chain(name, side):
    import kornia.augmentation as K
    import torch

    flip = K.RandomHorizontalFlip(p=0.5)
    end = K.Normalize(torch.tensor(MEAN), torch.tensor(DEVIATION))
    steps = {
        "crop": [K.RandomCrop((side, side), padding=4), flip, end],
        "resizedCrop": [flip, end],
        "full": [
            K.RandomResizedCrop((side, side)), flip, K.RandomRotation(15.0),
            K.ColorJitter(0.4, 0.4, 0.4, 0.1, p=1.0), end, K.RandomErasing(p=0.5)],
    }
    return torch.nn.Sequential(*steps[name])


class Pictures:
    """A data set of PyTorch: pictures read by one function and changed by another."""

    def __init__(self, count, read, change):
        self.count, self.read, self.change = count, read, change

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        return self.change(self.read(index)), index % 2


def photo_files():
    folder = pathlib.Path(os.environ["HONE_BENCH_FILES"]) / "photos"
    return sorted(str(path) for path in folder.rglob("*.jpg"))


def reader(workload):
    """How many pictures there are, and what reads one of them."""
    import numpy
    import torch

    arrays = workload.get("peer") == "albumentations"
    if workload["pictures"] == "small":
        made = numpy.random.default_rng(0).integers(0, 256, (4096, 32, 32, 3), dtype=numpy.uint8)
        tensors = torch.from_numpy(made).permute(0, 3, 1, 2).contiguous()
        return len(made), (lambda i: made[i]) if arrays else (lambda i: tensors[i])
    import cv2

    cv2.setNumThreads(0)
    files = photo_files()

    # OpenCV decodes fastest of what Python has, and torchvision resizes fastest what lies row by row.
    def read(index):
        picture = cv2.cvtColor(cv2.imread(files[index]), cv2.COLOR_BGR2RGB)
        return picture if arrays else torch.from_numpy(picture).permute(2, 0, 1)

    if workload["pictures"] == "decoded":
        kept = [read(index) for index in range(len(files))]
        return len(files), kept.__getitem__
    return len(files), read


def loader(workload):
    import torch
    from torch.utils.data import DataLoader

    side, chain, peer = workload["side"], workload["chain"], workload.get("peer")
    count, read = reader(workload)
    after = None
    if peer == "albumentations":
        change = albumentations_chain(chain, side)
    elif peer == "kornia":
        after = kornia_chain(chain, side)
        if chain != "crop":
            # Photos of different sizes make no batch: each is cut and resized before the batch is changed.
            import kornia.augmentation as K

            cut = K.RandomResizedCrop((side, side))
            change = lambda picture: cut(picture[None].float() / 255)[0]  # noqa: E731
            if chain == "full":
                after = torch.nn.Sequential(*list(after)[1:])
        else:
            change = lambda picture: picture.float() / 255  # noqa: E731
    else:
        change = torchvision_chain(chain, side)
    batches = DataLoader(
        Pictures(count, read, change), batch_size=workload["batch"], shuffle=True, num_workers=0)

    def epochs():
        while True:
            for images, _ in batches:
                yield after(images) if after else images

    return epochs()


def run(workload, clocks, passed):
    batches = loader(workload)
    done = 0
    while done < workload["warmUp"]:
        done += len(next(batches))
    done, start = 0, clocks()
    while done < workload["steps"]:
        done += len(next(batches))
    return passed(start, done)


def open_large(workload):
    """From nothing to the first batch of a folder of sixty thousand files."""
    from torch.utils.data import DataLoader
    from torchvision.datasets import ImageFolder
    from torchvision.transforms import v2

    start = time.perf_counter(), time.process_time()
    folder = pathlib.Path(os.environ["HONE_BENCH_FILES"]) / "small"
    data = ImageFolder(
        str(folder), v2.Compose([v2.PILToTensor(), torchvision_chain("none", workload["side"])]))
    next(iter(DataLoader(data, batch_size=workload["batch"], shuffle=True)))
    return {
        "seconds": time.perf_counter() - start[0],
        "processorSeconds": time.process_time() - start[1]}
