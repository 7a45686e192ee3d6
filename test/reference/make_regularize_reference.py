"""Writes regularize_reference.json: what regularizers compute, by torch and by the papers' formulas.

    python make_regularize_reference.py     (torch 2.13)

Numbers come from formula() in make_optim_reference.py, which the C++ tests repeat.
"""
import json
import pathlib

import torch
from torch import nn
from torch.nn import functional as F

from make_model_reference import Mlp, fill
from make_optim_reference import formula


def tensor(name, *shape):
    count = int(torch.tensor(shape).prod())
    return torch.tensor(formula(name, count)).reshape(shape)


def flat(t):
    return t.detach().flatten().tolist()


def mixing():
    """torchvision.transforms.v2.MixUp and CutMix for a share of each row: the batch rolled by one."""
    x = tensor("mix", 4, 3, 6, 5)
    labels = torch.tensor([0, 2, 1, 2])
    shares = torch.tensor([0.3, 1.0, 0.75, 0.6])
    boxes = [None, None, (1, 2, 4, 5), (0, 0, 3, 4)]  # left, top, right, bottom of cutmix rows
    other, mixed = x.roll(1, 0), x.clone()
    one_hot = F.one_hot(labels, 3).float()
    for i, box in enumerate(boxes):
        if box is None:
            mixed[i] = shares[i] * x[i] + (1 - shares[i]) * other[i]
        else:
            left, top, right, bottom = box
            mixed[i, :, top:bottom, left:right] = other[i, :, top:bottom, left:right]
            shares[i] = 1 - (right - left) * (bottom - top) / 30
    target = shares[:, None] * one_hot + (1 - shares[:, None]) * one_hot.roll(1, 0)
    out = {"shares": flat(shares), "boxes": boxes, "mixed": flat(mixed), "losses": []}
    for smoothing in (0.0, 0.1):
        logits = (tensor("mixlogits", 4, 3) * 6).requires_grad_()
        loss = F.cross_entropy(logits, target, label_smoothing=smoothing)
        loss.backward()
        out["losses"].append({"smoothing": smoothing, "loss": loss.item(), "gradient": flat(logits.grad)})
    logits = (tensor("mixlogits", 4, 3) * 6).requires_grad_()
    weight = torch.tensor([0.5, 2.0, 1.0])
    loss = F.cross_entropy(logits, target, weight=weight, reduction="sum") / (target * weight).sum()
    loss.backward()
    out["weighted"] = {"weights": flat(weight), "loss": loss.item(), "gradient": flat(logits.grad)}
    return out


def penalties():
    w, g = tensor("penalty", 3, 4) * 4, tensor("slope", 3, 4)
    net = w.clone().requires_grad_()
    value = 0.1 * (0.3 * net.abs().sum() + 0.7 / 2 * net.square().sum())
    value.backward()
    p = nn.Parameter(w.clone())
    p.grad = g.clone()
    nn.utils.clip_grad_value_([p], 0.25)
    conv = tensor("conv", 3, 2, 3, 3) * 4
    return {"elastic_net": {"value": value.item(), "gradient": flat(net.grad)},
            "max_norm": flat(w.renorm(2, 0, 1.5)), "max_norm_conv": flat(conv.renorm(2, 0, 1.5)),
            "clip_value": flat(p.grad)}


def averages():
    """Ten steps of weights: timm's ModelEmaV3 (decay, use_warmup), and AveragedModel's mean."""
    out = {"ema": [], "swa": None}
    for decay, warmup in ((0.9, False), (0.9, True), (0.6, True)):
        ema = tensor("w0", 6)
        for step in range(1, 11):
            w = tensor(f"w{step}", 6)
            count = max(0, step - 1)
            d = 0.0
            if count > 0:
                d = min(decay, 1 - (1 + count) ** (-2 / 3)) if warmup else decay
            ema.lerp_(w, 1 - d)
        out["ema"].append({"decay": decay, "warmup": warmup, "after": flat(ema)})
    averaged = None
    for epoch in range(7, 11):
        holder = nn.Linear(6, 1, bias=False)
        holder.weight.data = tensor(f"w{epoch}", 1, 6)
        if averaged is None:
            averaged = torch.optim.swa_utils.AveragedModel(holder)
        averaged.update_parameters(holder)
    out["swa"] = flat(averaged.module.weight)
    return out


def norms():
    """Statistics anew by torch.optim.swa_utils.update_bn, and group norm."""
    model = Mlp([16, 8], "batch", "relu", 3)
    fill(model)
    model.float()
    batches = [(tensor(f"n{i}", 8, 5) * 4, torch.stack([torch.arange(8) % 4, torch.arange(8) % 7], 1))
               for i in range(3)]

    class Pair(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = model

        def forward(self, pair):
            return self.inner(*pair)

    wrapped = Pair()
    for n in model.norms:
        n.running_mean.fill_(3)
    torch.optim.swa_utils.update_bn([[b] for b in batches], wrapped)
    group = nn.GroupNorm(4, 32)
    group.weight.data, group.bias.data = tensor("gw", 32), tensor("gb", 32)
    return {"statistics": {n: flat(b) for n, b in model.named_buffers() if "running" in n},
            "group": flat(group(tensor("group", 2, 32, 2, 3)))}


def sam():
    """Foret et al. 2021 and Kwon et al. 2021, with SGD, five steps on one batch."""
    out = []
    numbers = tensor("numbers", 12, 5) * 4
    codes = torch.stack([torch.arange(12) % 4, torch.arange(12) % 7], 1)
    labels = torch.arange(12) % 3
    for norm, rho, adaptive in (("none", 0.1, False), ("none", 1.0, True), ("batch", 0.1, False)):
        model = Mlp([16, 8], norm, "relu", 3)
        fill(model)
        model.float().train()
        p = list(model.parameters())
        optimizer = torch.optim.SGD(p, 0.05)
        losses = []
        for _ in range(5):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(numbers, codes), labels)
            loss.backward()
            losses.append(loss.item())
            with torch.no_grad():
                scale = [w.abs() if adaptive else torch.ones_like(w) for w in p]
                total = torch.stack([(s * w.grad).norm() for s, w in zip(scale, p)]).norm()
                moves = [s * s * w.grad * (rho / (total + 1e-12)) for s, w in zip(scale, p)]
                for w, e in zip(p, moves):
                    w.add_(e)
            buffers = {n: b.clone() for n, b in model.named_buffers()}
            optimizer.zero_grad()
            F.cross_entropy(model(numbers, codes), labels).backward()
            with torch.no_grad():
                for w, e in zip(p, moves):
                    w.sub_(e)
                for n, b in model.named_buffers():  # statistics are the first pass's
                    b.copy_(buffers[n])
            optimizer.step()
        out.append({"norm": norm, "rho": rho, "adaptive": adaptive, "losses": losses,
                    "after": {n: flat(t) for n, t in model.state_dict().items()
                              if n.startswith(("head", "norms.0"))}})
    return out


def main():
    torch.set_num_threads(1)
    reference = {"made_by": f"make_regularize_reference.py with torch {torch.__version__}",
                 "mixing": mixing(), "penalties": penalties(), "averages": averages(), "norms": norms(),
                 "sam": sam()}
    path = pathlib.Path(__file__).with_name("regularize_reference.json")
    text = json.dumps(reference)
    path.write_text(json.dumps(json.loads(text, parse_float=lambda t: float(f"{float(t):.9g}")),
                               separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
