# --8<-- [start:data]
import torch
from sklearn.datasets import load_diabetes

torch.set_default_dtype(torch.float64)
table = load_diabetes(scaled=False)


def column(name):
    place = table.feature_names.index(name)
    return torch.tensor(table.data[:, place])  # (442,)


names = ["bmi", "bp", "s5"]
X = torch.stack([column(name) for name in names], dim=1)  # (442, 3)
y = torch.tensor(table.target)  # (442,)
print(X[0].tolist(), y[0].item())
# --8<-- [end:data]

# --8<-- [start:solved]
torch.manual_seed(0)
order = torch.randperm(442)
seen, new = order[:300], order[300:]


def mse(prediction, y):
    return ((prediction - y) ** 2).mean().item()


def with_ones(X):
    return torch.cat([X, torch.ones(len(X), 1)], dim=1)


print("           seen     new")
mean = y[seen].mean()
print(f"mean   {mse(mean, y[seen]):8.1f} {mse(mean, y[new]):7.1f}")
for n in (1, 3):
    A = with_ones(X[:, :n])  # (442, n + 1)
    solution = torch.linalg.lstsq(A[seen], y[seen]).solution  # (n + 1,)
    p = A @ solution  # (442,)
    print(f"{n} of 3 {mse(p[seen], y[seen]):8.1f} {mse(p[new], y[new]):7.1f}")
# --8<-- [end:solved]

# --8<-- [start:loop]
from torch.nn.functional import mse_loss


def fit(X, y, lr, steps, loss_function=mse_loss):
    w = torch.zeros(X.shape[1], requires_grad=True)  # (n,)
    b = torch.zeros((), requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=lr)
    losses = []
    for _ in range(steps):
        loss = loss_function(X @ w + b, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return w.detach(), b.detach(), losses


def curvatures(X):
    A = with_ones(X)
    return torch.linalg.eigvalsh(2 / len(A) * A.T @ A)


centre, spread = X[seen].mean(dim=0), X[seen].std(dim=0)  # (3,)
print("means", *(f"{value:.2f}" for value in centre))
print("standard dev.", *(f"{value:.2f}" for value in spread))
h = curvatures(X[seen])
print("curvatures", *(f"{value:.4g}" for value in h))
print(f"condition number {h[-1] / h[0]:,.0f}")
print(f"limit of the rate {2 / h[-1]:.6f}")
# --8<-- [end:loop]

# --8<-- [start:scales]
scales = {
    "as they are": X,
    "centred": X - centre,
    "standardized": (X - centre) / spread,
}
print("steps             10     100    1000   cond.")
for name, scaled in scales.items():
    h = curvatures(scaled[seen])
    best = [float("inf")] * 3
    for share in (0.2, 0.4, 0.6, 0.8, 0.95):
        lr = share * 2 / h[-1].item()
        losses = fit(scaled[seen], y[seen], lr, 1001)[2]
        for i in range(3):
            best[i] = min(best[i], losses[10 ** (i + 1)])
    print(f"{name:12}", *(f"{loss:7.1f}" for loss in best), end="")
    print(f" {h[-1] / h[0]:7.0f}")
# --8<-- [end:scales]

# --8<-- [start:weights]
Z = scales["standardized"]
w, b, losses = fit(Z[seen], y[seen], lr=0.3, steps=100)
print("loop  ", *(f"{value:.4f}" for value in w / spread))
print("lstsq ", *(f"{value:.4f}" for value in solution[:3]))
print("scaled", *(f"{value:.4f}" for value in w))
# --8<-- [end:weights]


# --8<-- [start:sign]
def weight_of_s1(names, rows):
    A = torch.stack([column(name) for name in names], dim=1)
    A = with_ones((A - A[seen].mean(dim=0)) / A[seen].std(dim=0))
    return torch.linalg.lstsq(A[rows], y[rows]).solution[0].item()


torch.manual_seed(0)
for others in ([], ["bmi", "bp", "s5"]):
    names = ["s1"] + others
    print("features", *names)
    print(f"  weight of s1 {weight_of_s1(names, seen):.2f}")
    negative = 0
    for _ in range(200):
        rows = seen[torch.randint(300, (300,))]
        negative += weight_of_s1(names, rows) < 0
    print(f"  negative in {negative} of 200")
pair = torch.stack([column("s1"), column("s5")])
print(f"correlation {torch.corrcoef(pair[:, seen])[0, 1]:.2f}")
# --8<-- [end:sign]

# --8<-- [start:yes_no]
from sklearn.datasets import load_iris
from torch.nn.functional import binary_cross_entropy_with_logits

iris = load_iris()
petals = torch.tensor(iris.data[:, 2:])  # (150, 2)
petals = (petals - petals.mean(dim=0)) / petals.std(dim=0)
species = torch.tensor(iris.target)  # (150,)

P = petals[species > 0]  # (100, 2)
t = (species[species > 0] == 2).to(P.dtype)  # (100,)

w = torch.zeros(2, requires_grad=True)
binary_cross_entropy_with_logits(P @ w, t).backward()
p = torch.sigmoid(P @ w).detach()  # (100,)
print("autograd", *(f"{value:.6f}" for value in w.grad))
print("by hand ", *(f"{value:.6f}" for value in (p - t) @ P / 100))
# --8<-- [end:yes_no]


# --8<-- [start:two_features]
def fit_yes_no(X, y):
    loss_function = binary_cross_entropy_with_logits
    w, b, losses = fit(X, y, 1.0, 2000, loss_function)
    return w, b, losses[-1]


def count_right(X, y, w, b):
    return ((X @ w + b > 0) == (y == 1)).sum().item()


for places in ([0], [1], [0, 1]):
    w, b, loss = fit_yes_no(P[:, places], t)
    print("features", places, *(f"{value:.2f}" for value in w))
    count = count_right(P[:, places], t, w, b)
    print(f"  loss {loss:.4f}, {count} of 100 right")
# --8<-- [end:two_features]

# --8<-- [start:softmax]
from torch.nn.functional import cross_entropy

W = torch.zeros(2, 3, requires_grad=True)  # (2, 3)
bias = torch.zeros(3, requires_grad=True)  # (3,)
optimizer = torch.optim.SGD([W, bias], lr=1.0)
for _ in range(2000):
    logits = petals @ W + bias  # (150, 3)
    loss = cross_entropy(logits, species)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"loss {loss:.4f}")
