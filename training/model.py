"""The reader in PyTorch: a MiniLM encoder over frozen word pieces and word shapes, with heads on each word's first piece."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

from windows import IGNORE, LINKS, collate

HIDDEN, WIDE, HEADS, ARC, RELATION, LINK = 384, 1536, 12, 192, 96, 64
OUT = -1e4


def same_for_all(x, drop, training):
    """Dropout that hides the same channels at every word of a window (Gal & Ghahramani 2016): its mask costs next to nothing."""
    return x * F.dropout(x.new_ones(len(x), 1, x.shape[2]), drop, training) if training and drop else x


class Layer(nn.Module):
    def __init__(self, drop):
        super().__init__()
        self.drop = drop
        self.qkv, self.o = nn.Linear(HIDDEN, 3 * HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.f1, self.f2 = nn.Linear(HIDDEN, WIDE), nn.Linear(WIDE, HIDDEN)
        self.ln1, self.ln2 = (nn.LayerNorm(HIDDEN, eps=1e-12) for _ in range(2))

    def forward(self, x, mask):
        b, n, h = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, h // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        # plain products: with PyTorch's fused attention a step takes nearly twice as long on a CPU
        a = (q * (h // HEADS) ** -0.5 @ k.transpose(-1, -2) + mask).softmax(-1).to(v.dtype) @ v
        x = self.ln1(x + same_for_all(self.o(a.transpose(1, 2).reshape(b, n, h)), self.drop, self.training))
        return self.ln2(x + same_for_all(self.f2(F.gelu(self.f1(x))), self.drop, self.training))

    def passing_on(self):
        """A layer to stand on this one that changes almost nothing yet: its branches add zero, its norms restore what they take away."""
        new, norm = Layer(self.drop), self.ln2
        new.load_state_dict(self.state_dict())
        for branch in (new.o, new.f2):
            nn.init.zeros_(branch.weight)
            nn.init.zeros_(branch.bias)
        for after in (new.ln1, new.ln2):
            nn.init.constant_(after.weight, float((norm.weight.square().mean() + norm.bias.var(correction=0)).sqrt().detach()))
            nn.init.constant_(after.bias, float(norm.bias.mean().detach()))
        return new


class Encoder(nn.Module):
    def __init__(self, layers, drop):
        super().__init__()
        self.emb, self.pos, self.shp = nn.Embedding(30522, HIDDEN), nn.Embedding(512, HIDDEN), nn.Embedding(8, HIDDEN)
        nn.init.zeros_(self.shp.weight)
        self.emb.weight.requires_grad = False
        self.ln, self.drop = nn.LayerNorm(HIDDEN, eps=1e-12), drop
        self.layers = nn.ModuleList(Layer(drop) for _ in range(layers))

    def start_from(self, folder, pick):
        """The unmodified sentence model's layers (`pick` of them), positions and norm, and the word-piece table it shares."""
        t = {k: v.float() for k, v in load_file(folder / "sentence.safetensors").items()}
        self.emb.weight.data.copy_(load_file(folder / "reader.safetensors")["enc.emb.weight"].float())
        self.pos.weight.data.copy_(t["embeddings.position_embeddings.weight"] + t["embeddings.token_type_embeddings.weight"][0])
        for kind in ("weight", "bias"):
            getattr(self.ln, kind).data.copy_(t[f"embeddings.LayerNorm.{kind}"])
            for layer, i in zip(self.layers, pick):
                p = f"encoder.layer.{i}."
                qkv = [t[f"{p}attention.self.{x}.{kind}"] for x in ("query", "key", "value")]
                for part, value in dict(qkv=torch.cat(qkv), o=t[f"{p}attention.output.dense.{kind}"], f2=t[f"{p}output.dense.{kind}"],
                                        f1=t[f"{p}intermediate.dense.{kind}"], ln1=t[f"{p}attention.output.LayerNorm.{kind}"],
                                        ln2=t[f"{p}output.LayerNorm.{kind}"]).items():
                    getattr(getattr(layer, part), kind).data.copy_(value)

    def grow(self, count):
        """More layers on top, each starting as one that passes on what it is given."""
        for _ in range(count):
            self.layers.append(self.layers[-1].passing_on())

    def forward(self, ids, shapes, mask):
        x = self.emb(ids) + self.pos(torch.arange(ids.shape[1])[None]) + self.shp(shapes)
        x = F.dropout(self.ln(x), self.drop, self.training)
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()
        away = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, OUT)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, away)
        return x


