"""Attention, masks and comparisons: programs that are right, and of which nothing is to be said."""

from typing import Final

PROGRAMS: Final = {
    "causal mask": """
q, k, v = torch.randn(3, 5, 4).unbind(0)
scores = q @ k.T / math.sqrt(q.shape[-1])
causal = torch.triu(torch.ones(5, 5, dtype=torch.bool), diagonal=1)
weights = scores.masked_fill(causal, float("-inf")).softmax(dim=-1)
out = weights @ v
print(out.shape, weights[0])
""",
    "padding mask": """
lengths = torch.tensor([2, 4, 3])
tokens = torch.randn(3, 4, 6)
padding = torch.arange(4)[None, :] >= lengths[:, None]
scores = tokens.mean(-1)
weights = scores.masked_fill(padding, -math.inf).softmax(-1)
pooled = (weights.unsqueeze(-1) * tokens).sum(1)
""",
    "masked mean": """
x = torch.randn(3, 4)
mask = torch.tensor([[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 0, 0]], dtype=torch.bool)
mean = (x * mask).sum(1) / mask.sum(1).clamp(min=1)
""",
    "beam search": """
scores = torch.full((2, 3), float("-inf"))
scores[:, 0] = 0.0
step = torch.randn(2, 3, 5).log_softmax(-1)
total = (scores.unsqueeze(-1) + step).flatten(1)
best, index = total.topk(3, dim=1)
beam, token = index // 5, index % 5
""",
    "multi-head attention": """
x = torch.randn(2, 5, 8)
attention = nn.MultiheadAttention(8, 2, batch_first=True)
mask = nn.Transformer.generate_square_subsequent_mask(5)
out, weights = attention(x, x, x, attn_mask=mask)
""",
    "scaled dot product": """
x = torch.randn(2, 4, 3, 8)
out = F.scaled_dot_product_attention(x, x, x, is_causal=True)
padding = torch.tensor([True, True, False]).view(1, 1, 1, 3)
other = F.scaled_dot_product_attention(x, x, x, attn_mask=padding)
""",
    "positional encoding": """
position = torch.arange(6).unsqueeze(1)
scale = torch.exp(torch.arange(0, 8, 2) * (-math.log(10000.0) / 8))
encoding = torch.zeros(6, 8)
encoding[:, 0::2] = torch.sin(position * scale)
encoding[:, 1::2] = torch.cos(position * scale)
""",
    "distillation": """
teacher, student = nn.Linear(4, 3), nn.Linear(4, 3)
x = torch.randn(5, 4)
with torch.no_grad():
    soft = F.softmax(teacher(x) / 2, dim=1)
loss = F.kl_div(F.log_softmax(student(x) / 2, dim=1), soft, reduction="batchmean")
loss.backward()
""",
    "cosine similarity": """
x = torch.randn(5, 3)
unit = F.normalize(x, dim=1)
similarity = unit @ unit.T
print(similarity.diagonal())
""",
}
