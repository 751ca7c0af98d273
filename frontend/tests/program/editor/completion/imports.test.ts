import { expect, it } from "vitest";

import { importedBy } from "../../../../src/program/editor/completion/imports.ts";

it("knows what names the program has imported modules by", () => {
  const found = importedBy([
    "import torch.nn.functional as F, numpy\nimport torch.optim  # the optimisers",
    "from torch import nn, linalg as la\nfrom torch.nn import (Linear)\nx = 1",
  ]);
  expect(Object.fromEntries(found)).toEqual({
    torch: "torch",
    np: "numpy",
    F: "torch.nn.functional",
    numpy: "numpy",
    nn: "torch.nn",
    la: "torch.linalg",
    Linear: "torch.nn.Linear",
  });
});
