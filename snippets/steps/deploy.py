# --8<-- [start:save]
import tempfile
from pathlib import Path

import torch

from digits import Digits
from models import MLP
from training import evaluate, new_loader, train_classifier, train_epoch

torch.set_default_dtype(torch.float64)
validation = Digits("validation")
model = train_classifier()
folder = tempfile.TemporaryDirectory()
path = Path(folder.name, "digits.pt")
torch.save(model.state_dict(), path)
for name, tensor in model.state_dict().items():
    print(f"{name:14} {tuple(tensor.shape)}")
# --8<-- [end:save]

# --8<-- [start:load]
loaded = MLP(hidden=128, dropout=0.3)
loaded.load_state_dict(torch.load(path, weights_only=True))
loaded.eval()
x, y = validation[:]  # (300, 64), (300,)
with torch.inference_mode():
    print("same bits:", torch.equal(loaded(x), model(x)))
# --8<-- [end:load]


# --8<-- [start:pickle]
import pickle


class Trap:
    def __reduce__(self):
        return print, ("this ran while the file was read",)


trap = Path(folder.name, "trap.pt")
torch.save(Trap(), trap)
torch.load(trap, weights_only=False)
try:
    torch.load(trap, weights_only=True)
except pickle.UnpicklingError as error:
    print(f"{type(error).__name__}: {str(error).partition('.')[0]}")
# --8<-- [end:pickle]

# --8<-- [start:safetensors]
from safetensors.torch import load_file, save_file

path = Path(folder.name, "digits.safetensors")
save_file(model.state_dict(), path, metadata={"hidden": "128"})
tensors = load_file(path)
same = [torch.equal(tensors[k], v) for k, v in model.state_dict().items()]
print("same bits:", all(same))
numbers = sum(t.numel() for t in tensors.values())
print(f"{numbers} numbers, {path.stat().st_size} bytes")
print(f"header {path.stat().st_size - 8 * numbers} bytes")
# --8<-- [end:safetensors]


# --8<-- [start:predict]
def predict(image):
    """Read 8 x 8 whole numbers, 0 to 16: the digit, its probability."""
    image = torch.as_tensor(image, dtype=torch.float64)
    if image.shape != (8, 8):
        raise ValueError(f"the image is {tuple(image.shape)}, not (8, 8)")
    if not ((image == image.round()) & (image >= 0) & (image <= 16)).all():
        raise ValueError("pixels are whole numbers, 0 to 16")
    if image.max() < 14:
        raise ValueError("no pixel is 14 or more")
    with torch.inference_mode():
        p = loaded(image.reshape(1, 64) / 16).softmax(dim=1)[0]  # (10,)
    return p.argmax().item(), p.max().item()


