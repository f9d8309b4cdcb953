# --8<-- [start:device]
import torch
from torch.nn.functional import cross_entropy
from torch.optim import SGD, AdamW

from digits import Digits
from models import MLP
from training import evaluate, new_loader, train_epoch

torch.set_default_dtype(torch.float64)
train, validation = Digits("train"), Digits("validation")


def best_device():
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


device = torch.device("cpu")
# --8<-- [end:device]

# --8<-- [start:loop]
torch.manual_seed(0)
model = MLP().to(device)
optimizer = AdamW(model.parameters(), lr=0.003)
for x, y in new_loader(train, seed=0):
    x, y = x.to(device), y.to(device)  # (32, 64), (32,)
    loss = cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
loss, wrong = evaluate(model.to("cpu"), validation)
print(f"validation {loss:.4f}, wrong {wrong}")
# --8<-- [end:loop]

# --8<-- [start:moves]
x, y = train[:32]  # (32, 64), (32,)
moved = x.to("meta")
print("tensor:", x.device, "and", moved.device)
model = MLP()
model.to("meta")
print("module:", model.hidden.weight.device)
print("nothing to do, same tensor:", x.to("cpu") is x)
# --8<-- [end:moves]

# --8<-- [start:meta]
with torch.device("meta"):
    model = MLP(hidden=100_000_000)
    images = torch.empty(32, 64)
numbers = sum(p.numel() for p in model.parameters())
print(f"{numbers:,} numbers, {8 * numbers / 1e9:.0f} GB")
print("output", tuple(model(images).shape))
# --8<-- [end:meta]

# --8<-- [start:mixed]
model = MLP().to("meta")
try:
    model(x)
except RuntimeError as error:
    message = str(error)
print(message[:35])
print(message[36:])
# --8<-- [end:mixed]

# --8<-- [start:formats]
formats = (torch.float64, torch.float32, torch.bfloat16, torch.float16)
print("         bytes  spacing  largest")
for dtype in formats:
    info = torch.finfo(dtype)
    name = str(dtype).removeprefix("torch.")
    print(f"{name:8} {info.bits // 8:5}  {info.eps:.1e}  {info.max:.1e}")
# --8<-- [end:formats]

# --8<-- [start:rounded]
numbers = torch.tensor([1.001, 70000.0, 1e-8])
for dtype in formats:
    name = str(dtype).removeprefix("torch.")
    rounded = numbers.to(dtype).tolist()
    print(f"{name:8}", *(f"{value:10.5g}" for value in rounded))
# --8<-- [end:rounded]

# --8<-- [start:autocast]
for dtype in (torch.float32, torch.float64):
    model = MLP().to(dtype)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        z = model(x.to(dtype))
        p = z.softmax(dim=1)
        loss = cross_entropy(z, y)
    loss.backward()
    print("weights ", model.output.weight.dtype)
    print("  logits  ", z.dtype)
    print("  softmax ", p.dtype)
    print("  loss    ", loss.dtype)
    print("  gradient", model.output.weight.grad.dtype)
# --8<-- [end:autocast]


# --8<-- [start:compare]
def train_in(dtype, seed, autocast):
    torch.manual_seed(seed)
    model = MLP().to(dtype)
    optimizer = AdamW(model.parameters(), lr=0.003)
    loader = new_loader(train, seed)
    for _ in range(20):
        for x, y in loader:
            x = x.to(dtype)
            with torch.autocast("cpu", torch.bfloat16, enabled=autocast):
                loss = cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        return model(validation.images.to(dtype)).double()  # (300, 10)


def logits(dtype, autocast=False):
    return [train_in(dtype, seed, autocast) for seed in range(5)]


exact = logits(torch.float64)
print("          validation loss  other digit")
for name, found in (
    ("float64", exact),
    ("float32", logits(torch.float32)),
    ("autocast", logits(torch.float32, autocast=True)),
):
    losses = [cross_entropy(z, validation.labels) for z in found]
    other = 0
    for z, reference in zip(found, exact):
        other += (z.argmax(dim=1) != reference.argmax(dim=1)).sum().item()
    print(f"{name:9} {min(losses):.2f} to {max(losses):.2f}", end="")
    print(f"{100 * other / 1500:10.1f} %")
# --8<-- [end:compare]

# --8<-- [start:scaling]
torch.manual_seed(0)
model = MLP()
optimizer = AdamW(model.parameters(), lr=0.003)
loader = new_loader(train, seed=0)
for _ in range(100):
    train_epoch(model, loader, optimizer)
model.zero_grad()
cross_entropy(model(train.images), train.labels).backward()
gradient = torch.cat([p.grad.flatten() for p in model.parameters()])
gradient = gradient[gradient != 0]
print(len(gradient), "entries that are not 0")
for dtype, scale in (
    (torch.float16, 1),
    (torch.float16, 2**10),
    (torch.float16, 2**16),
    (torch.bfloat16, 1),
):
    lost = ((scale * gradient).to(dtype) == 0).sum().item()
    name = str(dtype).removeprefix("torch.")
    print(f"{name:8} times {scale:5}: lost {lost}")
# --8<-- [end:scaling]

# --8<-- [start:stuck]
for dtype in (torch.float32, torch.bfloat16):
    torch.manual_seed(0)
    model = MLP().to(dtype)
    optimizer = SGD(model.parameters(), lr=0.01)
    data = Digits("train")
    data.images = data.images.to(dtype)
    loader = new_loader(data, seed=0)
    before = model.hidden.weight.detach().clone()
    train_epoch(model, [data[:32]], optimizer)
    live = model.hidden.weight.grad != 0
    moved = (model.hidden.weight != before)[live].double().mean()
    for _ in range(50):
        train_epoch(model, loader, optimizer)
    loss, wrong = evaluate(model, data)
    name = str(dtype).removeprefix("torch.")
    print(f"{name:8} moved {moved:.2f}, loss {loss:.2f}")
# --8<-- [end:stuck]


# --8<-- [start:buffer]
class Centred(MLP):
    def __init__(self, mean):
        super().__init__()
        self.loose = mean
        self.register_buffer("mean", mean)

    def forward(self, x):  # (N, 64)
        return super().forward(x - self.mean)  # (N, 10)


model = Centred(train.images.mean(dim=0)).to("meta")
print("attribute:", model.loose.device)
print("buffer:   ", model.mean.device)
print("output:   ", model(x.to("meta")).device)
# --8<-- [end:buffer]

# --8<-- [start:add_up]
for dtype in formats:
    total = torch.tensor(1.0, dtype=dtype)
    step = torch.tensor(0.001, dtype=dtype)
    for _ in range(1000):
        total = total + step
    name = str(dtype).removeprefix("torch.")
    print(f"{name:8} {total.item():.4f}")
# --8<-- [end:add_up]
