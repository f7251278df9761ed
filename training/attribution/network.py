"""The attribution network, for training: its twin for reading, in NumPy, is ``sayso.reading.attribution_network``.

A word's features are embedded and run through dilated convolutions. From the result one layer says of each word
whether it is the anchor of an attribution (the head of its cue); another says, for an anchor and any word of the
window, whether that word belongs to its source, its cue, its content or none, from both words, their product, and how
the word stands to the anchor in the tree, in distance, in quotation marks and in sentences.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - everybody's name for it

ROLES = 4
PIECES = 2


class Network(nn.Module):
    """Logits of anchors and roles; ``sizes`` are (rows, columns) of each feature's embedding."""

    def __init__(
        self,
        vectors: Tensor,
        sizes: list[tuple[int, int]],
        relations: list[int],
        width: int,
        dilations: list[int],
        pair: int,
        product: int,
        encoder: nn.Module | None = None,
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.vectors = nn.Embedding.from_pretrained(vectors, freeze=True)
        self.embed = nn.ModuleList([nn.Embedding(rows, columns) for rows, columns in sizes])
        contextual = encoder.width if encoder is not None else 0
        self.enter = nn.Linear(vectors.shape[1] + sum(columns for _, columns in sizes) + contextual, width)
        self.norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(len(dilations) + 1)])
        self.convolve = nn.ModuleList(
            [nn.Conv1d(width, PIECES * width, 3, padding=step, dilation=step) for step in dilations]
        )
        self.anchor_hidden, self.anchor_out = nn.Linear(width, 64), nn.Linear(64, 1)
        self.word, self.cue = nn.Linear(width, pair), nn.Linear(width, pair, bias=False)
        self.relate = nn.ModuleList([nn.Embedding(rows, pair) for rows in relations])
        self.role_out = nn.Linear(pair, ROLES)
        self.word_product = nn.Linear(width, product, bias=False)
        self.cue_product = nn.Linear(width, product * ROLES, bias=False)
        for table in self.relate:
            nn.init.normal_(table.weight, 0, 0.1)

    def encode(self, words: Tensor, mask: Tensor, pieces: tuple[Tensor, Tensor] | None = None) -> Tensor:
        """Return the words in context: [windows, length, width]."""
        if self.training:
            words = words.clone()
            unknown = torch.rand(words.shape[:2], device=words.device) < 0.1
            for lexical in (0, 6):
                words[..., lexical][unknown] = 0
        embedded = [self.vectors(words[..., 0])] + [table(words[..., k]) for k, table in enumerate(self.embed)]
        if self.encoder is not None:
            embedded.append(self.encoder(*pieces, words.shape[1]))
        x = self.norms[0](F.dropout(self.enter(torch.cat(embedded, -1)), 0.2, self.training))
        for convolve, norm in zip(self.convolve, self.norms[1:], strict=True):
            x = x * mask[..., None]
            pieces = convolve(x.transpose(1, 2)).transpose(1, 2)
            best = torch.maximum(*pieces.chunk(PIECES, -1))
            x = norm(x + F.dropout(best, 0.2, self.training))
        return x

    def anchors(self, x: Tensor) -> Tensor:
        """Return a logit for each word: [windows, length]."""
        return self.anchor_out(F.dropout(F.relu(self.anchor_hidden(x)), 0.1, self.training)).squeeze(-1)

    def roles(self, x: Tensor, window: Tensor, anchor: Tensor, relations: Tensor) -> Tensor:
        """Return logits for each word of each anchor's window: [anchors, length, roles]."""
        cue = x[window, anchor]
        pair = self.word(x)[window] + self.cue(cue)[:, None]
        for k, table in enumerate(self.relate):
            pair = pair + table(relations[..., k])
        keys = self.cue_product(cue).view(len(cue), ROLES, -1)
        product = torch.einsum("atk,ark->atr", self.word_product(x)[window], keys) / keys.shape[-1] ** 0.5
        return self.role_out(F.dropout(F.relu(pair), 0.1, self.training)) + product
