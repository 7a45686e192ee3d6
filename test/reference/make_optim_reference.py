"""Writes optim_reference.json: optimizers, schedules and losses as torch computes them.

    python make_optim_reference.py     (torch 2.13)

Parameters and gradients come from formula(), which src/optim/reference_test.cc repeats.
"""
import json
import pathlib

import numpy as np
import torch


def formula(name, count):
    """Numbers in [-0.5, 0.5) that depend on a name: a 32-bit mix of FNV-1a(name) and the index."""
    h = 2166136261
    for byte in name.encode():
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    x = (np.arange(count, dtype=np.uint64) * 2654435761 + h) & 0xFFFFFFFF
    for _ in range(2):
        x ^= x >> 16
        x = (x * 0x45D9F3B) & 0xFFFFFFFF
    x ^= x >> 16
    return (x / 2.0**32 - 0.5).astype(np.float32)


SHAPES = {"a": (3, 4), "b": (5,)}
OPTIMIZERS = [
    ("sgd", torch.optim.SGD, {}, {"momentum": 0.0}),
    ("sgd", torch.optim.SGD, {"momentum": 0.9, "weight_decay": 0.05}, {}),
    ("sgd", torch.optim.SGD, {"momentum": 0.8, "dampening": 0.3}, {}),
    ("sgd", torch.optim.SGD, {"momentum": 0.9, "nesterov": True}, {}),
    ("adam", torch.optim.Adam, {}, {}),
    ("adam", torch.optim.Adam, {"weight_decay": 0.1, "amsgrad": True, "betas": (0.8, 0.95)}, {}),
    ("adamw", torch.optim.AdamW, {}, {}),
    ("adamw", torch.optim.AdamW, {"weight_decay": 0.2, "eps": 1e-3, "amsgrad": True}, {}),
    ("rmsprop", torch.optim.RMSprop, {}, {}),
    ("rmsprop", torch.optim.RMSprop, {"momentum": 0.9, "weight_decay": 0.1}, {}),
    ("rmsprop", torch.optim.RMSprop, {"centered": True, "alpha": 0.9, "momentum": 0.5}, {}),
    ("adagrad", torch.optim.Adagrad, {}, {}),
    ("adagrad", torch.optim.Adagrad,
     {"lr_decay": 0.1, "weight_decay": 0.1, "initial_accumulator_value": 0.2}, {}),
]


def optimizer_case(name, make, settings, ours):
    parameters = {k: torch.nn.Parameter(torch.tensor(formula(k, int(np.prod(s)))).reshape(s))
                  for k, s in SHAPES.items()}
    optimizer = make(list(parameters.values()), lr=0.1, **settings)
    after = {}
    for step in range(20):
        for group in optimizer.param_groups:
            group["lr"] = 0.1 * 0.95**step
        for key, p in parameters.items():
            p.grad = torch.tensor(formula(f"{key}{step}", p.numel())).reshape(p.shape) + 0.1 * p.data
        optimizer.step()
        if step in (0, 1, 19):
            after[str(step)] = {k: p.data.flatten().tolist() for k, p in parameters.items()}
    settings = dict(settings)
    if "betas" in settings:
        settings["beta1"], settings["beta2"] = settings.pop("betas")
    if "initial_accumulator_value" in settings:
        settings["initial"] = settings.pop("initial_accumulator_value")
    return {"settings": {"name": name, **settings, **ours}, "after": after}


def factors(make, steps, warmup):
    """Learning rates of `steps` steps at base rate 1, behind a linear warm-up."""
    p = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([p], lr=1.0)
    inner = make(optimizer)
    schedule = inner
    if warmup:
        first = torch.optim.lr_scheduler.LinearLR(optimizer, 1 / (warmup + 1), 1.0, warmup)
        schedule = torch.optim.lr_scheduler.SequentialLR(optimizer, [first, inner], [warmup])
    out = []
    for _ in range(steps):
        out.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return out


def schedule_cases():
    s = torch.optim.lr_scheduler
    constant = lambda o: s.ConstantLR(o, 1.0)
    cosine = lambda t: lambda o: s.CosineAnnealingLR(o, t, eta_min=0.05)
    step = lambda o: s.StepLR(o, 6, 0.5)
    return [
        {"settings": {"name": "constant", "warmup": 0.2}, "factors": factors(constant, 20, 4)},
        {"settings": {"name": "cosine", "floor": 0.05}, "factors": factors(cosine(20), 20, 0)},
        {"settings": {"name": "cosine", "floor": 0.05, "warmup": 5.0},
         "factors": factors(cosine(15), 20, 5)},
        {"settings": {"name": "step", "every": 3.0, "factor": 0.5}, "factors": factors(step, 20, 0)},
    ]


def plateau_cases():
    values = [3, 2, 2, 2, 2, 1.9, 1.95, 1.9, 1.9, 1.9, 1.9, 1.8999, 1.9, 1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1]
    cases = []
    for settings in ({"factor": 0.5, "patience": 2}, {"factor": 0.1, "patience": 1, "cooldown": 2},
                     {"factor": 0.1, "patience": 0, "threshold": 0.01, "floor": 0.005}):
        for sign in (1, -1):
            p = torch.nn.Parameter(torch.zeros(1))
            optimizer = torch.optim.SGD([p], lr=1.0)
            given = dict(settings)
            floor = given.pop("floor", 0.0)
            plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, min_lr=floor, eps=0, **given)
            factors = []
            for value in values:
                plateau.step(sign * value)
                factors.append(optimizer.param_groups[0]["lr"])
            cases.append({"settings": {"name": "plateau", **settings},
                          "values": [sign * v for v in values], "factors": factors})
    return cases


def loss_cases():
    logits = torch.tensor(formula("logits", 24)).reshape(6, 4) * 6
    labels = torch.tensor([0, 3, 1, 2, 2, 0])
    weights = torch.tensor([0.5, 2.0, 1.0, 0.25])
    column = torch.tensor(formula("column", 6)).reshape(6, 1) * 6
    values = torch.tensor(formula("values", 6)) * 2
    f = torch.nn.functional
    cases = []

    def add(settings, loss, z):
        z.grad = None
        loss.backward()
        cases.append({"settings": settings, "loss": loss.item(), "gradient": z.grad.flatten().tolist()})

    z = logits.clone().requires_grad_()
    add({"name": "cross_entropy"}, f.cross_entropy(z, labels), z)
    add({"name": "cross_entropy", "label_smoothing": 0.1},
        f.cross_entropy(z, labels, label_smoothing=0.1), z)
    add({"name": "cross_entropy", "class_weights": weights.tolist()},
        f.cross_entropy(z, labels, weight=weights), z)
    z = column.clone().requires_grad_()
    add({"name": "mse"}, f.mse_loss(z[:, 0], values), z)
    add({"name": "l1"}, f.l1_loss(z[:, 0], values), z)
    add({"name": "huber", "delta": 0.7}, f.huber_loss(z[:, 0], values, delta=0.7), z)
    return cases


def main():
    torch.set_num_threads(1)
    reference = {
        "made_by": f"make_optim_reference.py with torch {torch.__version__}",
        "optimizers": [optimizer_case(*case) for case in OPTIMIZERS],
        "schedules": schedule_cases(),
        "plateau": plateau_cases(),
        "losses": loss_cases(),
    }
    path = pathlib.Path(__file__).with_name("optim_reference.json")
    path.write_text(json.dumps(json.loads(json.dumps(reference), parse_float=lambda t: float(f"{float(t):.9g}")),
                               separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