print((logits.argmax(dim=1) == species).sum().item(), "of 150 right")
p = torch.softmax(logits[83], dim=0)
print(f"flower 83, class {species[83]}:", *(f"{value:.4f}" for value in p))
# --8<-- [end:softmax]

# --8<-- [start:borders]
import matplotlib.pyplot as plt


def draw(axes, X, y, *borders):
    low, high = X.min(dim=0).values - 0.2, X.max(dim=0).values + 0.2
    across = torch.linspace(low[0], high[0], 61)
    up = torch.linspace(low[1], high[1], 61)
    grid = torch.cartesian_prod(across, up)  # (3721, 2)
    for z in borders:
        heights = z(grid).detach().reshape(61, 61).T
        axes.contour(across, up, heights, levels=[0], colors="gray")
    for k in range(3):
        dots = X[y == k].unique(dim=0).T  # (2, ...)
        axes.plot(*dots, "o^s"[k], color=f"C{k}", markersize=4)
    axes.set(xlabel="$x_1$")


def z_difference(k):
    return lambda X: X @ (W[:, k + 1] - W[:, k]) + bias[k + 1] - bias[k]


figure, panels = plt.subplots(1, 2, figsize=(6.4, 3.2))
draw(panels[0], P, t + 1, lambda X: X @ w + b)
draw(panels[1], petals, species, z_difference(0), z_difference(1))
panels[0].set_ylabel("$x_2$")
plt.show()
# --8<-- [end:borders]


# --8<-- [start:same_sign]
def same_sign(n):
    X = torch.rand(n, 2) * 2 - 1  # (n, 2)
    return X, (X[:, 0] * X[:, 1] > 0).to(X.dtype)


def as_they_are(X):
    return X


def with_product(X):
    return torch.cat([X, X[:, :1] * X[:, 1:]], dim=1)  # (n, 3)


def compare(make, choices):
    torch.manual_seed(0)
    X, y = make(200)
    new_X, new_y = make(1000)
    ones = new_y.sum().item()
    print(f"new: {ones:.0f} are 1, {1000 - ones:.0f} are 0")
    for features in choices:
        w, b, loss = fit_yes_no(features(X), y)
        print(features.__name__, *(f"{value:.2f}" for value in w))
        count = count_right(features(X), y, w, b)
        new_count = count_right(features(new_X), new_y, w, b)
        print(f"  loss {loss:.4f}, {count}/200, {new_count}/1000")
    return X, y, w, b


X, y, w, b = compare(same_sign, [as_they_are, with_product])
# --8<-- [end:same_sign]

# --8<-- [start:repaired]
figure, axes = plt.subplots(figsize=(3.6, 3.4))
draw(axes, X, y, lambda X: with_product(X) @ w + b)
axes.set_ylabel("$x_2$")
plt.show()
# --8<-- [end:repaired]


# --8<-- [start:ring]
def ring(n):
    X = torch.rand(n, 2) * 2 - 1
    return X, ((X**2).sum(dim=1) < 0.5).to(X.dtype)


def with_squares(X):
    return torch.cat([X, (X**2).sum(dim=1, keepdim=True)], dim=1)


compare(ring, [as_they_are, with_product, with_squares])
# --8<-- [end:ring]

# --8<-- [start:two_classes]
z = torch.tensor([-2.0, 0.0, 3.0])
for value in z:
    two = torch.stack([torch.zeros(()), value])  # (2,)
    by_softmax = torch.softmax(two, dim=0)[1]
    print(f"{torch.sigmoid(value):.6f} {by_softmax:.6f}")
# --8<-- [end:two_classes]
