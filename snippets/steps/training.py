# --8<-- [start:epoch]
import copy

import torch
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader

from digits import Digits
from models import MLP


def new_loader(data, seed, batch_size=32):
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(data, batch_size, shuffle=True, generator=generator)


def train_epoch(model, batches, optimizer):
    model.train()
    for x, y in batches:
        loss = cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


# --8<-- [end:epoch]


# --8<-- [start:evaluate]
@torch.no_grad()
def evaluate(model, data):
    model.eval()
    x, y = data[:]  # (N, 64), (N,)
    z = model(x)  # (N, 10)
    wrong = (z.argmax(dim=1) != y).sum().item()
    return cross_entropy(z, y).item(), wrong


# --8<-- [end:evaluate]


# --8<-- [start:fit]
def fit(model, train, validation, lr, weight_decay=0.01, patience=10, seed=0):
    options = {"lr": lr, "weight_decay": weight_decay}
    optimizer = torch.optim.AdamW(model.parameters(), **options)
    loader = new_loader(train, seed)
    losses, best = [], copy.deepcopy(model.state_dict())
    while True:
        train_epoch(model, loader, optimizer)
        losses.append(evaluate(model, validation)[0])
        if losses[-1] == min(losses):
            best = copy.deepcopy(model.state_dict())
        elif len(losses) - losses.index(min(losses)) > patience:
            break
    model.load_state_dict(best)
    return losses


# --8<-- [end:fit]


# --8<-- [start:classifier]
def train_classifier():
    torch.manual_seed(0)
    model = MLP(hidden=128, dropout=0.3)
    fit(model, Digits("train"), Digits("validation"), lr=0.01)
    return model.eval()


# --8<-- [end:classifier]
