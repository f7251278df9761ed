"""Train the attribution network and write its weights."""

from __future__ import annotations

import json
import math
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from sayso.reading.attribution_features import ANCESTORS, FIRST_DEPENDENCY, RELATION_SIZES, SUFFIXES, Vocabulary
from training.attribution.corpus import Article, Example
from training.attribution.network import Network

AVERAGING = 0.998
"""The weights that are kept are a running mean of those of the last few hundred steps."""
WARM_UP = 200
"""Steps until the full rate."""

COLUMNS = {"lower": 32, "suffix": 24, "shape": 12, "pos": 8, "tag": 16, "dep": 16, "lemma": 48, "head lemma": 48,
           "head pos": 8, "flags": 8}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """How large a network is and how it is trained; ``encoder_rate`` is None where it reads through no encoder."""

    shape: dict[str, Any]
    epochs: int
    batch: int
    rate: float
    encoder_rate: float | None = None


FAST = Plan({"width": 160, "dilations": [1, 2, 4, 8, 1], "pair": 96, "product": 48}, 8, 16, 2e-3)
ACCURATE = Plan({"width": 192, "dilations": [1, 2], "pair": 128, "product": 64}, 4, 8, 1e-3, 1e-4)


def vocabulary_of(articles: Iterable[Article], words: np.ndarray) -> Vocabulary:
    """Return the hashes worth knowing: ``words`` have vectors of their own, the rest come from the articles."""
    seen: dict[str, Counter[int]] = {name: Counter() for name in ("shape", "pos", "tag", "dep", "lemma")}
    for article in articles:
        for name, counts in seen.items():
            counts.update(getattr(article.tokens, name).tolist())
    fewest = {"lemma": 3, "shape": 5}
    table = {
        name: np.array([h for h, n in counts.most_common() if n >= fewest.get(name, 1)], np.uint64)
        for name, counts in seen.items()
    }
    return Vocabulary({"lower": words, **table})


def network_for(
    vocabulary: Vocabulary, vectors: np.ndarray, shape: dict[str, Any], encoder: nn.Module | None = None
) -> Network:
    """Return a fresh network of the right sizes."""
    known = {name: len(hashes) + 1 for name, hashes in vocabulary.table.items()}
    rows = [known["lower"], SUFFIXES, known["shape"], known["pos"], known["tag"], known["dep"], known["lemma"],
            known["lemma"], known["pos"], 8]  # fmt: skip
    tree = FIRST_DEPENDENCY + (ANCESTORS + 1) * known["dep"]
    padded = torch.from_numpy(np.vstack([np.zeros((1, vectors.shape[1])), vectors]).astype(np.float32))
    sizes = list(zip(rows, COLUMNS.values(), strict=True))
    return Network(padded, sizes, [tree, *RELATION_SIZES.values()], **shape, encoder=encoder)


class Batch:
    """A few windows, padded to the longest."""

    def __init__(self, group: list[Example]) -> None:
        longest = max(len(e.words) for e in group)
        self.words = torch.stack([_padded(e.words, longest, 0) for e in group])
        self.pieces = _pieces(group)
        self.mask = torch.stack([_padded(np.ones(len(e.words), np.int64), longest, 0) for e in group]).bool()
        self.is_anchor = torch.stack([_padded(e.is_anchor, longest, 0) for e in group])
        self.window = torch.tensor([k for k, e in enumerate(group) for _ in e.anchors])
        self.anchor = torch.tensor([a for e in group for a in e.anchors.tolist()])
        relations = [_padded(r, longest, 0) for e in group for r in e.relations]
        roles = [_padded(r.astype(np.float32), longest, 0) for e in group for r in e.roles]
        self.relations = torch.stack(relations) if relations else None
        self.roles = torch.stack(roles) if roles else None


def _pieces(group: list[Example]) -> tuple[Tensor, Tensor] | None:
    """The pieces of a few windows and the words that they are of, padded to the longest."""
    if group[0].pieces is None:
        return None
    longest = max(len(e.pieces.ids) for e in group)
    return (
        torch.stack([_padded(e.pieces.ids, longest, 0) for e in group]),
        torch.stack([_padded(e.pieces.words, longest, -1) for e in group]),
    )


def _padded(rows: np.ndarray, length: int, fill: int) -> Tensor:
    out = np.full((length, *rows.shape[1:]), fill, rows.dtype)
    out[: len(rows)] = rows
    return torch.from_numpy(out)


def train(network: Network, kept: list[Example], seed: int, plan: Plan, checkpoints: Path | None = None) -> Network:
    """Return a network with the averaged weights after training; ``checkpoints`` keeps those of every epoch."""
    random.seed(seed)
    mean = torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGING)
    averaged = torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=mean)
    optimizer = torch.optim.AdamW(_parameters(network, plan), lr=plan.rate, weight_decay=0.01)
    total = plan.epochs * math.ceil(len(kept) / plan.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / WARM_UP) * max(0.01, 1 - s / total)
    )
    for epoch in range(plan.epochs):
        network.train()
        began, losses = time.time(), []
        for batch in _batches(kept, plan.batch):
            loss = _loss(network, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            averaged.update_parameters(network)
            losses.append(loss.item())
        print(f"epoch {epoch + 1} loss {np.mean(losses):.4f} {time.time() - began:.0f} s", flush=True)
        if checkpoints:
            torch.save(averaged.module.state_dict(), checkpoints / f"epoch-{epoch + 1}.pt")
    return averaged.module.eval()


def _parameters(network: Network, plan: Plan) -> list[dict[str, Any]]:
    """The network's trained parameters, those of its encoder with a rate of their own."""
    groups: dict[bool, list[nn.Parameter]] = {True: [], False: []}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            groups[name.startswith("encoder.")].append(parameter)
    made: list[dict[str, Any]] = [{"params": groups[False]}]
    return [*made, {"params": groups[True], "lr": plan.encoder_rate}] if groups[True] else made


def _batches(kept: list[Example], size: int) -> Iterator[Batch]:
    """Yield batches of windows of like length, in random order."""
    random.shuffle(kept)
    groups = []
    for start in range(0, len(kept), size * 20):
        block = sorted(kept[start : start + size * 20], key=lambda e: len(e.words))
        groups += [block[i : i + size] for i in range(0, len(block), size)]
    random.shuffle(groups)
    yield from map(Batch, groups)


def _loss(network: Network, batch: Batch) -> Tensor:
    x = network.encode(batch.words, batch.mask, batch.pieces)
    anchors = F.binary_cross_entropy_with_logits(network.anchors(x), batch.is_anchor, reduction="none")
    loss = anchors[batch.mask].mean() * 8
    if batch.relations is not None:
        roles = network.roles(x, batch.window, batch.anchor, batch.relations)
        loss = loss - (batch.roles * F.log_softmax(roles, -1)).sum() / batch.roles.sum() * 4
    return loss


def write(network: Network, vocabulary: Vocabulary, shape: dict[str, Any], folder: Path) -> None:
    """Write the weights as half-precision arrays without pickle, and the shape of the network beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {f"vocabulary.{name}": hashes for name, hashes in vocabulary.table.items()}
    state = {name: value for name, value in network.state_dict().items() if not name.startswith("encoder.")}
    arrays |= {name: value.numpy().astype(np.float16) for name, value in state.items()}
    np.savez_compressed(folder / "weights.npz", **arrays)
    config = {**shape, "calibration": {"anchor": 1.0}}
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
