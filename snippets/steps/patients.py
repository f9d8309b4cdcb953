# --8<-- [start:healthy]
import torch
from torch import nn
from torch.optim import SGD

from digits import Digits
from models import MLP


def healthy():
    torch.manual_seed(0)
    model = MLP()
    optimizer = SGD(model.parameters(), lr=0.05, momentum=0.9)
    return model, optimizer, Digits("train"), Digits("validation")


# --8<-- [end:healthy]


# --8<-- [start:a]
def patient_a():
    model, optimizer, train, validation = healthy()
    train.images = 255 * train.images
    validation.images = 255 * validation.images
    return model, optimizer, train, validation


# --8<-- [end:a]


# --8<-- [start:b]
def patient_b():
    model, optimizer, train, validation = healthy()
    model = nn.Sequential(model, nn.Softmax(dim=1))
    return model, optimizer, train, validation


# --8<-- [end:b]


# --8<-- [start:c]
def patient_c():
    model, optimizer, train, validation = healthy()
    model.hidden = nn.Linear(64, 32)
    return model, optimizer, train, validation


# --8<-- [end:c]


# --8<-- [start:d]
def patient_d():
    model, optimizer, train, validation = healthy()
    order = torch.randperm(len(train))
    train.images = train.images[order]
    return model, optimizer, train, validation


# --8<-- [end:d]
