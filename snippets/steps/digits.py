# --8<-- [start:load]
import torch
from sklearn.datasets import load_digits
from torch.nn.functional import pad
from torch.utils.data import Dataset


def load():
    images, labels = load_digits(return_X_y=True)
    # (1797, 64) from 0 to 1, and (1797,)
    return torch.from_numpy(images) / 16, torch.from_numpy(labels)


# --8<-- [end:load]


# --8<-- [start:split]
def split():
    order = torch.randperm(1797, generator=torch.Generator().manual_seed(0))
    train, validation, test = order.split([1197, 300, 300])
    return {"train": train, "validation": validation, "test": test}


# --8<-- [end:split]


# --8<-- [start:dataset]
class Digits(Dataset):
    """One part of the digits: "train", "validation" or "test"."""

    def __init__(self, part, transform=None):
        images, labels = load()
        indices = split()[part]
        self.images, self.labels = images[indices], labels[indices]
        self.transform = transform

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):  # a number; without a transform, a slice too
        image = self.images[i]  # (64,)
        if self.transform:
            image = self.transform(image)
        return image, self.labels[i]


# --8<-- [end:dataset]


# --8<-- [start:jitter]
def jitter(image):  # (64,)
    framed = pad(image.reshape(8, 8), (1, 1, 1, 1))  # (10, 10)
    i, j = torch.randint(3, (2,)).tolist()
    return framed[i : i + 8, j : j + 8].flatten()


# --8<-- [end:jitter]
