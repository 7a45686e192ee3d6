"""Writes model_reference.json: logits, gradients and ten losses of ResNets and table models in torch.

    python make_model_reference.py     (torch 2.13)

The ResNets are torchvision's (He et al. 2015, version 1.5), written out here because its names and
numerics are what is tested. Weights and inputs come from formula(), which
src/model/model_test.cc repeats. All in float64, so that the processor does not matter.
"""
import json
import pathlib

import torch
from torch import nn

from make_optim_reference import formula


class Block(nn.Module):
    def __init__(self, inside, width, stride, bottleneck):
        super().__init__()
        out = width * (4 if bottleneck else 1)
        if bottleneck:
            self.conv1 = nn.Conv2d(inside, width, 1, bias=False)
            self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
            self.conv3 = nn.Conv2d(width, out, 1, bias=False)
            self.bn3 = nn.BatchNorm2d(out)
        else:
            self.conv1 = nn.Conv2d(inside, width, 3, stride, 1, bias=False)
            self.conv2 = nn.Conv2d(width, out, 3, 1, 1, bias=False)
        self.bn1, self.bn2 = nn.BatchNorm2d(width), nn.BatchNorm2d(width)
        self.relu = nn.ReLU(inplace=True)
        self.bottleneck = bottleneck
        self.downsample = None
        if stride != 1 or inside != out:
            self.downsample = nn.Sequential(nn.Conv2d(inside, out, 1, stride, bias=False),
                                            nn.BatchNorm2d(out))

    def forward(self, x):
        h = self.relu(self.bn1(self.conv1(x)))
        h = self.bn2(self.conv2(h))
        if self.bottleneck:
            h = self.bn3(self.conv3(self.relu(h)))
        return self.relu(h + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    def __init__(self, blocks, bottleneck, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        inside = 64
        for stage, count in enumerate(blocks):
            width, stage_blocks = 64 * 2**stage, []
            for i in range(count):
                stage_blocks.append(Block(inside, width, 2 if stage and not i else 1, bottleneck))
                inside = width * (4 if bottleneck else 1)
            setattr(self, f"layer{stage + 1}", nn.Sequential(*stage_blocks))
        self.fc = nn.Linear(inside, classes)

    def forward(self, x):
        h = nn.functional.max_pool2d(torch.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        h = self.layer4(self.layer3(self.layer2(self.layer1(h))))
        return self.fc(h.mean((2, 3)))


class Mlp(nn.Module):
    def __init__(self, hidden, norm, activation, classes):
        super().__init__()
        self.embeddings = nn.ModuleList([nn.Embedding(4, 2), nn.Embedding(7, 4)])
        widths = [5 + 6] + hidden
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(widths, widths[1:])])
        self.norms = nn.ModuleList([{"batch": nn.BatchNorm1d, "layer": nn.LayerNorm}[norm](w) for w in hidden]
                                   if norm != "none" else [])
        self.head = nn.Linear(widths[-1], classes)
        self.activation = {"relu": torch.relu, "gelu": nn.functional.gelu, "tanh": torch.tanh,
                           "silu": nn.functional.silu}[activation]

    def forward(self, numbers, codes):
        h = torch.cat([numbers] + [e(codes[:, i]) for i, e in enumerate(self.embeddings)], 1)
        for i, layer in enumerate(self.layers):
            h = layer(h)
            h = self.norms[i](h) if len(self.norms) else h
            h = self.activation(h)
        return self.head(h)


class Resmlp(nn.Module):
    """The ResNet of arXiv:2106.11959, section 3.2."""

    def __init__(self, blocks, width, hidden, classes):
        super().__init__()
        self.embeddings = nn.ModuleList([nn.Embedding(4, 2), nn.Embedding(7, 4)])
        self.first = nn.Linear(11, width)
        self.blocks = nn.ModuleList([nn.ModuleDict({
            "norm": nn.BatchNorm1d(width), "linear1": nn.Linear(width, hidden),
            "linear2": nn.Linear(hidden, width)}) for _ in range(blocks)])
        self.norm = nn.BatchNorm1d(width)
        self.head = nn.Linear(width, classes)

    def forward(self, numbers, codes):
        x = self.first(torch.cat([numbers] + [e(codes[:, i]) for i, e in enumerate(self.embeddings)], 1))
        for block in self.blocks:
            x = x + block["linear2"](torch.relu(block["linear1"](block["norm"](x))))
        return self.head(torch.relu(self.norm(x)))


class Tokenizer(nn.Module):
    def __init__(self, columns, cardinality, width):
        super().__init__()
        self.cls = nn.Parameter(torch.zeros(width))
        self.weight = nn.Parameter(torch.zeros(sum(map(len, columns)), width))
        self.categories = nn.Parameter(torch.zeros(sum(cardinality), width))
        self.bias = nn.Parameter(torch.zeros(len(columns) + len(cardinality), width))
        self.columns, self.cardinality = columns, cardinality

    def forward(self, numbers, codes):
        tokens, offset = [self.cls.expand(len(numbers), -1)], 0
        for column, bias in zip(self.columns, self.bias):
            tokens.append(numbers[:, column] @ self.weight[column] + bias)
        for j, count in enumerate(self.cardinality):
            tokens.append(self.categories[offset + codes[:, j]] + self.bias[len(self.columns) + j])
            offset += count
        return torch.stack(tokens, 1)


class FtBlock(nn.Module):
    def __init__(self, width, heads, ffn, first, last):
        super().__init__()
        if not first:
            self.attention_norm = nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.ffn_norm = nn.LayerNorm(width)
        self.ffn1, self.ffn2 = nn.Linear(width, 2 * ffn), nn.Linear(ffn, width)
        self.heads, self.first, self.last = heads, first, last

    def forward(self, x):
        q, k, v = self.qkv(x if self.first else self.attention_norm(x)).chunk(3, -1)
        if self.last:
            q, x = q[:, :1], x[:, :1]
        heads = [[part.unflatten(-1, (self.heads, -1))[:, :, h] for part in (q, k, v)] for h in range(self.heads)]
        attended = [torch.softmax(a @ b.transpose(1, 2) / a.shape[-1]**0.5, -1) @ c for a, b, c in heads]
        x = x + self.out(torch.cat(attended, -1))
        a, b = self.ffn1(self.ffn_norm(x)).chunk(2, -1)
        return x + self.ffn2(a * torch.relu(b))


class FtTransformer(nn.Module):
    """arXiv:2106.11959, section 3.3; `columns`: the numbers that each column was encoded as."""

    def __init__(self, columns, blocks, width, heads, ffn, classes):
        super().__init__()
        self.tokenizer = Tokenizer(columns, [4, 7], width)
        self.blocks = nn.ModuleList([FtBlock(width, heads, ffn, i == 0, i + 1 == blocks) for i in range(blocks)])
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, classes)

    def forward(self, numbers, codes):
        x = self.tokenizer(numbers, codes)
        for block in self.blocks:
            x = block(x)
        return self.head(torch.relu(self.norm(x[:, 0])))


