# --8<-- [start:split]
import random

large = random.Random(0).sample(range(100, 100_000), 99_900)  # all, shuffled
TEST, VALIDATION, TRAINING = large[:1000], large[1000:2000], large[2000:]
TRAINING += range(1, 100)  # words that nobody can guess: ten, eleven, twelve
random.Random(0).shuffle(TRAINING)
# --8<-- [end:split]


# --8<-- [start:optimizer]
import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, LinearLR, SequentialLR


def optimizer_of(model, steps, rate=0.003, warm_up=100):
    matrices = [p for p in model.parameters() if p.dim() == 2]
    vectors = [p for p in model.parameters() if p.dim() == 1]
    groups = [
        {"params": matrices, "weight_decay": 0.1},
        {"params": vectors, "weight_decay": 0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.99), fused=True)
    up = LinearLR(optimizer, 1 / warm_up, 1, warm_up)
    down = CosineAnnealingLR(optimizer, steps - warm_up)
    return optimizer, SequentialLR(optimizer, [up, down], [warm_up])


# --8<-- [end:optimizer]


# --8<-- [start:step]
from torch.nn.functional import cross_entropy

from task import MERGES, inputs_and_targets, table, wrong


def loss_of(model, rows, whole=True):
    rows = rows[:, : (rows >= 0).sum(dim=1).max()]  # no column of padding alone
    x, y = inputs_and_targets(rows)  # of the answers
    if whole:
        y = rows[:, 1:]  # of the questions too
    z = model(x)  # (B, T, V)
    return cross_entropy(z.flatten(0, 1), y.flatten(), ignore_index=-1)


def take_step(model, rows, optimizer, rates, whole=True):
    loss = loss_of(model, rows, whole)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    rates.step()
    return loss.item()


# --8<-- [end:step]


# --8<-- [start:train]
from tqdm import tqdm

from gpt import GPT


def new_model(seed):
    torch.manual_seed(seed)
    return GPT(vocabulary=372, context=48, width=64, heads=4, layers=2)


def train(seed, draw, rows, whole=True, steps=2400, every=100):
    model = new_model(seed)
    optimizer, rates = optimizer_of(model, steps)
    unseen = table(VALIDATION)
    losses, errors = [], []
    for step in tqdm(range(1, steps + 1), leave=False):
        some = rows[draw(64)]
        losses.append(take_step(model, some, optimizer, rates, whole))
        if step % every == 0:
            errors.append(wrong(model, unseen).sum().item())
    losses = torch.tensor(losses).view(-1, 20).mean(dim=1)
    return model, {"losses": losses, "errors": torch.tensor(errors)}


# --8<-- [end:train]


# --8<-- [start:recorded]
from pathlib import Path

from safetensors.torch import load_file, save_file

FILE = Path(__file__).with_suffix(".safetensors")


def recorded(name, make, file=FILE):
    """Return the tensors that `make` returns: from the file, or made and kept there."""
    kept = load_file(file) if file.exists() else {}
    if not any(key.startswith(f"{name}.") for key in kept):
        kept |= {f"{name}.{key}": tensor for key, tensor in make().items()}
        save_file(kept, file)
    own = {key: t for key, t in kept.items() if key.startswith(f"{name}.")}
    return {key.removeprefix(f"{name}."): t for key, t in own.items()}


# --8<-- [end:recorded]


# --8<-- [start:draw]
def evenly(numbers):
    return lambda size: torch.randint(2 * len(numbers), (size,))


def by_class(numbers):
    classes = {}
    for i, n in enumerate(numbers):
        kind = len(str(n)), str(n).count("0")
        classes.setdefault(kind, []).extend((2 * i, 2 * i + 1))  # rows of the table
    classes = [torch.tensor(rows) for rows in classes.values()]
    chances = torch.tensor([len(rows) ** 0.5 for rows in classes])

    def draw(size):
        kinds = torch.multinomial(chances, size, replacement=True).tolist()
        chosen = [classes[kind] for kind in kinds]
        return torch.stack([rows[torch.randint(len(rows), ())] for rows in chosen])

    return draw


# --8<-- [end:draw]


# --8<-- [start:runs]
def several(seeds, draw, whole=True):
    """Train with several seeds, and list what stays wrong of 40,000 lines."""
    rows = table(TRAINING)
    models, runs, stays = [], [], []
    for seed in range(seeds):
        model, run = train(seed, draw, rows, whole)
        bad = torch.cat([wrong(model, some) for some in rows[:40_000].split(2000)])
        stays += [(seed, i) for i in bad.nonzero().flatten().tolist()]
        models.append(model)
        runs.append(run)
    runs = {key: torch.stack([run[key] for run in runs]) for key in runs[0]}
    return models, runs | {"wrong": torch.tensor(stays).view(-1, 2)}  # (seed, row)


def even_answers():
    """Every number as likely as any other, loss on the answers only."""
    return several(3, evenly(TRAINING), whole=False)[1]


def by_class_answers():
    """Rare kinds of numbers more often, loss on the answers only."""
    return several(3, by_class(TRAINING), whole=False)[1]


def even_whole():
    """Every number as likely as any other, loss on the whole line."""
    return several(3, evenly(TRAINING))[1]


def by_class_whole():
    """Both; five seeds on the test set; the first model is kept, in half precision."""
    models, runs = several(5, by_class(TRAINING))
    unseen = torch.stack([wrong(model, table(TEST)).sum() for model in models])
    weights = {name: p.half() for name, p in models[0].state_dict().items()}
    del weights["head.weight"]  # the embedding matrix once more
    merges = torch.tensor(list(MERGES))  # the tokenizer, (116, 2)
    return runs | {"unseen": unseen, "merges": merges} | weights


def two_starts(steps=600):
    """The same run twice in double precision, one weight moved by 1e-15."""
    torch.set_default_dtype(torch.float64)
    rows, draw = table(TRAINING), by_class(TRAINING)
    losses = []
    for nudge in (0, 1e-15):
        model = new_model(0)
        optimizer, rates = optimizer_of(model, 2400)
        with torch.no_grad():
            model.tokens.weight[0, 0] += nudge
        losses.append(
            [take_step(model, rows[draw(64)], optimizer, rates) for _ in range(steps)]
        )
    torch.set_default_dtype(torch.float32)
    return {"losses": torch.tensor(losses, dtype=torch.float64)}


# --8<-- [end:runs]


# --8<-- [start:load]
def trained():
    """The model that was trained with seed 0."""
    kept = recorded("by_class", by_class_whole)
    model = new_model(0)
    state = {name: kept[name].float() for name in model.state_dict() if name in kept}
    model.load_state_dict(state | {"head.weight": state["tokens.weight"]})
    return model


# --8<-- [end:load]
