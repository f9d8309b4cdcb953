# --8<-- [start:mlp]
import torch
from torch import nn


class MLP(nn.Module):
    """One hidden layer: (N, 64) pixels in, (N, 10) logits out."""

    def __init__(self, hidden=32, dropout=0.0):
        super().__init__()
        self.hidden = nn.Linear(64, hidden)
        self.dropout = nn.Dropout(dropout)  # (1)!
        self.output = nn.Linear(hidden, 10)

    def forward(self, x):  # (N, 64)
        h = torch.relu(self.hidden(x))  # (N, hidden)
        return self.output(self.dropout(h))  # (N, 10)


# --8<-- [end:mlp]


# --8<-- [start:cnn]
def new_cnn():
    return nn.Sequential(
        nn.Unflatten(1, (1, 8, 8)),  # (N, 1, 8, 8)
        nn.Conv2d(1, 8, kernel_size=3, padding=1),  # (N, 8, 8, 8)
        nn.ReLU(),
        nn.MaxPool2d(2),  # (N, 8, 4, 4)
        nn.Conv2d(8, 16, kernel_size=3, padding=1),  # (N, 16, 4, 4)
        nn.ReLU(),
        nn.MaxPool2d(2),  # (N, 16, 2, 2)
        nn.Flatten(),  # (N, 64)
        nn.Linear(64, 10),  # (N, 10)
    )


# --8<-- [end:cnn]
