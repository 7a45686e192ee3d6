"""The peer of picture_training_bench.cc: PyTorch, eager, fused SGD, from a tuned DataLoader and from memory."""
import os
import pathlib
import sys
import time

import torch

from picture_loading import loader, normalized

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "test" / "reference"))
from make_model_reference import ResNet  # noqa: E402

BATCH, STEPS, ROUNDS = 32, 4, 3


def forever(batches):
    while True:
        yield from batches


def main():
    bf16 = torch.ops.mkldnn._is_mkldnn_bf16_supported()
    model = ResNet([2, 2, 2, 2], False, 2).to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, fused=True)
    batches = forever(loader(512, BATCH, len(os.sched_getaffinity(0))))
    there = next(batches)

    def seconds(take):
        start = time.perf_counter()
        for _ in range(STEPS):
            pictures, labels = take()
            optimizer.zero_grad()
            with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
                loss = torch.nn.functional.cross_entropy(model(normalized(pictures)), labels)
            loss.backward()
            optimizer.step()
        return time.perf_counter() - start

    seconds(lambda: there)
    files = memory = 0
    for _ in range(ROUNDS):
        files += seconds(lambda: next(batches))
        memory += seconds(lambda: there)
    count = ROUNDS * STEPS * BATCH
    print(f"resnet18_224_from_files,{count / files:.2f},pictures/s")
    print(f"resnet18_224_from_memory,{count / memory:.2f},pictures/s")


if __name__ == "__main__":
    main()
