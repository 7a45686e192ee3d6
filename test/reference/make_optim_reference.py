"""Writes optim_reference.json: optimizers, schedules and losses as torch computes them.

    python make_optim_reference.py     (torch 2.13)

Parameters and gradients come from formula(), which src/engine/reference_formula.h repeats.
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


SHAPES = {"a": (3, 4), "b": (5,), "c": (2, 3, 2, 2)}


class Lion(torch.optim.Optimizer):
    """Chen et al. 2023, arXiv:2302.06675, algorithm 2, in double precision."""

    def __init__(self, params, lr, betas=(0.9, 0.99), weight_decay=0.1):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                state = self.state[p]
                w, g = state.setdefault("w", p.double()), p.grad.double()
                m = state.setdefault("m", torch.zeros_like(g))
                w -= group["lr"] * (torch.sign(beta1 * m + (1 - beta1) * g) + group["weight_decay"] * w)
                state["m"] = beta2 * m + (1 - beta2) * g
                p.copy_(w)


class Lamb(torch.optim.Optimizer):
    """You et al. 2020, arXiv:1904.00962, algorithm 2 with phi(z) = z, in double precision."""

    def __init__(self, params, lr, betas=(0.9, 0.999), eps=1e-6, weight_decay=0.01):
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                state = self.state[p]
                w, g = state.setdefault("w", p.double()), p.grad.double()
                t = state["t"] = state.get("t", 0) + 1
                m = state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * g
                v = state["v"] = beta2 * state.get("v", 0) + (1 - beta2) * g * g
                r = (m / (1 - beta1**t)) / ((v / (1 - beta2**t)).sqrt() + group["eps"])
                u = r + group["weight_decay"] * w
                w -= group["lr"] * (w.norm() / u.norm()) * u
                p.copy_(w)


class Sgdw(torch.optim.SGD):
    """SGD on weights that shrink first: Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 1."""

    def __init__(self, params, lr, decay, **settings):
        super().__init__(params, lr=lr, **settings)
        for group in self.param_groups:
            group.setdefault("decay", decay)

    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                p.data.mul_(1 - group["lr"] * group["decay"])
        super().step()


# (our name, class, settings of the class, settings that are ours alone)
o = torch.optim
DECOUPLED = {"decoupled_weight_decay": True}
OPTIMIZERS = [
    ("sgd", o.SGD, {}, {"momentum": 0.0}),
    ("sgd", o.SGD, {"momentum": 0.9, "weight_decay": 0.05}, {}),
    ("sgd", o.SGD, {"momentum": 0.8, "dampening": 0.3}, {}),
    ("sgd", o.SGD, {"momentum": 0.9, "nesterov": True}, {}),
    ("sgdw", Sgdw, {"momentum": 0.9, "decay": 0.05}, {}),
    ("adam", o.Adam, {}, {}),
    ("adam", o.Adam, {"weight_decay": 0.1, "amsgrad": True, "betas": (0.8, 0.95)}, {}),
    ("adamw", o.AdamW, {}, {}),
    ("adamw", o.AdamW, {"weight_decay": 0.2, "eps": 1e-3, "amsgrad": True}, {}),
    ("nadam", o.NAdam, {}, {}),
    ("nadam", o.NAdam, {"weight_decay": 0.1, "momentum_decay": 0.02}, {}),
    ("nadam", o.NAdam, {"weight_decay": 0.1, **DECOUPLED}, {}),
    ("radam", o.RAdam, {}, {}),
    ("radam", o.RAdam, {"weight_decay": 0.1, "betas": (0.9, 0.9)}, {}),
    ("radam", o.RAdam, {"weight_decay": 0.1, **DECOUPLED}, {}),
    ("adamax", o.Adamax, {}, {}),
    ("adamax", o.Adamax, {"weight_decay": 0.1, "betas": (0.8, 0.9)}, {}),
    ("rmsprop", o.RMSprop, {}, {}),
    ("rmsprop", o.RMSprop, {"momentum": 0.9, "weight_decay": 0.1}, {}),
    ("rmsprop", o.RMSprop, {"centered": True, "alpha": 0.9, "momentum": 0.5}, {}),
    ("adagrad", o.Adagrad, {}, {}),
    ("adagrad", o.Adagrad,
     {"lr_decay": 0.1, "weight_decay": 0.1, "initial_accumulator_value": 0.2}, {}),
    ("lion", Lion, {}, {}),
    ("lion", Lion, {"weight_decay": 0.3, "betas": (0.8, 0.95)}, {}),
    ("lamb", Lamb, {}, {}),
    ("lamb", Lamb, {"weight_decay": 0.3, "betas": (0.8, 0.95)}, {}),
    ("adafactor", o.Adafactor, {}, {}),
    ("adafactor", o.Adafactor, {"weight_decay": 0.2, "d": 1.2, "eps": (None, 0.05)}, {}),
]
COUPLED = ("sgd", "adam", "rmsprop", "adagrad", "adamax")
# What the rule of the parameter "a" is in the cases with groups; "b" keeps the settings.
GROUP = {"lr_scale": 0.25, "decay": 0.4}


def short(tensor):
    return [float(f"{x:.8g}") for x in tensor.detach().flatten().tolist()]


def start():
    return {k: torch.nn.Parameter(torch.tensor(formula(k, int(np.prod(s)))).reshape(s))
            for k, s in SHAPES.items()}


def decay_name(name, settings):
    coupled = name in COUPLED or (name in ("nadam", "radam") and "decoupled_weight_decay" not in settings)
    return "l2" if coupled else "weight_decay"


def our_settings(name, settings):
    settings = dict(settings)
    decay = settings.pop("weight_decay", settings.pop("decay", None))
    if decay is not None:
        settings[decay_name(name, settings)] = decay
    settings.pop("decoupled_weight_decay", None)
    if "betas" in settings:
        settings["beta1"], settings["beta2"] = settings.pop("betas")
    if "initial_accumulator_value" in settings:
        settings["initial"] = settings.pop("initial_accumulator_value")
    if name == "adafactor" and "eps" in settings:
        settings["eps2"] = settings.pop("eps")[1]
    return settings


def optimizer_case(name, make, settings, ours, grouped=False):
    parameters = start()
    groups = [{"params": [p]} for p in parameters.values()]
    if grouped:
        groups[0]["decay" if make is Sgdw else "weight_decay"] = GROUP["decay"]
    optimizer = make(groups, lr=0.1, **settings)
    after = {}
    for step in range(20):
        for i, group in enumerate(optimizer.param_groups):
            group["lr"] = 0.1 * 0.95**step * (GROUP["lr_scale"] if grouped and i == 0 else 1)
        for key, p in parameters.items():
            p.grad = torch.tensor(formula(f"{key}{step}", p.numel())).reshape(p.shape) + 0.1 * p.data
        optimizer.step()
        if step in (0, 9, 19):
            after[str(step)] = {k: short(p) for k, p in parameters.items()}
    case = {"settings": {"name": name, **our_settings(name, settings), **ours}, "after": after}
    if grouped:
        case["rule"] = {"lr_scale": GROUP["lr_scale"], decay_name(name, settings): GROUP["decay"]}
    return case


def lbfgs_loss(parameters):
    """Smooth and curved; the same in src/optim/optimizers_test.cc."""
    loss = 0
    for key, p in parameters.items():
        x = p.flatten()
        scale = torch.tensor(formula(key + "scale", x.numel())).double() + 0.6
        aim = torch.tensor(formula(key + "aim", x.numel())).double()
        loss = loss + (scale * (x - aim) ** 2).sum() + 2 * ((x[1:] - x[:-1] ** 2) ** 2).sum()
    return loss


def lbfgs_case(lr, max_iter, history, line_search):
    """In double precision, as rounding decides what happens near the minimum."""
    parameters = {k: torch.nn.Parameter(p.detach().double()) for k, p in start().items()}
    optimizer = o.LBFGS(parameters.values(), lr=lr, max_iter=max_iter, history_size=history,
                        line_search_fn=line_search)
    after, evaluations = {}, []

    def closure():
        optimizer.zero_grad()
        loss = lbfgs_loss(parameters)
        loss.backward()
        evaluations[-1] += 1
        return loss

    for step in range(10):
        evaluations.append(0)
        optimizer.step(closure)
        if step in (0, 1, 9):
            after[str(step)] = {k: short(p) for k, p in parameters.items()}
    settings = {"name": "lbfgs", "lr": lr, "max_iter": max_iter, "history": history,
                "line_search": line_search or "none"}
    return {"settings": settings, "after": after, "evaluations": evaluations}


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


def lambda_factors(of, steps):
    return factors(lambda optimizer: torch.optim.lr_scheduler.LambdaLR(optimizer, of), steps, 0)


def schedule_cases():
    """Twenty steps, two an epoch."""
    s = torch.optim.lr_scheduler
    constant = lambda o: s.ConstantLR(o, 1.0)
    cosine = lambda t: lambda o: s.CosineAnnealingLR(o, t, eta_min=0.05)
    step = lambda o: s.StepLR(o, 6, 0.5)
    multi = lambda o: s.MultiStepLR(o, [4, 5, 14], 0.3)
    exponential = lambda o: s.ExponentialLR(o, 0.8**0.5)
    restarts = lambda first, grow: lambda o: s.CosineAnnealingWarmRestarts(o, first, grow, eta_min=0.02)
    power = lambda p, t: lambda o: s.PolynomialLR(o, t, p)
    one = lambda **settings: lambda o: s.OneCycleLR(o, 1.0, total_steps=20, cycle_momentum=False, **settings)
    stable = lambda o: s.SequentialLR(
        o, [s.LinearLR(o, 1 / 5, 1.0, 4), s.ConstantLR(o, 1.0, 1), s.LinearLR(o, 1.0, 0.1, 4)], [4, 16])
    cases = []

    def add(settings, values):
        cases.append({"settings": settings, "factors": values})

    add({"name": "constant", "warmup": 0.2}, factors(constant, 20, 4))
    add({"name": "cosine", "floor": 0.05}, factors(cosine(20), 20, 0))
    add({"name": "cosine", "floor": 0.05, "warmup": 5.0}, factors(cosine(15), 20, 5))
    add({"name": "step", "every": 3.0, "factor": 0.5}, factors(step, 20, 0))
    add({"name": "multi_step", "at": [2.0, 2.5, 7.0], "factor": 0.3}, factors(multi, 20, 0))
    add({"name": "exponential", "factor": 0.8}, factors(exponential, 20, 0))
    add({"name": "exponential", "factor": 0.8, "warmup": 3.0}, factors(exponential, 20, 3))
    add({"name": "cosine_restarts", "first": 2.0, "floor": 0.02}, factors(restarts(4, 1), 20, 0))
    add({"name": "cosine_restarts", "first": 1.5, "grow": 2, "floor": 0.02}, factors(restarts(3, 2), 20, 0))
    add({"name": "polynomial"}, factors(power(1.0, 20), 20, 0))
    add({"name": "polynomial", "power": 2.0, "warmup": 0.2}, factors(power(2.0, 16), 20, 4))
    add({"name": "one_cycle"}, factors(one(), 20, 0))
    add({"name": "one_cycle", "rise": 0.45, "start_divisor": 10.0, "end_divisor": 50.0, "shape": "linear"},
        factors(one(pct_start=0.45, div_factor=10.0, final_div_factor=50.0, anneal_strategy="linear"), 20, 0))
    add({"name": "wsd", "decay": 0.25, "floor": 0.1, "warmup": 4.0}, factors(stable, 20, 0))
    # Hu et al. 2024, arXiv:2404.06395, and Haegele et al. 2024, arXiv:2405.18392, section 3.
    share = lambda t: max(0.0, (t - 12) / 8)
    add({"name": "wsd", "decay": 0.4, "shape": "sqrt"}, lambda_factors(lambda t: 1 - share(t) ** 0.5, 20))
    add({"name": "wsd", "decay": 0.4, "shape": "cosine"},
        lambda_factors(lambda t: (1 + float(np.cos(np.pi * share(t)))) / 2, 20))
    return cases


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
    for q in (0.5, 0.9):  # Koenker and Bassett 1978
        error = values - z[:, 0]
        add({"name": "quantile", "q": q}, torch.where(error >= 0, q * error, (q - 1) * error).mean(), z)
    z = logits.clone().requires_grad_()
    for gamma in (0.0, 0.5, 2.0):  # Lin et al. 2017, equation 4
        p = torch.softmax(z.double(), 1)[torch.arange(6), labels]
        add({"name": "focal", "gamma": gamma}, (-(1 - p) ** gamma * p.log()).mean(), z)
    p = torch.softmax(z.double(), 1)[torch.arange(6), labels]
    w = weights.double()[labels]
    add({"name": "focal", "gamma": 2.0, "class_weights": weights.tolist()},
        (-w * (1 - p) ** 2 * p.log()).sum() / w.sum(), z)
    order = [2, 0, 3, 1]  # ranks of ordinal's classes, from the lowest
    p = torch.softmax(z.double(), 1)[:, order]
    rank = torch.tensor([order.index(int(y)) for y in labels])
    cuts = []
    for k in range(3):
        above = p[:, k + 1:].sum(1)
        cuts.append(f.binary_cross_entropy(above, (rank > k).double(), reduction="none"))
    add({"name": "ordinal", "order": [f"c{i}" for i in order]}, torch.stack(cuts).mean(0).mean(), z)
    matrix = torch.tensor([[0, 1, 4, 1], [2, 0, 1, 1], [1, 1, 0, 9], [1, 1, 0.5, 0]], dtype=torch.double)
    costs = {"c0": {"c2": 4}, "c1": {"c0": 2}, "c2": {"c3": 9}, "c3": {"c2": 0.5}}
    add({"name": "expected_cost", "costs": costs}, (torch.softmax(z.double(), 1) * matrix[labels]).sum(1).mean(), z)
    add({"name": "cross_entropy", "costs": costs},
        f.cross_entropy(z, labels, weight=matrix.sum(1).float()), z)
    # Two classes, as of Lin et al.'s sigmoid: the logit is the difference of ours.
    z = logits[:, :2].clone().requires_grad_()
    truth = (labels > 0).double()
    logit = (z[:, 1] - z[:, 0]).double()
    p = torch.sigmoid(logit)
    p_t = p * truth + (1 - p) * (1 - truth)
    add({"name": "focal", "gamma": 2.0, "classes": 2},
        ((1 - p_t) ** 2 * f.binary_cross_entropy_with_logits(logit, truth, reduction="none")).mean(), z)
    return cases


def main():
    torch.set_num_threads(1)
    reference = {
        "made_by": f"make_optim_reference.py with torch {torch.__version__}",
        "optimizers": [optimizer_case(*case) for case in OPTIMIZERS]
        + [optimizer_case(*case, grouped=True) for case in OPTIMIZERS
           if "weight_decay" in case[2] or case[0] in ("sgdw", "lion", "lamb", "adafactor")],
        "lbfgs": [lbfgs_case(1.0, 4, 5, "strong_wolfe"), lbfgs_case(0.1, 6, 3, None),
                  lbfgs_case(1.0, 20, 10, "strong_wolfe")],
        "schedules": schedule_cases(),
        "plateau": plateau_cases(),
        "losses": loss_cases(),
    }
    path = pathlib.Path(__file__).with_name("optim_reference.json")
    path.write_text(json.dumps(json.loads(json.dumps(reference), parse_float=lambda t: float(f"{float(t):.12g}")),
                               separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
