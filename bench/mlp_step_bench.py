"""The peer of mlp_step_bench.cc: a PyTorch eager loop over tensor slices with fused AdamW, at its best
number of threads."""
import os
import time

import torch
from torch import nn

ROWS, BATCH, EPOCHS = 25600, 128, 7


def rows_per_second(threads):
    torch.set_num_threads(threads)
    numbers = torch.randn(ROWS, 14)
    labels = (numbers.sum(1) > 0).long()
    model = nn.Sequential(nn.Linear(14, 64), nn.ReLU(), nn.Dropout(0.1), nn.Linear(64, 64), nn.ReLU(),
                          nn.Dropout(0.1), nn.Linear(64, 2))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=True)
    best = 0
    for _ in range(EPOCHS):
        start = time.perf_counter()
        for begin in range(0, ROWS, BATCH):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(numbers[begin:begin + BATCH]),
                                               labels[begin:begin + BATCH])
            loss.backward()
            optimizer.step()
        best = max(best, ROWS / (time.perf_counter() - start))
    return best


def main():
    best = max(rows_per_second(threads) for threads in range(1, len(os.sched_getaffinity(0)) + 1))
    print(f"mlp_step,{best:.0f},rows/s")
    print(f"mlp_step_autograd,{best:.0f},rows/s")


if __name__ == "__main__":
    main()
