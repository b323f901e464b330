"""The methods, torch's own where it has them, and the schedules. Of each method the rate is searched, and nothing else."""

import math

import torch
from torch.optim import SGD, Adam, AdamW, Muon, Optimizer, RMSprop

WARM, COOL = 0.1, 0.2  # parts of the training in which a rate rises, and in which a stable one falls
SCHEDULES = {  # the factor on the rate at step t of so many
    "constant": lambda t, steps: 1.0,
    "cosine": lambda t, steps: 0.5 * (1 + math.cos(math.pi * t / steps)),
    "linear": lambda t, steps: min((t + 1) / (WARM * steps), (steps - t) / ((1 - WARM) * steps)),
    "wsd": lambda t, steps: min((t + 1) / (WARM * steps), 1, (steps - t) / (COOL * steps)),
}
DECAY = 0.01  # torch's default for AdamW, and for all here that decay apart from the gradient


class Lion(Optimizer):
    """Steps of one length, along the sign of a mean of the gradients (Chen et al. 2023)."""

    def __init__(self, params, lr, betas=(0.9, 0.99), weight_decay=DECAY):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for x in group["params"]:
                m = self.state[x].setdefault("m", torch.zeros_like(x))
                x.mul_(1 - lr * group["weight_decay"]).sub_(m.lerp(x.grad, 1 - beta1).sign_(), alpha=lr)
                m.lerp_(x.grad, 1 - beta2)


class ScheduleFree(Optimizer):
    """AdamW without a schedule (Defazio et al. 2024): steps from z, gradients at y, judged at x, the mean of all z.

    Between `train()` and `eval()` the weights are y = (1 - beta1) z + beta1 x. Only z is kept, as x follows from both.
    """

    def __init__(self, params, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=DECAY):
        adam = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, adam | {"t": 0, "top": 0, "sum": 0})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            group["t"] += 1
            group["top"] = max(group["top"], lr)
            group["sum"] += group["top"] ** 2
            share = group["top"] ** 2 / group["sum"]
            for y in group["params"]:
                state = self.state[y]
                z, s = state.setdefault("z", y.clone()), state.setdefault("s", torch.zeros_like(y))
                s.mul_(beta2).addcmul_(y.grad, y.grad, value=1 - beta2)
                step = y.grad / (s / (1 - beta2 ** group["t"])).sqrt_().add_(group["eps"]) + group["weight_decay"] * y
                y.lerp_(z, share).sub_(step, alpha=lr * (1 - beta1 * (1 - share)))
                z.sub_(step, alpha=lr)

    def eval(self):
        self._move(lambda beta1: 1 - 1 / beta1)

    def train(self):
        self._move(lambda beta1: 1 - beta1)

    @torch.no_grad()
    def _move(self, part):
        for group in self.param_groups:
            for y in group["params"]:
                if "z" in self.state[y]:
                    y.lerp_(self.state[y]["z"], part(group["betas"][0]))


def muon(model, hidden, lr):
    """Return torch's Muon for the hidden matrices, where a layer's filters are one, and AdamW at the same rate for the rest."""
    matrices = [torch.nn.Parameter(w.detach().flatten(1)) for w in hidden]  # the same numbers in memory
    optimizer = Muon(matrices, lr, weight_decay=DECAY, adjust_lr_fn="match_rms_adamw")

    def hand_over(*_):
        for matrix, w in zip(matrices, hidden, strict=True):
            matrix.grad = w.grad.flatten(1)

    optimizer.register_step_pre_hook(hand_over)
    return [optimizer, AdamW([w for w in model.parameters() if all(w is not h for h in hidden)], lr, weight_decay=DECAY)]


METHODS = {  # each makes the optimizers of a model with these hidden matrices
    "sgd": lambda model, hidden, lr: [SGD(model.parameters(), lr)],
    "momentum": lambda model, hidden, lr: [SGD(model.parameters(), lr, momentum=0.9)],
    "nag": lambda model, hidden, lr: [SGD(model.parameters(), lr, momentum=0.9, nesterov=True)],
    "rmsprop": lambda model, hidden, lr: [RMSprop(model.parameters(), lr)],
    "adam": lambda model, hidden, lr: [Adam(model.parameters(), lr)],
    "adamw": lambda model, hidden, lr: [AdamW(model.parameters(), lr, weight_decay=DECAY)],
    "lion": lambda model, hidden, lr: [Lion(model.parameters(), lr)],
    "schedule_free": lambda model, hidden, lr: [ScheduleFree(model.parameters(), lr)],
    "muon": muon,
}
