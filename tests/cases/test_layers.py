"""Layers that are given the wrong sizes, dtypes or numbers of dimensions."""

import pytest

from tests.support.cases import Case, check

CASES = [
    Case(
        "float64_layer",
        "import torch.nn as nn\n"
        "table = np.array([[0.5, 1.5], [2.0, 0.1]])\n"
        "lin = nn.Linear(2, 3)\n"
        "y = lin(torch.from_numpy(table))",
        "layer_dtype",
        ("`torch.from_numpy(table)`", "`torch.float64`", "`lin`", "`torch.float32`", "`.float()`"),
        never=("tensor 1", "第 1 个张量"),
        fix="y = lin(torch.from_numpy(table).float())",
    ),
    Case(
        "conv_kernel_too_big",
        "import torch.nn as nn\n"
        "net = nn.Sequential(nn.Conv2d(1, 2, 5), nn.MaxPool2d(2), nn.Conv2d(2, 4, 5))\n"
        "y = net(torch.randn(1, 1, 8, 8))",
        "kernel_too_large",
        ("`net[2]`", "`(1, 2, 2, 2)`"),
        never=("tensor 1", "第 1 个张量"),
    ),
    Case(
        "batchnorm_one",
        "import torch.nn as nn\nbn = nn.BatchNorm1d(3)\ny = bn(torch.randn(1, 3))",
        "batch_norm_one",
        ("`bn`", "`torch.randn(1, 3)`", "`(1, 3)`"),
        never=("tensor 1", "第 1 个张量"),
    ),
    Case(
        "linear_cnn",
        "net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Linear(36, 10))\n"
        "y = net(torch.randn(2, 1, 8, 8))",
        "linear_flatten",
        ("`net[3]`", "`(2, 4, 3, 3)`", "`flatten(1)`"),
        fix="net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(36, 10))",
    ),
    Case(
        "linear_view",
        "net = nn.Linear(784, 10)\nx = torch.randn(2, 1, 28, 28)\ny = net(x)",
        "linear_flatten",
        ("`net`", "`(2, 1, 28, 28)`", "`flatten(1)`"),
        fix="y = net(x.flatten(1))",
    ),
    Case(
        "linear_forward",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.conv = nn.Conv2d(1, 4, 3)\n"
        "        self.fc = nn.Linear(4 * 36, 10)\n"
        "    def forward(self, x):\n"
        "        x = F.relu(self.conv(x))\n"
        "        return self.fc(x)\n"
        "net = Net()\n"
        "y = net(torch.randn(2, 1, 8, 8))",
        "linear_flatten",
        ("`net.fc`", "`(2, 4, 6, 6)`", "`flatten(1)`"),
        fix="return self.fc(x.flatten(1))",
    ),
    Case(
        "linear_1d",
        "net = nn.Linear(1, 10)\nx = torch.randn(5)\ny = net(x)",
        "linear_column",
        ("`net`", "`x`", "`(5,)`"),
        fix="y = net(x.unsqueeze(1))",
    ),
    Case(
        "double_seq",
        "net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))\n"
        "X = torch.tensor(np.random.rand(4, 2))\n"
        "y = net(X)",
        "layer_dtype",
        ("`X`", "`torch.float64`", "`net[0]`", "`torch.float32`", "`.float()`"),
        fix="y = net(X.float())",
    ),
    Case(
        "double_conv",
        "c = nn.Conv2d(1, 2, 3)\nx = torch.from_numpy(np.random.rand(1, 1, 5, 5))\ny = c(x)",
        "layer_dtype",
        ("`x`", "`torch.float64`", "`c`", "`torch.float32`", "`.float()`"),
        fix="y = c(x.float())",
    ),
    Case(
        "double_bn",
        "c = nn.BatchNorm1d(3)\nx = torch.randn(5, 3).double()\ny = c(x)",
        "layer_dtype",
        ("`x`", "`torch.float64`", "`c`", "`torch.float32`", "`.float()`"),
        fix="y = c(x.float())",
    ),
    Case(
        "double_lstm",
        "c = nn.LSTM(3, 2)\nx = torch.randn(5, 1, 3).double()\ny = c(x)",
        "layer_dtype",
        ("`x`", "`torch.float64`", "`c`", "`torch.float32`", "`.float()`"),
        fix="y = c(x.float())",
    ),
    Case(
        "half",
        "lin = nn.Linear(2, 3).half()\ny = lin(torch.ones(2, 2))",
        "layer_dtype",
        ("`torch.ones(2, 2)`", "`torch.float32`", "`lin`", "`torch.float16`", "`.to(torch.float16)`"),
        fix="y = lin(torch.ones(2, 2).to(torch.float16))",
    ),
    Case(
        "float64_sequential",
        "data = torch.tensor(np.random.rand(4, 2))\n"
        "model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))\n"
        "out = model(data).sum()\n"
        "out.backward()",
        "layer_dtype",
        ("`data`", "`torch.float64`", "`model[0]`", "`torch.float32`", "`.float()`"),
        fix="out = model(data.float()).sum()",
    ),
    Case(
        "conv_noch",
        "c = nn.Conv2d(1, 2, 3)\nx = torch.randn(8, 28, 28)\ny = c(x)",
        "channels_missing",
        ("`x`", "`(8, 28, 28)`", "`c`", "`(batch, channels, height, width)`"),
        fix="y = c(x.unsqueeze(1))",
    ),
    Case(
        "conv_nhwc",
        "c = nn.Conv2d(3, 2, 3)\nx = torch.randn(8, 28, 28, 3)\ny = c(x)",
        "channels_last",
        ("`x`", "`(8, 28, 28, 3)`", "`c`", "`(batch, channels, height, width)`"),
        fix="y = c(x.permute(0, 3, 1, 2))",
    ),
    Case(
        "conv_seq",
        "c = nn.Sequential(nn.Conv2d(3, 6, 3), nn.ReLU(), nn.Conv2d(3, 4, 3))\nx = torch.randn(8, 3, 28, 28)\ny = c(x)",
        "channels",
        ("`c[2]`", "`c[1]`", "`(8, 6, 26, 26)`", "`(batch, channels, height, width)`"),
    ),
    Case(
        "convt",
        "c = nn.ConvTranspose2d(4, 2, 3)\ny = c(torch.randn(1, 3, 8, 8))",
        "channels",
        ("`c`", "`torch.randn(1, 3, 8, 8)`", "`(1, 3, 8, 8)`", "`(batch, channels, height, width)`"),
    ),
    Case(
        "conv1d_1",
        "c = nn.Conv1d(1, 6, 3)\nx = torch.randn(10)\ny = c(x)",
        "layer_dimensions",
        ("`conv1d`", "`(10,)`"),
        fix="y = c(x.unsqueeze(0))",
    ),
    Case(
        "pool_dim",
        "y = nn.MaxPool2d(2)(torch.randn(3, 3))",
        "layer_dimensions",
        ("`max_pool2d`", "`(3, 3)`"),
        fix="y = nn.MaxPool2d(2)(torch.randn(3, 3).unsqueeze(0))",
    ),
    Case(
        "conv_kernel1d",
        "net = nn.Conv1d(1, 2, 5)\ny = net(torch.randn(1, 1, 3))",
        "kernel_too_large",
        ("`net`", "`(1, 1, 3)`"),
    ),
    Case(
        "kernel_in_function",
        "def features(image):\n"
        "    small = F.max_pool2d(image, 4)\n"
        "    return F.conv2d(small, torch.ones(1, 1, 3, 3))\n"
        "f = features(torch.randn(1, 1, 8, 8))",
        "kernel_too_large",
        ("`conv2d`", "`(1, 1, 2, 2)`"),
    ),
    Case(
        "pool_small2",
        "net = nn.Sequential(nn.MaxPool2d(2), nn.MaxPool2d(2), nn.MaxPool2d(2))\ny = net(torch.randn(1, 1, 4, 4))",
        "pool_too_large",
        ("`max_pool2d`", "`2`", "`(1, 1, 1, 1)`"),
    ),
    Case(
        "maxpool1d",
        "y = nn.MaxPool1d(4)(torch.randn(1, 1, 3))",
        "pool_too_large",
        ("`max_pool1d`", "`4`", "`(1, 1, 3)`"),
    ),
    Case(
        "groups",
        "c = nn.Conv2d(4, 6, 3, groups=3)",
        "conv_groups",
        ("`nn.Conv2d(4, 6, 3, groups=3)`", "`in_channels`"),
    ),
    Case(
        "conv_bias",
        "y = F.conv2d(torch.randn(1, 4, 5, 5), torch.randn(6, 4, 3, 3), torch.randn(4))",
        "conv_bias",
        ("`torch.randn(4)`", "`(4,)`", "`(6,)`"),
    ),
    Case(
        "drop",
        "d = nn.Dropout(50)",
        "dropout_probability",
        ("`50`",),
        fix="d = nn.Dropout(0.5)",
    ),
    Case(
        "up",
        "u = nn.Upsample(scale_factor=2, mode='bilinear')\ny = u(torch.randn(1, 3, 4))",
        "interpolate_mode",
        ("`bilinear`", "`(1, 3, 4)`"),
    ),
    Case(
        "up3",
        "y = F.interpolate(torch.randn(1, 1, 4, 4))",
        "interpolate_size",
        ("`F.interpolate(torch.randn(1, 1, 4, 4))`",),
    ),
    Case(
        "bn_one_2d",
        "bn = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4))\ny = bn(torch.randn(1, 1, 3, 3))",
        "batch_norm_one",
        ("`bn[1]`", "`bn[0]`", "`(1, 4, 1, 1)`"),
    ),
    Case(
        "in_one",
        "n = nn.InstanceNorm2d(3)\ny = n(torch.randn(2, 3, 1, 1))",
        "instance_norm_one",
        ("`InstanceNorm`", "`torch.randn(2, 3, 1, 1)`", "`(2, 3, 1, 1)`"),
    ),
    Case(
        "bn2d_ch",
        "bn = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(8))\ny = bn(torch.randn(2, 1, 5, 5))",
        "norm_channels",
        ("`bn[1]`", "`bn[0]`", "`(2, 4, 3, 3)`"),
    ),
    Case(
        "bn2d_dim",
        "bn = nn.BatchNorm2d(4)\ny = bn(torch.randn(5, 4))",
        "norm_dimensions",
        ("`torch.randn(5, 4)`", "`(5, 4)`"),
    ),
    Case(
        "ln2",
        "n = nn.LayerNorm([3, 5])\ny = n(torch.randn(2, 3, 4))",
        "layer_norm_shape",
        ("`n`", "`[3, 5]`", "`torch.randn(2, 3, 4)`", "`(2, 3, 4)`", "`[3, 4]`"),
    ),
    Case(
        "gn",
        "n = nn.GroupNorm(3, 4)",
        "norm_groups",
        ("`GroupNorm`",),
    ),
    Case(
        "gn2",
        "n = nn.GroupNorm(2, 4)\ny = n(torch.randn(2, 6, 3))",
        "norm_channels",
        ("`n`", "`torch.randn(2, 6, 3)`", "`(2, 6, 3)`"),
    ),
    Case(
        "gn3",
        "y = F.group_norm(torch.randn(2, 5, 3), 2)",
        "norm_groups",
        ("`GroupNorm`",),
    ),
    Case(
        "linear_float",
        "net = nn.Linear(4 / 2, 3)",
        "size_not_whole",
        ("`nn.Linear(4 / 2, 3)`", "`float`"),
        fix="net = nn.Linear(4 // 2, 3)",
    ),
    Case(
        "tensor_shape_arg",
        "x = torch.zeros((2, 3.0))",
        "size_not_whole",
        ("`torch.zeros((2, 3.0))`", "`float`"),
        fix="x = torch.zeros((2, 3))",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_error_is_explained_as_it_should_be(case: Case) -> None:
    check(case)
