"""Losses that are given the wrong shapes, dtypes or values."""

import pytest

from tests.support.cases import Case, check

CASES = [
    Case(
        "bce_shape",
        "import torch.nn as nn\n"
        "lin = nn.Linear(3, 1)\n"
        "y = torch.tensor([0., 1., 1., 0.])\n"
        "out = nn.BCEWithLogitsLoss()(lin(torch.randn(4, 3)), y)",
        "binary_shape",
        ("`binary_cross_entropy_with_logits`", "`lin(torch.randn(4, 3))`", "`(4, 1)`", "`y`", "`(4,)`"),
        never=("tensor 1", "第 1 个张量"),
        fix="out = nn.BCEWithLogitsLoss()(lin(torch.randn(4, 3)), y.unsqueeze(-1))",
    ),
    Case(
        "bce_int_target",
        "import torch.nn as nn\n"
        "lin = nn.Linear(3, 1)\n"
        "y = torch.tensor([[0], [1], [1], [0]])\n"
        "out = nn.BCEWithLogitsLoss()(lin(torch.randn(4, 3)), y)",
        "binary_dtype",
        ("`binary_cross_entropy_with_logits`", "`y`", "`torch.int64`", "`lin(torch.randn(4, 3))`", "`torch.float32`"),
        never=("tensor 1", "第 1 个张量"),
        fix="out = nn.BCEWithLogitsLoss()(lin(torch.randn(4, 3)), y.float())",
    ),
    Case(
        "ce_column_target",
        "import torch.nn as nn\n"
        "scores = torch.randn(4, 3, requires_grad=True)\n"
        "labels = torch.tensor([[0], [2], [1], [0]])\n"
        "cost = nn.CrossEntropyLoss()(scores, labels)",
        "class_target_column",
        ("`(4, 3)`", "`(4,)`", "`labels`", "`(4, 1)`"),
        never=("tensor 1", "第 1 个张量"),
        fix="cost = nn.CrossEntropyLoss()(scores, labels.squeeze(1))",
    ),
    Case(
        "ce_1d_scores",
        "import torch.nn as nn\n"
        "scores = torch.tensor([0.1, 0.7])\n"
        "labels = torch.tensor([0, 1])\n"
        "cost = nn.CrossEntropyLoss()(scores, labels)",
        "class_scores_vector",
        ("`scores`", "`(2,)`", "`labels`"),
        never=("tensor 1", "第 1 个张量"),
    ),
    Case(
        "class_weight_named",
        "import torch.nn as nn\n"
        "weights = torch.from_numpy(np.array([1.0, 2.0]))\n"
        "scores = torch.randn(3, 2)\n"
        "labels = torch.tensor([0, 1, 1])\n"
        "cost = nn.functional.cross_entropy(scores, labels, weight=weights)",
        "class_weight_dtype",
        ("`weights`", "`torch.float64`", "`scores`", "`torch.float32`"),
        never=("tensor 1", "第 1 个张量"),
        fix="cost = nn.functional.cross_entropy(scores, labels, weight=weights.float())",
    ),
    Case(
        "bce_shape2",
        "p = torch.rand(4, 1)\ny = torch.tensor([0., 1., 1., 0.])\nout = F.binary_cross_entropy(p, y)",
        "binary_shape",
        ("`binary_cross_entropy`", "`p`", "`(4, 1)`", "`y`", "`(4,)`"),
        fix="out = F.binary_cross_entropy(p, y.unsqueeze(-1))",
    ),
    Case(
        "bce_shape3",
        "p = torch.rand(4)\ny = torch.zeros(4,1)\nout = nn.BCELoss()(p, y)",
        "binary_shape",
        ("`binary_cross_entropy`", "`p`", "`(4,)`", "`y`", "`(4, 1)`"),
        fix="out = nn.BCELoss()(p, y.squeeze(-1))",
    ),
    Case(
        "two_scores_bce",
        "model = nn.Sequential(nn.Linear(2, 1), nn.Sigmoid())\n"
        "targets = torch.tensor([1., 0., 1.])\n"
        "loss = F.binary_cross_entropy(model(torch.randn(3, 2)), targets)\n"
        "loss.backward()",
        "binary_shape",
        ("`binary_cross_entropy`", "`model(torch.randn(3, 2))`", "`(3, 1)`", "`targets`", "`(3,)`"),
        fix="loss = F.binary_cross_entropy(model(torch.randn(3, 2)), targets.unsqueeze(-1))",
        by_hand="model = nn.Sequential(nn.Linear(2, 1), nn.Sigmoid())\n"
        "y = torch.tensor([[1.], [0.], [1.]])\n"
        "F.binary_cross_entropy(model(torch.randn(3, 2)), y).backward()",
    ),
    Case(
        "bce_int_f",
        "p = torch.randn(4, requires_grad=True)\n"
        "y = torch.tensor([0, 1, 1, 0])\n"
        "out = F.binary_cross_entropy_with_logits(p, y)",
        "binary_dtype",
        ("`binary_cross_entropy_with_logits`", "`y`", "`torch.int64`", "`p`", "`torch.float32`"),
        fix="out = F.binary_cross_entropy_with_logits(p, y.float())",
    ),
    Case(
        "bce_int_p",
        "p = torch.rand(4, requires_grad=True)\ny = torch.tensor([0, 1, 1, 0])\nout = nn.BCELoss()(p, y)",
        "binary_dtype",
        ("`binary_cross_entropy`", "`y`", "`torch.int64`", "`p`", "`torch.float32`"),
        fix="out = nn.BCELoss()(p, y.float())",
    ),
    Case(
        "bce_dbl",
        "p = torch.rand(4, requires_grad=True)\ny = torch.tensor([0., 1, 1, 0]).double()\nout = nn.BCELoss()(p, y)",
        "binary_dtype",
        ("`binary_cross_entropy`", "`y`", "`torch.float64`", "`p`", "`torch.float32`"),
        fix="out = nn.BCELoss()(p, y.float())",
    ),
    Case(
        "bce_range",
        "p = torch.randn(4, requires_grad=True)\ny = torch.tensor([0., 1, 1, 0])\nout = nn.BCELoss()(p, y)",
        "probability_range",
        ("`binary_cross_entropy`", "`p`"),
        fix="out = nn.BCEWithLogitsLoss()(p, y)",
    ),
    Case(
        "bce_target_range",
        "p = torch.rand(4, requires_grad=True)\ny = torch.tensor([0., 5, 1, 0])\nout = nn.BCELoss()(p, y)",
        "target_probability_range",
        ("`binary_cross_entropy`", "`y`"),
    ),
    Case(
        "ce_col_f",
        "scores = torch.randn(4, 3, requires_grad=True)\n"
        "labels = torch.tensor([[0], [2], [1], [0]])\n"
        "cost = F.cross_entropy(scores, labels)",
        "class_target_column",
        ("`(4, 3)`", "`(4,)`", "`labels`", "`(4, 1)`"),
        fix="cost = F.cross_entropy(scores, labels.squeeze(1))",
    ),
    Case(
        "nll_col",
        "scores = torch.randn(4, 3, requires_grad=True).log_softmax(1)\n"
        "labels = torch.tensor([[0], [2], [1], [0]])\n"
        "cost = F.nll_loss(scores, labels)",
        "class_target_column",
        ("`(4, 3)`", "`(4,)`", "`labels`", "`(4, 1)`"),
        fix="cost = F.nll_loss(scores, labels.squeeze(1))",
    ),
    Case(
        "ce_float_col",
        "scores = torch.randn(4, 3)\n"
        "labels = torch.tensor([[0.], [1], [1], [2]])\n"
        "cost = nn.CrossEntropyLoss()(scores, labels)",
        "class_target_column",
        ("`(4, 3)`", "`(4,)`", "`labels`", "`(4, 1)`"),
        fix="cost = nn.CrossEntropyLoss()(scores, labels.squeeze(1).long())",
    ),
    Case(
        "class_target_shape",
        "scores = torch.randn(4, 3)\nlabels = torch.zeros(4, 2, dtype=torch.long)\ncost = F.cross_entropy(scores, labels)",
        "class_target_shape",
        ("`scores`", "`(4, 3)`", "`(4,)`", "`labels`", "`(4, 2)`"),
    ),
    Case(
        "nll_1d",
        "scores = torch.tensor([0.1, 0.7])\nlabels = torch.tensor([0, 1])\ncost = nn.NLLLoss()(scores, labels)",
        "class_scores_vector",
        ("`scores`", "`(2,)`", "`labels`"),
    ),
    Case(
        "ce_1d_3d",
        "scores = torch.randn(2, 7, 10)\n"
        "labels = torch.zeros(2, 7, dtype=torch.long)\n"
        "cost = nn.CrossEntropyLoss()(scores, labels)",
        "class_dimension",
        ("`scores`", "`(2, 7, 10)`", "`(2, 10)`", "`labels`", "`(2, 7)`"),
        fix="cost = nn.CrossEntropyLoss()(scores.transpose(1, 2), labels)",
    ),
    Case(
        "ce_img",
        "s = torch.randn(2, 4, 5, 5)\nt = torch.zeros(2, 1, 5, 5).long()\ncost = F.cross_entropy(s, t)",
        "class_dimension",
        ("`s`", "`(2, 4, 5, 5)`", "`(2, 5, 5)`", "`t`", "`(2, 1, 5, 5)`"),
        fix="cost = F.cross_entropy(s, t.squeeze(1))",
    ),
    Case(
        "ce_batch",
        "scores = torch.randn(4, 3)\nlabels = torch.tensor([0, 1, 1])\ncost = nn.CrossEntropyLoss()(scores, labels)",
        "class_batch",
        ("`scores`", "`labels`"),
    ),
    Case(
        "ce_float",
        "scores = torch.randn(4, 3)\nlabels = torch.tensor([0., 1, 1, 2])\ncost = nn.CrossEntropyLoss()(scores, labels)",
        "target_dtype",
        ("`labels`", "`torch.float32`"),
        fix="cost = nn.CrossEntropyLoss()(scores, labels.long())",
    ),
    Case(
        "ce_int32",
        "scores = torch.randn(4, 3)\n"
        "labels = torch.tensor([0, 1, 1, 2], dtype=torch.int32)\n"
        "cost = nn.CrossEntropyLoss()(scores, labels)",
        "target_dtype",
        ("`labels`", "`torch.int32`"),
        fix="cost = nn.CrossEntropyLoss()(scores, labels.long())",
    ),
    Case(
        "ce_swap",
        "scores = torch.randn(4, 3)\nlabels = torch.tensor([0, 1, 1, 2])\ncost = F.cross_entropy(labels, scores)",
        "loss_arguments_swapped",
        ("`cross_entropy`", "`labels`", "`torch.int64`", "`scores`", "`torch.float32`"),
        fix="cost = F.cross_entropy(scores, labels)",
    ),
    Case(
        "ce_onehot_int",
        "scores = torch.randn(4, 3)\n"
        "labels = F.one_hot(torch.tensor([0, 1, 1, 2]), 3)\n"
        "cost = F.cross_entropy(scores, labels)",
        "one_hot_integers",
        ("`labels`", "`(4, 3)`", "`torch.int64`"),
        fix="cost = F.cross_entropy(scores, labels.float())",
    ),
    Case(
        "ce_w64_mod",
        "weights = torch.from_numpy(np.array([1.0, 2.0]))\n"
        "scores = torch.randn(3, 2)\n"
        "labels = torch.tensor([0, 1, 1])\n"
        "crit = nn.CrossEntropyLoss(weight=weights)\n"
        "cost = crit(scores, labels)",
        "class_weight_dtype",
        ("`weights`", "`torch.float64`", "`scores`", "`torch.float32`"),
        fix="crit = nn.CrossEntropyLoss(weight=weights.float())",
    ),
    Case(
        "ce_w_long",
        "scores = torch.randn(3, 2)\n"
        "labels = torch.tensor([0, 1, 1])\n"
        "w = torch.tensor([1, 2])\n"
        "cost = nn.functional.cross_entropy(scores, labels, weight=w)",
        "class_weight_dtype",
        ("`w`", "`torch.int64`", "`scores`", "`torch.float32`"),
        fix="cost = nn.functional.cross_entropy(scores, labels, weight=w.float())",
    ),
    Case(
        "ce_wsize",
        "scores = torch.randn(3, 2)\n"
        "labels = torch.tensor([0, 1, 1])\n"
        "crit = nn.CrossEntropyLoss(weight=torch.ones(3))\n"
        "cost = crit(scores, labels)",
        "class_weight_size",
        ("`torch.ones(3)`", "`(3,)`", "`(2,)`"),
    ),
    Case(
        "huber_int",
        "p = torch.randn(3, requires_grad=True)\nt = torch.tensor([1, 2, 3])\nl = nn.HuberLoss()(p, t)\nl.backward()",
        "loss_dtype_in_backward",
        ("`nn.HuberLoss()(p, t)`", "`p`", "`torch.float32`", "`t`", "`torch.int64`"),
        fix="l = nn.HuberLoss()(p, t.float())",
        by_hand="p = torch.randn(3, requires_grad=True)\nF.huber_loss(p, torch.tensor([1., 2., 3.])).backward()",
    ),
    Case(
        "kl_int",
        "p = torch.randn(3, 4).log_softmax(1)\nt = torch.ones(3, 4).long()\nl = nn.KLDivLoss()(p, t)",
        "divergence_of_integers",
        ("`t`", "`torch.int64`"),
        fix="l = nn.KLDivLoss()(p, t.float())",
    ),
    Case(
        "lossreduction",
        "pred = torch.randn(3); y = torch.randn(3)\nl = nn.MSELoss(reduction='avg')(pred, y)",
        "loss_reduction",
        ("`avg`",),
        fix='l = nn.MSELoss(reduction="mean")(pred, y)',
    ),
    Case(
        "kl_red",
        "p = torch.randn(3, 4).log_softmax(1)\nt = torch.ones(3, 4)\nl = nn.KLDivLoss(reduction='average')(p, t)",
        "loss_reduction",
        ("`average`",),
        fix='l = nn.KLDivLoss(reduction="mean")(p, t)',
    ),
    Case(
        "cos",
        "a = torch.randn(3, 4); b = torch.randn(3, 4)\nl = nn.CosineEmbeddingLoss()(a, b, torch.ones(3, 1))",
        "pair_target",
        ("`cosine_embedding_loss`",),
    ),
    Case(
        "trip",
        "a = torch.randn(3, 4); b = torch.randn(3, 4); n = torch.randn(3)\nl = nn.TripletMarginLoss()(a, b, n)",
        "triplet_dimensions",
        ("`triplet_margin_loss`",),
    ),
    Case(
        "ctc",
        "lp = torch.randn(10, 2, 5).log_softmax(2)\n"
        "t = torch.randint(1, 5, (2, 4))\n"
        "l = nn.CTCLoss()(lp, t, torch.tensor([12, 10]), torch.tensor([4, 4]))",
        "ctc_lengths",
        ("`lp`", "`(10, 2, 5)`", "`t`", "`(2, 4)`"),
    ),
    Case(
        "ctc3",
        "lp = torch.randn(10, 2, 5).log_softmax(2)\n"
        "t = torch.randint(1, 5, (2, 4))\n"
        "l = nn.CTCLoss()(lp, t, torch.tensor([10, 10]), torch.tensor([4, 6]))",
        "ctc_lengths",
        ("`lp`", "`(10, 2, 5)`", "`t`", "`(2, 4)`"),
    ),
    Case(
        "lossfun1",
        "pred = torch.randn(3); y = torch.randn(3)\nl = nn.MSELoss(pred, y)",
        "loss_constructed",
        ("`nn.MSELoss(pred, y)`",),
        fix="l = nn.MSELoss()(pred, y)",
    ),
    Case(
        "lossfun7",
        "pred = torch.randn(3); y = torch.randn(3)\nl = nn.HuberLoss(pred, y)",
        "loss_constructed",
        ("`nn.HuberLoss(pred, y)`",),
        fix="l = nn.HuberLoss()(pred, y)",
    ),
    Case(
        "lossfun8",
        "pred = torch.randn(3); y = torch.randn(3)\nl = nn.MSELoss()\nl.backward()",
        "loss_not_called",
        ("`nn.MSELoss`", "`backward`", "`criterion = nn.MSELoss()`"),
    ),
    Case(
        "nolossarg",
        "pred = torch.randn(3); y = torch.randn(3)\nl = nn.MSELoss()(pred)",
        "arguments_missing",
        ("`nn.MSELoss()(pred)`", "`MSELoss.forward`", "`target`"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_error_is_explained_as_it_should_be(case: Case) -> None:
    check(case)
