# --8<-- [start:image]
import torch
from sklearn.datasets import load_digits

torch.set_default_dtype(torch.float64)
digits = load_digits()
print(digits.images.shape, digits.target.shape)
print(digits.images[0].astype(int))
print("label", digits.target[0])
# --8<-- [end:image]

# --8<-- [start:linear]
from torch import nn

torch.manual_seed(0)
x = torch.from_numpy(digits.data[:5]) / 16  # (5, 64)
linear = nn.Linear(64, 10)
W, b = linear.weight, linear.bias  # (10, 64), (10,)
by_hand = x @ W.T + b  # (5, 10)
difference = (by_hand - linear(x)).abs().max().item()
print(tuple(W.shape), tuple(b.shape), tuple(by_hand.shape))
print(f"largest difference {difference:.6f}")
# --8<-- [end:linear]

# --8<-- [start:mlp]
from models import MLP

mlp = MLP()
print("logits", tuple(mlp(x).shape))
for name, parameter in mlp.named_parameters():
    print(f"{name:14} {tuple(parameter.shape)!s:9} {parameter.numel():4}")
# --8<-- [end:mlp]


# --8<-- [start:count]
def count(model):
    return sum(p.numel() for p in model.parameters())


print("by formula", (64 * 32 + 32) + (32 * 10 + 10))
print("by code   ", count(mlp))
# --8<-- [end:count]

# --8<-- [start:cnn]
from models import new_cnn

cnn = new_cnn()
flow = x
for layer in cnn:
    flow = layer(flow)
    print(f"{type(layer).__name__:9} {tuple(flow.shape)!s:14} {count(layer):5}")
print("by formula", (8 * 9 + 8) + (16 * 8 * 9 + 16) + (64 * 10 + 10))
print("by code   ", count(cnn))
# --8<-- [end:cnn]

# --8<-- [start:pixel]
image = x[0].reshape(8, 8)
kernel, bias = cnn[1].weight[0, 0], cnn[1].bias[0]  # (3, 3), ()
patch = image[2:5, 3:6]  # (3, 3)
print(f"by hand {(patch * kernel).sum() + bias:.6f}")
print(f"Conv2d  {cnn[:2](x)[0, 0, 3, 4]:.6f}")
# --8<-- [end:pixel]


# --8<-- [start:shuffle]
order = torch.randperm(64)
mixed = x[:, order]  # (5, 64)
taught = MLP()
taught.load_state_dict(mlp.state_dict())
with torch.no_grad():
    taught.hidden.weight.copy_(mlp.hidden.weight[:, order])
print(f"MLP {(taught(mixed) - mlp(x)).abs().max():.6f}")
print(f"CNN {(cnn(mixed) - cnn(x)).abs().max():.6f}")
# --8<-- [end:shuffle]


# --8<-- [start:plain_list]
class Forgetful(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(64, 32), nn.ReLU()]
        self.output = nn.Linear(32, 10)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.output(x)


model = Forgetful()
print(tuple(model(x).shape), count(model))
model.layers = nn.ModuleList(model.layers)
print(tuple(model(x).shape), count(model))
# --8<-- [end:plain_list]


# --8<-- [start:own_linear]
class Linear(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):  # (N, inputs)
        return x @ self.weight.T + self.bias  # (N, outputs)


ours = Linear(64, 10)
ours.load_state_dict(linear.state_dict())
print(f"largest difference {(ours(x) - linear(x)).abs().max():.6f}")
print(count(ours), ours.weight.requires_grad)
# --8<-- [end:own_linear]

# --8<-- [start:photo]
with torch.device("meta"):
    layers = {
        "Linear(64, 32)": nn.Linear(64, 32),
        "Linear(150528, 32)": nn.Linear(224 * 224 * 3, 32),
        "Conv2d(1, 8, 3)": nn.Conv2d(1, 8, 3),
        "Conv2d(3, 8, 3)": nn.Conv2d(3, 8, 3),
    }
for name, layer in layers.items():
    print(f"{name:18} {count(layer):9,}")
# --8<-- [end:photo]
