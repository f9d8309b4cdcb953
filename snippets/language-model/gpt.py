# --8<-- [start:attention]
import torch
from torch import nn
from torch.nn.functional import gelu, scaled_dot_product_attention


class Attention(nn.Module):
    """Each position mixes in values of the earlier ones that its query matches."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x):  # (B, T, C)
        B, T, C = x.shape
        qkv = self.qkv(x).view(B, T, 3, self.heads, C // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)  # each (B, H, T, C/H)
        y = scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.out(y.transpose(1, 2).reshape(B, T, C))


# --8<-- [end:attention]


# --8<-- [start:block]
class MLP(nn.Module):
    """Two linear layers with a GELU between them, for each position by itself."""

    def __init__(self, width):
        super().__init__()
        self.hidden = nn.Linear(width, 4 * width)
        self.out = nn.Linear(4 * width, width)

    def forward(self, x):  # (B, T, C)
        return self.out(gelu(self.hidden(x)))


class Block(nn.Module):
    """Attention, then an MLP; each reads a normalized copy and adds its result."""

    def __init__(self, width, heads):
        super().__init__()
        self.norm1, self.attention = nn.LayerNorm(width), Attention(width, heads)
        self.norm2, self.mlp = nn.LayerNorm(width), MLP(width)

    def forward(self, x):  # (B, T, C)
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


# --8<-- [end:block]


# --8<-- [start:gpt]
class GPT(nn.Module):
    """From tokens to the logits of the token that follows each of them."""

    def __init__(self, vocabulary, context, width, heads, layers):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(context, width)
        self.blocks = nn.Sequential(*(Block(width, heads) for _ in range(layers)))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, vocabulary, bias=False)
        self.head.weight = self.tokens.weight
        self.initialize(layers)

    def forward(self, tokens):  # (B, T)
        places = torch.arange(tokens.shape[1], device=tokens.device)  # (T,)
        x = self.tokens(tokens) + self.positions(places)  # (B, T, C)
        return self.head(self.norm(self.blocks(x)))  # (B, T, V)

    # --8<-- [end:gpt]

    # --8<-- [start:initialize]
    @torch.no_grad()
    def initialize(self, layers):
        """Draw small weights, smaller ones where a block adds its result."""
        for name, parameter in self.named_parameters():
            if name.endswith("bias"):
                parameter.zero_()
            elif "norm" not in name:
                adds = name.endswith("out.weight")
                parameter.normal_(0, 0.02 / (2 * layers) ** 0.5 if adds else 0.02)

    # --8<-- [end:initialize]
