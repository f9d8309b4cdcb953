# --8<-- [start:guess]
import torch


def guess(y, y_new):
    commonest = torch.bincount(y).argmax()
    return (y_new != commonest).sum().item()


# --8<-- [end:guess]


# --8<-- [start:nearest]
def vote(labels):  # the label of the nearest comes first
    counts = torch.bincount(labels)
    tied = [n for n in labels if counts[n] == counts.max()]
    return tied[0]


def nearest(x, y, x_new, y_new, k):
    wrong = 0
    for image, label in zip(x_new, y_new):
        distances = ((x - image) ** 2).sum(dim=1)  # (N,)
        closest = distances.argsort(stable=True)[:k]  # (k,)
        if vote(y[closest]) != label:
            wrong += 1
    return wrong


# --8<-- [end:nearest]

# --8<-- [start:three]
from training import fit


def three(new_model, train, validation):
    models = []
    for seed in range(3):
        torch.manual_seed(seed)
        model = new_model()
        fit(model, train, validation, lr=0.01, seed=seed)
        models.append(model)
    return models


# --8<-- [end:three]
