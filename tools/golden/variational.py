"""The divergence of normal distributions from the standard one by PyTorch, in float64 from float32 inputs, with its gradients.

Writes carousel-core/src/test/resources/golden/variational.json; run from the root of the project.
"""
import json
import torch
from torch.distributions import Normal, kl_divergence

torch.manual_seed(24)
mean = torch.randn(5, 3).double().requires_grad_(True)
log_variance = torch.randn(5, 3).double().requires_grad_(True)
value = kl_divergence(Normal(mean, torch.exp(log_variance / 2)), Normal(0.0, 1.0)).sum()
value.backward()
with open("carousel-core/src/test/resources/golden/variational.json", "w") as out:
    json.dump(
        {
            "torch": torch.__version__,
            "mean": mean.tolist(),
            "log_variance": log_variance.tolist(),
            "value": value.item(),
            "mean_gradient": mean.grad.tolist(),
            "log_variance_gradient": log_variance.grad.tolist(),
        },
        out,
    )
    out.write("\n")