def fill(model):
    """Weights of two or more dimensions: uniform, variance 2 / fan-in; norms near 1; biases small."""
    model.double()
    with torch.no_grad():
        for name, p in model.named_parameters():
            v = torch.tensor(formula(name, p.numel())).reshape(p.shape)
            if p.dim() >= 2:
                p.copy_(v * (24.0 / (p.numel() / p.shape[0])) ** 0.5)
            else:
                p.copy_(v * 0.2 + (1.0 if "bn" in name or "downsample.1" in name or "norm" in name
                                   else 0.0) * (1.0 if name.endswith("weight") else 0.0))


def summary(p):
    g = p.grad.double().flatten()
    at = [0, g.numel() // 3, g.numel() - 1]
    return {"norm": g.norm().item(), "sum": g.sum().item(), "at": [g[i].item() for i in at]}


def case(model, inputs, labels, optimizer, steps, evaluate=True):
    out = {}
    model.train()
    losses = []
    for step in range(steps):
        optimizer.zero_grad()
        logits = model(*inputs)
        loss = nn.functional.cross_entropy(logits, labels)
        loss.backward()
        if step == 0:
            out["logits"] = logits.flatten().tolist()
            out["gradients"] = {n: summary(p) for n, p in model.named_parameters()}
        losses.append(loss.item())
        optimizer.step()
    out["losses"] = losses
    if evaluate:
        model.eval()
        with torch.no_grad():
            out["evaluation"] = model(*inputs).flatten().tolist()
    return out


def pictures(count, side):
    return torch.tensor(formula("pictures", count * 3 * side * side)).reshape(count, 3, side, side).double() * 4


def names(model):
    return [[n, list(t.shape)] for n, t in model.state_dict().items()]


def main():
    torch.set_num_threads(1)
    reference = {"made_by": f"make_model_reference.py with torch {torch.__version__}"}
    model = ResNet([2, 2, 2, 2], False, 10)
    fill(model)
    labels = torch.tensor([3, 1, 4, 1, 5, 9])
    reference["resnet18"] = case(model, [pictures(6, 64)], labels,
                                 torch.optim.SGD(model.parameters(), 0.001, momentum=0.9), 10)
    reference["resnet18"]["names"] = names(model)
    for name, blocks, bottleneck in (("resnet34", [3, 4, 6, 3], False), ("resnet50", [3, 4, 6, 3], True)):
        model = ResNet(blocks, bottleneck, 3)
        fill(model)
        model.train()
        with torch.no_grad():
            logits = model(pictures(2, 96))
        reference[name] = {"logits": logits.flatten().tolist(), "tensors": len(model.state_dict()),
                           "numbers": sum(p.numel() for p in model.parameters())}
    numbers = torch.tensor(formula("numbers", 12 * 5)).reshape(12, 5).double() * 4
    codes = torch.stack([torch.arange(12) % 4, torch.arange(12) % 7], 1)
    labels = torch.arange(12) % 3
    reference["mlp"] = []
    for hidden, norm, activation in (([16, 8], "none", "relu"), ([16, 8], "batch", "relu"), ([16], "none", "gelu"),
                                     ([16], "none", "silu"), ([8, 8, 8], "none", "tanh"),
                                     ([16, 8], "layer", "relu")):
        model = Mlp(hidden, norm, activation, 3)
        fill(model)
        one = case(model, [numbers, codes], labels, torch.optim.SGD(model.parameters(), 0.05, momentum=0.9), 10)
        one["settings"] = {"hidden": hidden, "norm": norm, "activation": activation}
        reference["mlp"].append(one)
    model = Resmlp(2, 8, 16, 3)
    fill(model)
    reference["resmlp"] = case(model, [numbers, codes], labels,
                               torch.optim.SGD(model.parameters(), 0.05, momentum=0.9), 10)
    for name, columns in (("ft_transformer", [[0], [1], [2], [3], [4]]),
                          ("ft_transformer_encoded", [[0, 3, 4], [1], [2]])):
        model = FtTransformer(columns, 2, 8, 2, 10, 3)
        fill(model)
        reference[name] = case(model, [numbers, codes], labels,
                               torch.optim.SGD(model.parameters(), 0.02, momentum=0.9), 10)
    path = pathlib.Path(__file__).with_name("model_reference.json")
    text = json.dumps(reference)
    path.write_text(json.dumps(json.loads(text, parse_float=lambda t: float(f"{float(t):.12g}")),
                               separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
