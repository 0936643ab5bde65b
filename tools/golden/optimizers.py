"""Ten steps of every optimiser by PyTorch, in float64 from float32 weights and gradients; schedules and clipping.

Writes carousel-core/src/test/resources/golden/optimizers.json; run from the root of the project.
"""
import json
import torch

torch.manual_seed(21)
STEPS = 10
WEIGHTS = 19
DECAYING = 12  # the rest stands for biases


def run(name, make, arguments, rate, decay, start, gradients):
    weight = start[:DECAYING].clone().requires_grad_(True)
    bias = start[DECAYING:].clone().requires_grad_(True)
    optimizer = make([{"params": [weight], "weight_decay": decay}, {"params": [bias], "weight_decay": 0.0}], rate)
    after = []
    for gradient in gradients:
        weight.grad = gradient[:DECAYING].clone()
        bias.grad = gradient[DECAYING:].clone()
        optimizer.step()
        after.append(torch.cat([weight, bias]).detach().tolist())
    return {"optimizer": {"type": name, **arguments}, "learningRate": rate, "weightDecay": decay, "after": after}


def clipping(gradients, limit):
    out = []
    for gradient in gradients:
        w = torch.zeros(WEIGHTS).double().requires_grad_(True)
        w.grad = gradient.clone()
        norm = torch.nn.utils.clip_grad_norm_([w], limit)
        out.append({"norm": norm.item(), "clipped": w.grad.tolist()})
    return {"limit": limit, "after": out}


def schedules():
    weight = torch.zeros(1, requires_grad=True)

    def rates(make, argument):
        optimizer = torch.optim.SGD([weight], 1.0)
        schedule = make(optimizer)
        out = []
        for value in argument:
            out.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step(*value)
        return out

    losses = [5, 4, 4, 4.1, 4, 3.9999, 3, 3.1, 3.1, 3.1, 3.1, 3.1, 3.1, 3.1, 3.2, 2]
    plateau = rates(
        lambda o: torch.optim.lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=2, min_lr=0.2),
        [(x,) for x in losses])
    step = rates(lambda o: torch.optim.lr_scheduler.StepLR(o, 3, 0.1), [()] * 10)
    cosine = rates(lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 12, eta_min=0.1), [()] * 12)
    return {"losses": losses, "plateau": plateau, "step": step, "cosine": cosine}


def main():
    start = torch.randn(WEIGHTS).double()
    gradients = [torch.randn(WEIGHTS).double() for _ in range(STEPS)]
    o = torch.optim
    runs = []
    for decay in (0.0, 0.05):
        args = (decay, start, gradients)
        runs += [
            run("sgd", lambda p, r: o.SGD(p, r), {"momentum": 0.0, "nesterov": False}, 0.1, *args),
            run("sgd", lambda p, r: o.SGD(p, r, momentum=0.9), {"momentum": 0.9, "nesterov": False}, 0.1, *args),
            run("sgd", lambda p, r: o.SGD(p, r, momentum=0.9, nesterov=True), {"momentum": 0.9, "nesterov": True}, 0.1,
                *args),
            run("rmsProp", lambda p, r: o.RMSprop(p, r), {"decay": 0.99, "epsilon": 1e-8}, 0.01, *args),
            run("adam", lambda p, r: o.Adam(p, r), {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}, 0.01, *args),
            run("adamW", lambda p, r: o.AdamW(p, r), {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}, 0.01, *args),
            run("adagrad", lambda p, r: o.Adagrad(p, r), {"epsilon": 1e-10}, 0.1, *args),
        ]
    golden = {
        "start": start.tolist(),
        "decaying": DECAYING,
        "gradients": [g.tolist() for g in gradients],
        "runs": runs,
        "clipping": clipping(gradients, 4.0),
        "schedules": schedules(),
    }
    with open("carousel-core/src/test/resources/golden/optimizers.json", "w") as out:
        json.dump(golden, out, indent=None, separators=(",", ":"))
        out.write("\n")


main()
