# --8<-- [start:derivative]
def f(x):
    return x**2


for h in (0.1, 0.01, 0.001):
    print(f"h = {h:5}: {(f(3 + h) - f(3)) / h:.4f}")
# --8<-- [end:derivative]

# --8<-- [start:tangents]
import matplotlib.pyplot as plt

x = [i / 10 for i in range(-10, 41)]
plt.plot(x, [f(value) for value in x])
for x0 in (0, 1, 3):
    m = 2 * x0
    ends = [x0 - 0.8, x0 + 0.8]
    plt.plot(ends, [f(x0) + m * (e - x0) for e in ends], color="C1")
    plt.plot(x0, f(x0), "o", color="C2")
    plt.text(x0 - 0.4, f(x0) + 0.8, f"${m}$", color="C1")
plt.xlabel("$x$")
plt.ylabel("$x^2$")
plt.show()
# --8<-- [end:tangents]


# --8<-- [start:rules]
from math import exp, log


def slope(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)


def cube(x):
    return x**3


print(f"x^3: {slope(cube, 2):.4f}, rule {3 * 2**2:.4f}")
print(f"e^x: {slope(exp, 2):.4f}, rule {exp(2):.4f}")
print(f"ln x: {slope(log, 2):.4f}, rule {1 / 2:.4f}")
# --8<-- [end:rules]


# --8<-- [start:chain]
def nested(x):
    return (3 * x + 1) ** 2


inner = 3 * 2 + 1
print(f"measured {slope(nested, 2):.4f}")
print(f"rule     {2 * inner * 3:.4f}")
# --8<-- [end:chain]


# --8<-- [start:gradient]
def g(a, b):
    return a**2 + 3 * a * b


a, b, h = 2, 1, 1e-6
da = (g(a + h, b) - g(a - h, b)) / (2 * h)
db = (g(a, b + h) - g(a, b - h)) / (2 * h)
print(f"measured {da:.4f}, {db:.4f}")
print(f"rule     {2 * a + 3 * b:.4f}, {3 * a:.4f}")
# --8<-- [end:gradient]

# --8<-- [start:logarithm]
print(f"e^1 = {exp(1):.6f}, ln(e^2) = {log(exp(2)):.6f}")
print(f"ln 6        = {log(6):.6f}")
print(f"ln 2 + ln 3 = {log(2) + log(3):.6f}")

product, total = 1.0, 0.0
for _ in range(400):
    product = product * 0.1
    total = total + log(0.1)
print(f"product {product}, sum of logarithms {total:.4f}")
# --8<-- [end:logarithm]

# --8<-- [start:matrices]
import torch

torch.set_default_dtype(torch.float64)
A = torch.tensor([[1.0, 2.0], [3.0, 4.0]])  # (2, 2)
B = torch.tensor([[5.0, 6.0], [7.0, 8.0]])  # (2, 2)
v = torch.tensor([10.0, 1.0])  # (2,)
print(A @ B)
print(B @ A)
print(A @ v)
print(A.T)
try:
    print(torch.ones(2, 3) @ torch.ones(2, 3))
except RuntimeError as error:
    print(str(error).replace(" (", "\n("))
# --8<-- [end:matrices]

# --8<-- [start:variance]
x = torch.tensor([1.0, 2.0, 3.0, 6.0])
mean = x.mean()
print(f"mean {mean:.4f}")
print(f"variance {((x - mean) ** 2).mean():.4f}")
print(f"         {(x**2).mean() - mean**2:.4f}")
print(f"standard deviation {x.std(correction=0):.4f}")
# --8<-- [end:variance]


# --8<-- [start:add_up]
def variance(x):
    return x.var(correction=0)


torch.manual_seed(0)
u = torch.randn(100_000)  # variance near 1
v = 2 * torch.randn(100_000)  # variance near 4
print(f"u {variance(u):.3f}, v {variance(v):.3f}")
print(f"u + v {variance(u + v):.3f}")
print(f"u + u {variance(u + u):.3f}")
# --8<-- [end:add_up]

# --8<-- [start:broadcasting]
tall = torch.tensor([[10.0], [20.0]])  # (2, 1)
wide = torch.tensor([1.0, 2.0, 3.0])  # (3,)
print(tall + wide)  # (2, 3)
try:
    print(torch.ones(2, 3) + torch.ones(2))
except RuntimeError as error:
    print(str(error).splitlines()[0][:44])
# --8<-- [end:broadcasting]

# --8<-- [start:trap]
prediction = torch.tensor([[3.0], [5.0], [7.0]])  # (3, 1)
y = torch.tensor([3.0, 5.0, 7.0])  # (3,)
error = prediction - y
print(error)
print(f"loss {(error**2).mean():.4f}")
error = prediction - y[:, None]  # (3, 1)
print(f"loss {(error**2).mean():.4f}")
# --8<-- [end:trap]


# --8<-- [start:python]
def new_line(a, b):
    def line(x):
        return a * x + b

    return line


line = new_line(2, 1)
xs, ys = [1, 2, 3], [3, 5, 8]
print([line(x) for x in xs])
print([y - line(x) for x, y in zip(xs, ys)])
print(f"{1 / 3:.4f}")
print(f"{slope(lambda x: x**2, 3):.4f}")
# --8<-- [end:python]

# --8<-- [start:tiny]
for h in (1e-2, 1e-4, 1e-6, 1e-10, 1e-14, 1e-16):
    print(f"h = {h:5}: {(f(3 + h) - f(3)) / h:.8f}")
print(3 + 1e-16 == 3)
# --8<-- [end:tiny]


# --8<-- [start:sigmoid]
def sigmoid(z):
    return 1 / (1 + exp(-z))


for z in (-2, 0, 2):
    p = sigmoid(z)
    print(f"{z:2}: {slope(sigmoid, z):.6f} {p * (1 - p):.6f}")
# --8<-- [end:sigmoid]

# --8<-- [start:mean_of_n]
torch.manual_seed(0)
for n in (1, 4, 100):
    means = torch.randn(10_000, n).mean(dim=1)  # (10000,)
    print(f"{n:3}: {variance(means):.4f}, 1 / n = {1 / n:.4f}")
# --8<-- [end:mean_of_n]

# --8<-- [start:shapes]
a = torch.zeros(4, 1)
b = torch.zeros(3)
print((a + b).shape)
print((a.T + a).shape)
print((a[:, 0] + a).shape)
# --8<-- [end:shapes]
