"""The peer of ft_transformer_bench.cc: the same networks in PyTorch eager with fused AdamW, attention
through scaled_dot_product_attention."""
import time

import torch
from torch import nn
from torch.nn import functional as F

ROWS, BATCH, EPOCHS = 2560, 128, 4
CARDINALITY = [9, 17, 8, 15, 7, 6, 3, 42]


class Tokenizer(nn.Module):
    def __init__(self, width):
        super().__init__()
        columns = 6 + len(CARDINALITY)
        self.cls, self.weight = nn.Parameter(torch.randn(width) / 8), nn.Parameter(torch.randn(6, width) / 8)
        self.bias = nn.Parameter(torch.randn(columns, width) / 8)
        self.table = nn.Embedding(sum(CARDINALITY), width)
        self.register_buffer("offsets", torch.tensor([sum(CARDINALITY[:i]) for i in range(len(CARDINALITY))]))

    def forward(self, numbers, codes):
        tokens = torch.cat([numbers[..., None] * self.weight, self.table(codes + self.offsets)], 1) + self.bias
        return torch.cat([self.cls.expand(len(numbers), 1, -1), tokens], 1)


class Block(nn.Module):
    def __init__(self, width, heads, ffn, first, last):
        super().__init__()
        self.norm1 = nn.Identity() if first else nn.LayerNorm(width)
        self.q, self.kv = nn.Linear(width, width), nn.Linear(width, 2 * width)
        self.out, self.norm2 = nn.Linear(width, width), nn.LayerNorm(width)
        self.ffn1, self.ffn2 = nn.Linear(width, 2 * ffn), nn.Linear(ffn, width)
        self.heads, self.last = heads, last

    def forward(self, x):
        h = self.norm1(x)
        asking, x = (h[:, :1], x[:, :1]) if self.last else (h, x)
        q, (k, v) = self.q(asking), self.kv(h).chunk(2, -1)
        q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (q, k, v))
        attended = F.scaled_dot_product_attention(q, k, v, dropout_p=0.2 if self.training else 0.0)
        x = x + self.out(attended.transpose(1, 2).flatten(2))
        a, b = self.ffn1(self.norm2(x)).chunk(2, -1)
        return x + self.ffn2(F.dropout(a * torch.relu(b), 0.1, self.training))


class FtTransformer(nn.Module):
    def __init__(self, blocks=2, width=64, heads=4):
        super().__init__()
        self.tokenizer = Tokenizer(width)
        self.blocks = nn.Sequential(*[Block(width, heads, int(width * 4 / 3), i == 0, i + 1 == blocks)
                                      for i in range(blocks)])
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, 2)

    def forward(self, numbers, codes):
        return self.head(torch.relu(self.norm(self.blocks(self.tokenizer(numbers, codes))[:, 0])))


class ResidualBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.inside = nn.Sequential(nn.BatchNorm1d(width), nn.Linear(width, 2 * width), nn.ReLU(), nn.Dropout(0.15),
                                    nn.Linear(2 * width, width))

    def forward(self, x):
        return x + self.inside(x)


class Resmlp(nn.Module):
    def __init__(self, width=192):
        super().__init__()
        widths = [min(50, (c + 1) // 2) for c in CARDINALITY]
        self.embeddings = nn.ModuleList([nn.Embedding(c, w) for c, w in zip(CARDINALITY, widths)])
        self.rest = nn.Sequential(nn.Linear(6 + sum(widths), width), ResidualBlock(width), ResidualBlock(width),
                                  nn.BatchNorm1d(width), nn.ReLU(), nn.Linear(width, 2))

    def forward(self, numbers, codes):
        return self.rest(torch.cat([numbers] + [e(codes[:, i]) for i, e in enumerate(self.embeddings)], 1))


def rows_per_second(model):
    numbers = torch.randn(ROWS, 6)
    codes = torch.stack([torch.randint(count, (ROWS,)) for count in CARDINALITY], 1)
    labels = (numbers.sum(1) > 0).long()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=True)
    best = 0
    for _ in range(EPOCHS):
        start = time.perf_counter()
        for begin in range(0, ROWS, BATCH):
            part = slice(begin, begin + BATCH)
            optimizer.zero_grad()
            F.cross_entropy(model(numbers[part], codes[part]), labels[part]).backward()
            optimizer.step()
        best = max(best, ROWS / (time.perf_counter() - start))
    return best


def main():
    for threads in (1, 2):
        torch.set_num_threads(threads)
        print(f"ft_transformer_{threads}_threads,{rows_per_second(FtTransformer()):.0f},rows/s")
        print(f"resmlp_{threads}_threads,{rows_per_second(Resmlp()):.0f},rows/s")


if __name__ == "__main__":
    main()
