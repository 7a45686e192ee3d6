"""The peer of resnet_step_bench.cc: the same training step in PyTorch, eager, with fused SGD."""
import os
import pathlib
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "test" / "reference"))
from make_model_reference import ResNet  # noqa: E402


def main():
    size, steps, count = int(os.environ.get("BOTTEGA_BENCH_SIZE", "224")), 5, 32
    bf16 = torch.ops.mkldnn._is_mkldnn_bf16_supported()
    model = ResNet([2, 2, 2, 2], False, 10).to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, fused=True)
    pictures = torch.randn(count, 3, size, size).to(memory_format=torch.channels_last)
    labels = torch.arange(count) % 10
    best = 0
    for _ in range(steps):
        start = time.perf_counter()
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            loss = torch.nn.functional.cross_entropy(model(pictures), labels)
        loss.backward()
        optimizer.step()
        best = max(best, count / (time.perf_counter() - start))
    print(f"resnet18_step_{size}_{'bf16' if bf16 else 'fp32'},{best:.2f},pictures/s")


if __name__ == "__main__":
    main()