class Chain(nn.Module):
    """Linear-chain conditional random field over BIO labels (Lafferty et al. 2001). A window may begin inside a span."""

    def __init__(self, labels):
        super().__init__()
        self.steps = nn.Parameter(torch.zeros(len(labels), len(labels)))
        legal = [[not b.startswith("I-") or a[2:] == b[2:] for b in labels] for a in labels]
        self.register_buffer("illegal", torch.where(torch.tensor(legal), 0.0, OUT), persistent=False)

    def scores(self):
        return self.steps + self.illegal

    def partition(self, x, words):
        """log Σ exp(score) over label sequences; `x`: batch × words × labels."""
        steps, total = self.scores()[None], x[:, 0]
        for i in range(1, x.shape[1]):
            new = (total[:, :, None] + steps).logsumexp(1) + x[:, i]
            total = torch.where(words[:, i, None], new, total)
        return total.logsumexp(1)

    def loss(self, x, words, legal):
        """Minus log of the probability that every word has one of its allowed labels, a word."""
        x = x.float()
        return (self.partition(x, words) - self.partition(x.masked_fill(~legal, OUT), words)).sum() / words.sum()


class Reader(nn.Module):
    def __init__(self, labels, layers=6, drop=0.1):
        super().__init__()
        v, self.labels = labels.lists, labels
        self.enc = Encoder(layers, drop)
        self.tags = nn.ModuleDict({k: nn.Linear(HIDDEN, len(v[k])) for k in ("up", "xp", "lem", "ner", "att")})
        self.ss = nn.Linear(HIDDEN, 2)
        self.chain = nn.ModuleDict({k: Chain(v[k]) for k in ("ner", "att")})
        self.mlp = nn.Linear(HIDDEN, 2 * ARC + 2 * RELATION)
        self.root = nn.Parameter(torch.randn(HIDDEN) * 0.5)
        self.U, self.bh = nn.Parameter(torch.eye(ARC) / math.sqrt(ARC)), nn.Parameter(torch.zeros(ARC))
        n = len(v["rel"])
        self.R, self.Rl = nn.Parameter(torch.randn(n, RELATION, RELATION) * 0.02), nn.Linear(2 * RELATION, n)
        self.link = nn.Linear(HIDDEN, 2 * LINK * len(LINKS))
        self.none = nn.Parameter(torch.zeros(len(LINKS)))
        self.drop = drop

    def states(self, b):
        x = self.enc(b["ids"], b["shapes"], b["mask"])
        w = torch.gather(x, 1, b["firsts"][..., None].expand(-1, -1, HIDDEN))
        return F.dropout(w, self.drop, self.training)

    def forward(self, b, parse=True, link=True):
        w = self.states(b)
        o = {k: m(w) for k, m in self.tags.items()} | {"ss": self.ss(w)}
        if parse:
            self.arcs(w, b, o)
        if link:
            self.links(w, b, o)
        return o

    def arcs(self, w, b, o):
        """Arc scores, dependent × (root, heads), inside each sentence; and the parts for relations."""
        with_root = torch.cat([self.root.expand(len(w), 1, -1).to(w.dtype), w], 1)
        parts = F.dropout(F.gelu(self.mlp(with_root)), 2 * self.drop, self.training)
        ah, ad, o["rh"], rd = parts.split([ARC, ARC, RELATION, RELATION], -1)
        ad, o["rd"] = ad[:, 1:], rd[:, 1:]
        arc = (ad @ self.U @ ah.transpose(1, 2) + (ah @ self.bh)[:, None, :]).float()
        same = (b["sent"][:, :, None] == b["sent"][:, None, :]) & b["words"][:, None, :]
        ok = torch.cat([torch.ones_like(same[:, :, :1]), same], -1)
        n = same.shape[1]
        ok[:, torch.arange(n), torch.arange(n) + 1] = False
        o["arc"] = arc.masked_fill(~ok, OUT)

    def relations(self, o, heads):
        """Relation scores of every word given its head (0 root, i + 1 word i)."""
        rh = torch.gather(o["rh"], 1, heads.clamp(min=0)[..., None].expand(-1, -1, RELATION))
        pairs = (o["rd"] @ self.R.permute(1, 0, 2).reshape(RELATION, -1)).view(*o["rd"].shape[:2], -1, RELATION)
        return (pairs * rh[:, :, None, :]).sum(-1) + self.Rl(torch.cat([o["rd"], rh], -1))

    def links(self, w, b, o):
        """Scores of links, word × (none, words): content to source and cue, mention to the one before it."""
        parts = self.link(w).view(*w.shape[:2], len(LINKS), 2, LINK).permute(2, 3, 0, 1, 4)
        for i, key in enumerate(LINKS):
            x = (parts[i, 0] @ parts[i, 1].transpose(1, 2)).float() / math.sqrt(LINK)
            x = x.masked_fill(~b["words"][:, None, :], OUT)
            if key == "ante":
                n = x.shape[1]
                x = x.masked_fill(~torch.ones(n, n, dtype=torch.bool).tril(-1), OUT)
            o[key] = torch.cat([self.none[i].float().expand(*x.shape[:2], 1), x], -1)


    @torch.no_grad()
    def read(self, windows):
        """The outputs of a few windows of like length; relations are those of the heads found."""
        self.eval()
        with torch.autocast("cpu", torch.bfloat16):
            b = collate(windows)
            o = self(b, parse="head" in b, link="source" in b or "ante" in b)
            if "head" in b:
                o["rel"] = self.relations(o, o["arc"].argmax(-1))
        for k, w in enumerate(windows):
            yield {key: o[key][k, : len(w["firsts"])].float() for key in o if key not in ("rh", "rd")}


