/** What the page opens on: a small program whose gradient can be followed by hand. */
export const AUTOGRAD: readonly string[] = [
  "import torch\n\nx = torch.ones(2, 2, requires_grad=True)\ny = x + 2\ny",
  "z = y * y * 3\nout = z.mean()\nprint(out.grad_fn.name())\nout",
  "out.backward()\nx.grad",
];
