"""Recurrent layers, attention and transformers."""

import pytest

from tests.support.cases import Case, check

CASES = [
    Case(
        "lstm_shape",
        "import torch.nn as nn\nlstm = nn.LSTM(5, 7)\nout, (h, c) = lstm(torch.randn(3, 4, 6))",
        "recurrent_features",
        ("`lstm`", "`torch.randn(3, 4, 6)`", "`(3, 4, 6)`"),
        never=("tensor 1", "第 1 个张量"),
    ),
    Case(
        "gru",
        "rnn = nn.GRU(5, 7, batch_first=True)\nout, h = rnn(torch.randn(3, 4, 6))",
        "recurrent_features",
        ("`rnn`", "`torch.randn(3, 4, 6)`", "`(3, 4, 6)`"),
    ),
    Case(
        "lstm_in_module",
        "class Tagger(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.rnn = nn.LSTM(8, 16, batch_first=True)\n"
        "        self.out = nn.Linear(16, 2)\n"
        "    def forward(self, words):\n"
        "        hidden, _ = self.rnn(words)\n"
        "        return self.out(hidden)\n"
        "tagger = Tagger()\n"
        "scores = tagger(torch.randn(2, 5, 9))",
        "recurrent_features",
        ("`tagger.rnn`", "`words`", "`(2, 5, 9)`"),
    ),
    Case(
        "cell_size",
        "g = nn.LSTMCell(5, 7)\ny = g(torch.randn(3, 6))",
        "recurrent_features",
        ("`g`", "`torch.randn(3, 6)`", "`(3, 6)`"),
    ),
    Case(
        "lstm_h0batch",
        "lstm = nn.LSTM(5, 7)\n"
        "h0 = torch.zeros(1, 3, 7); c0 = torch.zeros(1, 3, 7)\n"
        "out, (h, c) = lstm(torch.randn(3, 4, 5), (h0, c0))",
        "recurrent_state",
        ("`(3, 4, 5)`", "`lstm`", "`(1, 4, 7)`", "`h0`", "`(1, 3, 7)`"),
    ),
    Case(
        "gru_h0batch",
        "g = nn.GRU(5, 7, batch_first=True)\nh0 = torch.zeros(1, 4, 7)\nout, h = g(torch.randn(3, 4, 5), h0)",
        "recurrent_state",
        ("`(3, 4, 5)`", "`g`", "`(1, 3, 7)`", "`h0`", "`(1, 4, 7)`"),
    ),
    Case(
        "gru_h0size",
        "g = nn.GRU(5, 7, num_layers=2)\nh0 = torch.zeros(1, 4, 7)\nout, h = g(torch.randn(3, 4, 5), h0)",
        "recurrent_state",
        ("`(3, 4, 5)`", "`g`", "`(2, 4, 7)`", "`h0`", "`(1, 4, 7)`"),
    ),
    Case(
        "cell_batch",
        "g = nn.GRUCell(5, 7)\ny = g(torch.randn(3, 5), torch.randn(2, 7))",
        "cell_state",
        ("`g`", "`(3, 7)`", "`torch.randn(2, 7)`", "`(2, 7)`"),
    ),
    Case(
        "gru_h0_2d",
        "g = nn.GRU(5, 7)\nh0 = torch.zeros(4, 7)\nout, h = g(torch.randn(3, 4, 5), h0)",
        "recurrent_state_dimensions",
        ("`g`", "`(3, 4, 5)`", "`(num_layers, batch, hidden_size)`", "`h0`", "`(4, 7)`"),
        fix="out, h = g(torch.randn(3, 4, 5), h0.unsqueeze(0))",
    ),
    Case(
        "gru_unb",
        "g = nn.GRU(5, 7)\nh0 = torch.zeros(1, 4, 7)\nout, h = g(torch.randn(3, 5), h0)",
        "recurrent_state_dimensions",
        ("`g`", "`(3, 5)`", "`(num_layers, hidden_size)`", "`h0`", "`(1, 4, 7)`"),
    ),
    Case(
        "rnn_4d",
        "g = nn.GRU(5, 7)\nout, h = g(torch.randn(2, 3, 4, 5))",
        "recurrent_dimensions",
        ("`g`", "`(time, batch, features)`", "`(2, 3, 4, 5)`"),
    ),
    Case(
        "lstm_single_state",
        "g = nn.LSTM(5, 7)\nh0 = torch.zeros(1, 4, 7)\nout, h = g(torch.randn(3, 4, 5), h0)",
        "lstm_state_pair",
        ("`g`", "`h0`"),
    ),
    Case(
        "mha_heads",
        "m = nn.MultiheadAttention(10, 3)",
        "attention_heads",
        ("`nn.MultiheadAttention(10, 3)`",),
    ),
    Case(
        "tr_heads",
        "l = nn.TransformerEncoderLayer(10, 3)",
        "attention_heads",
        ("`nn.TransformerEncoderLayer(10, 3)`",),
    ),
    Case(
        "mha_dim",
        "m = nn.MultiheadAttention(8, 2)\nx = torch.randn(5, 2, 6)\ny = m(x, x, x)",
        "attention_features",
        ("`m`", "`x`", "`(5, 2, 6)`"),
    ),
    Case(
        "tr_enc",
        "l = nn.TransformerEncoderLayer(8, 2)\ny = l(torch.randn(5, 2, 6))",
        "attention_features",
        ("`l.self_attn`", "`torch.randn(5, 2, 6)`", "`(5, 2, 6)`"),
    ),
    Case(
        "mha_mask",
        "m = nn.MultiheadAttention(8, 2)\nx = torch.randn(5, 2, 8)\ny = m(x, x, x, attn_mask=torch.zeros(4, 4))",
        "attention_mask",
        ("`torch.zeros(4, 4)`", "`(4, 4)`", "`(5, 5)`"),
    ),
    Case(
        "sdpa",
        "q = torch.randn(2, 5, 8); k = torch.randn(2, 4, 6)\ny = F.scaled_dot_product_attention(q, k, k)",
        "attention_product",
        ("`q`", "`(2, 5, 8)`", "`k`", "`(2, 4, 6)`"),
    ),
    Case(
        "tr",
        "l = nn.Transformer(8, 2, 1, 1)\ny = l(torch.randn(5, 2, 8), torch.randn(5, 3, 8))",
        "transformer_batch",
        ("`torch.randn(5, 2, 8)`", "`(5, 2, 8)`", "`torch.randn(5, 3, 8)`", "`(5, 3, 8)`"),
    ),
    Case(
        "tr_feat",
        "l = nn.Transformer(8, 2, 1, 1)\ny = l(torch.randn(5, 2, 6), torch.randn(5, 2, 8))",
        "transformer_features",
        ("`torch.randn(5, 2, 6)`", "`(5, 2, 6)`", "`torch.randn(5, 2, 8)`", "`(5, 2, 8)`"),
    ),
    Case(
        "lstm_out",
        "g = nn.Sequential(nn.LSTM(5, 7), nn.Linear(7, 1))\ny = g(torch.randn(3, 4, 5))",
        "module_tuple",
        ("`nn.LSTM`", "`g[0]`", "`(output, (h, c))`"),
    ),
    Case(
        "lstm_tuple",
        "r = nn.LSTM(2, 3)\no = r(torch.randn(4, 1, 2))\ny = o + 1",
        "module_tuple",
        ("`nn.LSTM`", "`r(torch.randn(4, 1, 2))`", "`(output, (h, c))`"),
        fix="y = o[0] + 1",
    ),
    Case(
        "lstm_tuple2",
        "r = nn.GRU(2, 3)\nl = nn.Linear(3, 1)\no = r(torch.randn(4, 1, 2))\ny = l(o)",
        "module_tuple",
        ("`nn.GRU`", "`r(torch.randn(4, 1, 2))`", "`(output, h)`"),
        fix="y = l(o[0])",
    ),
    Case(
        "mha_tuple",
        "m = nn.MultiheadAttention(8, 2)\nx = torch.randn(5, 2, 8)\ny = m(x, x, x) + x",
        "module_tuple",
        ("`nn.MultiheadAttention`", "`m`", "`(output, weights)`"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_error_is_explained_as_it_should_be(case: Case) -> None:
    check(case)