WEIGHT = dict(att_chain=1.0, att=0.1, ner_chain=1.0, ner=0.1, source=0.3, cue=0.2, ante=0.2, lem=0.5)


def losses(model, o, b):
    """The loss of every task that the batch has targets for."""
    ce = lambda x, t: F.cross_entropy(x.float().flatten(0, 1), t.flatten(), ignore_index=IGNORE)
    some = lambda k: k in b and bool((b[k] != IGNORE).any())
    out = {k: ce(o[k], b[k]) for k in ("up", "xp", "lem", "ss", *LINKS) if some(k) and k in o}
    if "head" in b:
        out["arc"] = ce(o["arc"], b["head"])
        out["rel"] = ce(model.relations(o, b["head"]), b["rel"].masked_fill(b["head"] < 0, IGNORE))
    if "att" in b:
        legal = F.one_hot(b["att"].clamp(min=0), o["att"].shape[-1]).bool() | (b["att"] < 0)[..., None]
        chain(model, "att", o, b, legal, out)
    if "ner" in b:
        legal = (b["ner"][..., None] >> torch.arange(o["ner"].shape[-1])) & 1
        chain(model, "ner", o, b, legal.bool(), out)
    return out


def chain(model, key, o, b, legal, out):
    out[key + "_chain"] = model.chain[key].loss(o[key], b["words"], legal)
    lp = o[key].float().log_softmax(-1)
    out[key] = -(lp.masked_fill(~legal, OUT).logsumexp(-1) * b["words"]).sum() / b["words"].sum()


def total(parts):
    return sum(WEIGHT.get(k, 1.0) * x for k, x in parts.items())
