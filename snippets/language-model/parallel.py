# --8<-- [start:data]
import tempfile

import torch

from task import inputs_and_targets, table
from trainer import TRAINING

shared = tempfile.TemporaryDirectory()
folder = shared.name
rows = table(TRAINING[:320])
batches = [inputs_and_targets(part) for part in rows.split(64)]  # 10 of (64, T)
torch.save(batches, f"{folder}/batches.pt")
# --8<-- [end:data]

# --8<-- [start:torchrun]
import os
import subprocess
import sys

import spread


def torchrun(what):
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    command += ["--nproc-per-node=2", spread.__file__, what, folder]
    done = subprocess.run(
        command,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=200,
    )
    print(f"{done.stdout}ended with {done.returncode}")
    return done


torchrun("replicas")
# --8<-- [end:torchrun]


# --8<-- [start:gradients]
def gradients(batch, rank=0, world=1):
    model = spread.new_model()
    optimizer = spread.new_optimizer(model)
    spread.take_step(model, batch, optimizer, rank, world)
    return [p.grad for p in model.parameters()]


def difference(ours, theirs):
    a, b = (torch.cat([t.flatten() for t in some]) for some in (ours, theirs))
    return ((a - b).norm() / b.norm()).item()


joint = gradients(batches[0])
for rank in (0, 1):
    own = torch.load(f"{folder}/own{rank}.pt")
    print(f"process {rank}, below 1e-12: {difference(own, joint) < 1e-12}")
# --8<-- [end:gradients]

# --8<-- [start:shards]
done = torchrun("shards")
print("killed by signal 9:", "exitcode  : -9" in done.stderr)
# --8<-- [end:shards]

# --8<-- [start:resume]
from pathlib import Path

saved = [path.parent for path in Path(folder).glob("step*/.metadata")]
print(*(path.name for path in saved))
print(*sorted(path.name for path in saved[0].iterdir()))

resumed = spread.new_model()
optimizer = spread.new_optimizer(resumed)
spread.load(resumed, optimizer, saved[0])
for batch in batches[4:]:
    spread.take_step(resumed, batch, optimizer)

alone = spread.new_model()
optimizer = spread.new_optimizer(alone)
for batch in batches:
    spread.take_step(alone, batch, optimizer)
apart = difference(list(resumed.parameters()), list(alone.parameters()))
print(f"after 10 steps, below 1e-9: {apart < 1e-9}")
# --8<-- [end:resume]

# --8<-- [start:paper]
N = 124_439_808  # GPT-2
D = 20 * N  # tokens
B = 2**19  # tokens a step
speed, network = 1e14, 1e10  # operations and bytes a second: assumed
print(f"weights, gradients, two moments: {16 * N / 1e9:.1f} GB")
print(f"{6 * N * D:.1e} operations, {D // B} steps")
for P in (1, 8, 32, 128):
    calculates = 6 * N * B / P / speed
    shares = 2 * (P - 1) / P * 4 * N / network
    hours = D / B * (calculates + shares) / 3600
    print(f"{P:3}: {calculates:.3f} s + {shares:.3f} s a step, {hours:4.1f} hours")
# --8<-- [end:paper]

# --8<-- [start:same]
same = torch.load(f"{folder}/same1.pt")
print(f"from the joint batch: {difference(same, joint):.2f}")
half = gradients(batches[0], rank=0, world=2)
print(f"from half of it, below 1e-12: {difference(same, half) < 1e-12}")
# --8<-- [end:same]


# --8<-- [start:means]
def mean_gradients(batch, rank):
    half = [part[rank::2] for part in batch]
    return gradients(half)  # divided by the targets of this half


halves = [mean_gradients(batches[0], rank) for rank in (0, 1)]
means = [(a + b) / 2 for a, b in zip(*halves)]
targets = [(batches[0][1][rank::2] >= 0).sum().item() for rank in (0, 1)]
print("targets:", *targets)
print(f"difference {difference(means, joint):.2f}")
# --8<-- [end:means]

# --8<-- [start:memory]
N = 1_557_611_200  # GPT-2 XL
for P in (1, 2, 4, 8):
    print(f"{P}: {16 * N / P / 1e9:4.1f} GB each")
shared.cleanup()
# --8<-- [end:memory]