images = (16 * x).reshape(-1, 8, 8)  # (300, 8, 8)
digit, p = predict(images[0])
print(f"digit {digit}, probability {p:.4f}, label {y[0]}")
for wrong in (images[0].flatten(), images[0] / 16, images[0] // 16):
    try:
        predict(wrong)
    except ValueError as error:
        print("refused:", error)
# --8<-- [end:predict]

# --8<-- [start:unseen]
train = Digits("train")
largest = 16 * train.images.amax(dim=1)  # (1197,)
print(f"largest pixel of an image: {largest.min():.0f} or more")
turned = [predict(image.T)[0] for image in images]  # rows for columns
print("turned:", (torch.tensor(turned) != y).sum().item(), "of 300 wrong")
# --8<-- [end:unseen]

# --8<-- [start:export]
import onnx

path = str(Path(folder.name, "digits.onnx"))
small = MLP(hidden=128, dropout=0.3).float()  # (1)!
small.load_state_dict(model.state_dict())
small.eval()  # (2)!
torch.onnx.export(
    small,
    (torch.zeros(2, 64, dtype=torch.float32),),
    path,
    input_names=["image"],
    output_names=["logits"],
    dynamic_shapes=[{0: torch.export.Dim("N")}],  # (3)!
    external_data=False,
    verbose=False,
)
onnx.checker.check_model(onnx.load(path))
print(*(node.op_type for node in onnx.load(path).graph.node))
# --8<-- [end:export]

# --8<-- [start:runtime]
import onnxruntime

session = onnxruntime.InferenceSession(path)
images = x.float().numpy()  # (300, 64)
(logits,) = session.run(None, {"image": images})  # (300, 10)
with torch.inference_mode():
    z = small(x.float())  # (300, 10)
logits = torch.from_numpy(logits)
print(f"largest difference {(logits - z).abs().max():.4f}")
print("same digits:", torch.equal(logits.argmax(dim=1), z.argmax(dim=1)))
print("one image", session.run(None, {"image": images[:1]})[0].shape)
# --8<-- [end:runtime]


# --8<-- [start:old]
from torch.utils.data import Subset

from training import fit

rows = torch.arange(1197)
learn, choose, later = rows.split([697, 300, 200])
torch.manual_seed(0)
old = MLP(hidden=128, dropout=0.3)
fit(old, Subset(train, learn), Subset(train, choose), lr=0.01)
print(f"{evaluate(old, validation)[1]} of 300 wrong")
# --8<-- [end:old]


# --8<-- [start:tasks]
class Changed:
    """Digits seen through another camera."""

    def __init__(self, data, change):
        images, self.labels = data[:]
        self.images = change(images.reshape(-1, 8, 8)).flatten(1)

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return self.images[i], self.labels[i]


def blur(images):  # (N, 8, 8)
    return torch.nn.functional.avg_pool2d(images, 3, stride=1, padding=1)


def mirror(images):
    return images.flip(2)


for change in (blur, mirror):
    _, wrong = evaluate(old, Changed(validation, change))
    print(f"{change.__name__}: {wrong} of 300 wrong")
# --8<-- [end:tasks]


# --8<-- [start:tune]
def wrong_after(change, n, tuned, seed, frozen=False):
    torch.manual_seed(seed)
    drawn = later[torch.randperm(200)[:n]]  # (n,)
    model = MLP(hidden=128, dropout=0.3)
    if tuned:
        model.load_state_dict(old.state_dict())
    model.hidden.requires_grad_(not frozen)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.003)
    new = Changed(Subset(train, drawn), change)
    loader = new_loader(new, seed, batch_size=10)
    for _ in range(6000 // n):  # epochs, to make 600 steps
        train_epoch(model, loader, optimizer)
    return evaluate(model, Changed(validation, change))[1]


# --8<-- [end:tune]

# --8<-- [start:sizes]
sizes = (20, 50, 100, 200)
wrongs = {}
for change in (blur, mirror):
    for tuned in (True, False):
        print(f"{change.__name__}, {'fine-tuned' if tuned else 'from scratch'}")
        for n in sizes:
            found = [wrong_after(change, n, tuned, seed) for seed in range(5)]
            wrongs[change, tuned, n] = found
            print(f"  {n:3}:", *(f"{wrong:3}" for wrong in found))
# --8<-- [end:sizes]

# --8<-- [start:compare]
import matplotlib.pyplot as plt

figure, panels = plt.subplots(1, 2, figsize=(5.2, 2.8), sharey=True)
for axes, change in zip(panels, (blur, mirror)):
    for tuned, style in ((True, "o-"), (False, "s--")):
        middle = [sorted(wrongs[change, tuned, n])[2] for n in sizes]
        axes.semilogx(sizes, middle, style)
    axes.set_xticks(sizes, sizes)
    axes.minorticks_off()
    axes.set_xlabel("$N$")
plt.show()
# --8<-- [end:compare]

# --8<-- [start:training_mode]
model.train()
torch.manual_seed(0)
with torch.no_grad():
    digits = torch.stack([model(x).argmax(dim=1) for _ in range(20)])
wrong = (digits != y).sum(dim=1)  # (20,)
changing = (digits != digits[0]).any(dim=0).sum()
print(f"train(): {wrong.min()} to {wrong.max()} wrong")
print(f"{changing} images get more than one digit")
model.eval()
print(f"eval():  {(model(x).argmax(dim=1) != y).sum()} wrong")
# --8<-- [end:training_mode]

# --8<-- [start:freeze]
for frozen in (False, True):
    found = [wrong_after(blur, 50, True, seed, frozen) for seed in range(5)]
    print(f"frozen={frozen}: wrong", *found)
# --8<-- [end:freeze]

# --8<-- [start:smaller]
print("          bytes   loss  wrong")
for dtype in (torch.float64, torch.float32, torch.bfloat16):
    smaller = {k: v.to(dtype) for k, v in loaded.state_dict().items()}
    path = Path(folder.name, "smaller.safetensors")
    save_file(smaller, path)
    model = MLP(hidden=128, dropout=0.3)
    model.load_state_dict(load_file(path))
    loss, wrong = evaluate(model, validation)
    name = str(dtype).removeprefix("torch.")
    print(f"{name:8} {path.stat().st_size:6} {loss:.4f} {wrong:6}")
folder.cleanup()
# --8<-- [end:smaller]
