# --8<-- [start:by_hand]
import torch
from torch import nn

from digits import Digits
from models import MLP, new_cnn

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x, y = Digits("train")[:5]  # (5, 64), (5,)
model = MLP()

W1, b1 = model.hidden.weight, model.hidden.bias  # (32, 64), (32,)
W2, b2 = model.output.weight, model.output.bias  # (10, 32), (10,)
u = x @ W1.T + b1  # (5, 32)
h = u.clamp(min=0)  # (5, 32)
z = h @ W2.T + b2  # (5, 10)
for tensor in (x, u, h, z):
    print(tuple(tensor.shape), end=" ")
print(f"\nlargest difference {(z - model(x)).abs().max():.6f}")
# --8<-- [end:by_hand]


# --8<-- [start:hooks]
def show(layer, inputs, output):
    name = type(layer).__name__
    print(f"{name:9} {tuple(inputs[0].shape)!s:13} -> {tuple(output.shape)}")


cnn = new_cnn()
layers = [*model.children(), *cnn]
hooks = [layer.register_forward_hook(show) for layer in layers]
model(x)
print()
cnn(x)
for hook in hooks:
    hook.remove()
# --8<-- [end:hooks]


# --8<-- [start:softmax]
def softmax(z):  # (N, 10)
    exp = z.exp()
    return exp / exp.sum(dim=1, keepdim=True)


p = softmax(z)  # (5, 10)
print("z", *(f"{value:7.4f}" for value in z[0, :5]))
print("p", *(f"{value:7.4f}" for value in p[0, :5]))
print("sums", *(f"{value:.4f}" for value in p.sum(dim=1)))
print(f"largest difference {(p - z.softmax(dim=1)).abs().max():.6f}")
print("predictions", p.argmax(dim=1).tolist())
print("labels     ", y.tolist())
# --8<-- [end:softmax]


# --8<-- [start:overflow]
def safe_softmax(z):
    return softmax(z - z.max(dim=1, keepdim=True).values)


print("          z   softmax  safe_softmax")
for dtype in (torch.float32, torch.float64):
    for size in (80, 90, 800):
        two = torch.tensor([[size, size - 1]], dtype=dtype)
        p, safe = softmax(two)[0, 0], safe_softmax(two)[0, 0]
        print(f"{str(dtype)[6:]} {size:3} {p:9.4f} {safe:9.4f}")
for dtype in (torch.float32, torch.float64):
    limit = torch.tensor(torch.finfo(dtype).max, dtype=dtype).log()
    print(f"{str(dtype)[6:]}: exp overflows above {limit:.2f}")
# --8<-- [end:overflow]

# --8<-- [start:log_softmax]
far = torch.tensor([[0.0, 200.0, 1000.0]])
print("log of softmax", *far.softmax(dim=1).log()[0].tolist())
print("log_softmax   ", *far.log_softmax(dim=1)[0].tolist())
by_hand = z - z.logsumexp(dim=1, keepdim=True)  # (5, 10)
difference = by_hand - z.log_softmax(dim=1)
print(f"largest difference {difference.abs().max():.6f}")
# --8<-- [end:log_softmax]

# --8<-- [start:dropout]
dropout = nn.Dropout(0.5)
torch.manual_seed(0)
print(dropout(torch.ones(8)).tolist())
print(dropout(torch.ones(8)).tolist())
dropout.eval()
print(dropout(torch.ones(8)).tolist())
# --8<-- [end:dropout]

# --8<-- [start:modes]
model = MLP(dropout=0.5)
for mode in (model.train, model.eval):
    mode()
    difference = (model(x) - model(x)).abs().max()
    print(f"training = {model.training}: {difference:.4f} between calls")
model.train()
with torch.no_grad():
    mean = torch.stack([model(x) for _ in range(5000)]).mean(dim=0)
model.eval()
print(f"mean of 5,000 calls: {(mean - model(x)).abs().max():.4f} from eval")
# --8<-- [end:modes]

# --8<-- [start:batch_norm]
norm = nn.BatchNorm1d(1)
for others in ([2.0, 3.0], [20.0, 30.0]):
    batch = torch.tensor([[1.0], *([other] for other in others)])  # (3, 1)
    print(f"train, beside {others}: {norm(batch)[0].item():.4f}")
norm.eval()
for others in ([2.0, 3.0], [20.0, 30.0]):
    batch = torch.tensor([[1.0], *([other] for other in others)])
    print(f"eval, beside {others}: {norm(batch)[0].item():.4f}")
# --8<-- [end:batch_norm]

# --8<-- [start:no_grad]
for context in (torch.enable_grad, torch.no_grad, torch.inference_mode):
    with context():
        z = model(x)
    print(f"{context.__name__:14} graph kept: {z.grad_fn is not None}")
try:
    model.output.weight * z[0, 0]
except RuntimeError as error:
    print(str(error).split(" for ")[0])
# --8<-- [end:no_grad]

# --8<-- [start:wrong_dim]
p = z.softmax(dim=0)
print("rows   ", *(f"{value:.4f}" for value in p.sum(dim=1)[:4]))
print("columns", *(f"{value:.4f}" for value in p.sum(dim=0)[:4]))
print("prediction", p.argmax(dim=1).tolist())
print("instead of", z.argmax(dim=1).tolist())
# --8<-- [end:wrong_dim]

# --8<-- [start:temperature]
for T in (0.1, 1, 10):
    p = (z[0] / T).softmax(dim=0)
    print(f"T = {T:3}: {p.min():.4f} to {p.max():.4f}, digit {p.argmax()}")
moved = (z + 100).softmax(dim=1) - z.softmax(dim=1)
print(f"z + 100: difference {moved.abs().max():.6f}")
# --8<-- [end:temperature]

# --8<-- [start:conv]
conv = cnn[1]  # 1 channel in, 8 out
images = x.reshape(5, 1, 8, 8)
framed = nn.functional.pad(images[:, 0], (1, 1, 1, 1))  # (5, 10, 10)
patches = framed.unfold(1, 3, 1).unfold(2, 3, 1)  # (5, 8, 8, 3, 3)
K = conv.weight[:, 0]  # (8, 3, 3)
by_hand = torch.einsum("nijkl,ckl->ncij", patches, K)  # (5, 8, 8, 8)
by_hand = by_hand + conv.bias[:, None, None]
print(f"largest difference {(by_hand - conv(images)).abs().max():.6f}")
# --8<-- [end:conv]
