# --8<-- [start:start]
import sys
from datetime import timedelta

import torch
import torch.distributed as dist


def main():
    what, folder = sys.argv[1:]
    dist.init_process_group("gloo", timeout=timedelta(seconds=60))
    batches = torch.load(f"{folder}/batches.pt")
    run = {"replicas": replicas, "shards": shards}[what]
    run(batches, folder, dist.get_rank(), dist.get_world_size())
    dist.destroy_process_group()


# --8<-- [end:start]


# --8<-- [start:step]
from torch.nn.functional import cross_entropy

from gpt import GPT


def new_model():
    torch.manual_seed(0)
    model = GPT(vocabulary=372, context=48, width=64, heads=4, layers=2)
    return model.double()


def new_optimizer(model):
    return torch.optim.AdamW(model.parameters(), lr=0.003)


def take_step(model, batch, optimizer, rank=0, world=1):
    x, y = (part[rank::world] for part in batch)  # each (B / world, T)
    z = model(x).flatten(0, 1)  # (B T / world, V)
    own = cross_entropy(z, y.flatten(), ignore_index=-1, reduction="sum")
    targets = (batch[1] >= 0).sum()  # of the joint batch
    optimizer.zero_grad()
    (world * own / targets).backward()
    optimizer.step()


# --8<-- [end:step]


# --8<-- [start:replicas]
from torch.distributed.algorithms.ddp_comm_hooks.default_hooks import allreduce_hook
from torch.nn.parallel import DistributedDataParallel


def counted(sent, bucket):
    sent.append(bucket.buffer().nbytes)
    return allreduce_hook(None, bucket)


def replicas(batches, folder, rank, world):
    for name, place in (("own", rank), ("same", 0)):
        model, sent = DistributedDataParallel(new_model()), []
        model.register_comm_hook(sent, counted)
        take_step(model, batches[0], new_optimizer(model), place, world)
        gradients = [p.grad for p in model.parameters()]
        torch.save(gradients, f"{folder}/{name}{rank}.pt")
    if rank == 0:
        print(f"{world} processes, {sum(sent):,} bytes to average")


# --8<-- [end:replicas]


# --8<-- [start:shards]
import os
import signal

from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard
from torch.distributed.tensor.debug import CommDebugMode


def shards(batches, folder, rank, world):
    mesh = init_device_mesh("cpu", (world,))
    model = new_model()
    for part in (*model.blocks, model):
        fully_shard(part, mesh=mesh)
    kept = [None] * world
    own = sum(p.to_local().numel() for p in model.parameters())
    dist.all_gather_object(kept, own)
    optimizer = new_optimizer(model)
    for step, batch in enumerate(batches, start=1):
        with CommDebugMode() as calls:
            take_step(model, batch, optimizer, rank, world)
        if step == 1 and rank == 0:
            print("numbers kept:", *kept)
            for call, count in calls.get_comm_counts().items():
                print(f"{call.__name__}: {count}")
        if step % 4 == 0:
            save(model, optimizer, f"{folder}/step{step}")
        if step == 6 and rank == 1:
            os.kill(os.getpid(), signal.SIGKILL)


# --8<-- [end:shards]


# --8<-- [start:checkpoint]
import torch.distributed.checkpoint as dcp
from torch.distributed.checkpoint.state_dict import get_state_dict, set_state_dict


def save(model, optimizer, path):
    weights, moments = get_state_dict(model, optimizer)
    dcp.save({"model": weights, "optimizer": moments}, checkpoint_id=path)


def load(model, optimizer, path):
    weights, moments = get_state_dict(model, optimizer)
    state = {"model": weights, "optimizer": moments}
    dcp.load(state, checkpoint_id=path, no_dist=not dist.is_initialized())
    set_state_dict(model, optimizer, model_state_dict=weights, optim_state_dict=moments)


# --8<-- [end:checkpoint]


# --8<-- [start:main]
if dist.is_torchelastic_launched():  # by torchrun
    main()
# --8<-- [end:main]
