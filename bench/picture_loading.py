"""What the Python peers of the picture benchmarks share: files, random resized crop, flip, DataLoader.

The loader is tuned: Pillow decodes at the smallest scale that the part allows (draft), workers hand
over bytes rather than floats, and the batch is normalized at once in the consumer.
"""
import io
import math
import os
import pathlib
import random

import numpy as np
import torch
from PIL import Image

SIDE = 224
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
DEVIATION = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)


def files(most):
    """At most `most` files, evenly taken from all, as bench_pictures.h does."""
    root = pathlib.Path(os.environ["BOTTEGA_BENCH_PICTURES"])
    found = sorted(str(p) for p in root.rglob("*") if p.suffix.lower() in (".jpg", ".jpeg"))
    count = min(most, len(found))
    return [found[i * len(found) // count] for i in range(count)]


def choose_box(width, height):
    """torchvision's RandomResizedCrop with its defaults."""
    area, log_ratio = width * height, math.log(4 / 3)
    for _ in range(10):
        part = area * random.uniform(0.08, 1)
        ratio = math.exp(random.uniform(-log_ratio, log_ratio))
        w, h = round(math.sqrt(part * ratio)), round(math.sqrt(part / ratio))
        if 0 < w <= width and 0 < h <= height:
            left, top = random.randint(0, width - w), random.randint(0, height - h)
            return left, top, left + w, top + h
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    return left, top, left + side, top + side


def decode_crop(file, draft):
    """A random part at SIDE x SIDE. `draft`: decode at 1/2, 1/4 or 1/8 where the part stays large enough."""
    picture = Image.open(file)
    box = choose_box(*picture.size)
    if draft:
        width, height = picture.size
        scale = min(box[2] - box[0], box[3] - box[1]) / SIDE
        if scale >= 2:
            picture.draft("RGB", (int(width / scale), int(height / scale)))
            x, y = picture.size[0] / width, picture.size[1] / height
            box = (box[0] * x, box[1] * y, box[2] * x, box[3] * y)
    return picture.convert("RGB").resize((SIDE, SIDE), Image.BILINEAR, box=box)


class Pictures(torch.utils.data.Dataset):
    def __init__(self, most):
        self.files = files(most)

    def __len__(self):
        return len(self.files)

    def __getitem__(self, i):
        pixels = np.array(decode_crop(self.files[i], draft=True))
        if random.random() < 0.5:
            pixels = pixels[:, ::-1]
        return torch.from_numpy(np.ascontiguousarray(pixels)), i % 2


def loader(most, batch, workers):
    return torch.utils.data.DataLoader(Pictures(most), batch, shuffle=True, num_workers=workers, drop_last=True,
                                       persistent_workers=True, prefetch_factor=4)


def normalized(batch):
    """uint8 [B, H, W, 3] -> float [B, 3, H, W] in channels-last, as the model wants it."""
    return batch.permute(0, 3, 1, 2).float().mul_(1 / 255).sub_(MEAN).div_(DEVIATION)


def in_memory(most):
    return [io.BytesIO(pathlib.Path(f).read_bytes()) for f in files(most)]
