import { describe, expect, it } from "vitest";

import { tracebackParts } from "../../src/program/traceback.ts";

const TRACEBACK = `Traceback (most recent call last):
  File "<cell 1>", line 4, in <module>
    f()
  File "<cell 1>", line 2, in f
    net(torch.ones(5, 2))
  File "torch/nn/modules/module.py", line 1778, in _wrapped_call_impl
    return self._call_impl(*args, **kwargs)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "torch/nn/modules/linear.py", line 134, in forward
    return F.linear(input, self.weight, self.bias)
  File "<cell 1>", line 8, in hook
    raise ValueError("no")
ValueError: no`;

describe("a traceback", () => {
  it("folds the frames of libraries between those of the program", () => {
    const parts = tracebackParts(TRACEBACK);
    expect(parts.map((part) => part.kind)).toEqual(["program", "library", "program"]);
    expect(parts[1]).toMatchObject({ frames: 2, libraries: ["torch"] });
    expect(parts[2]?.text).toBe('  File "<cell 1>", line 8, in hook\n    raise ValueError("no")\nValueError: no');
  });

  it("loses nothing", () => {
    for (const text of [TRACEBACK, "SyntaxError: invalid syntax", "", 'A\n  File "x", line 1\n\nB\n    C'])
      expect(
        tracebackParts(text)
          .map((part) => part.text)
          .join("\n"),
      ).toBe(text);
  });

  it("names every library once, and files that stand alone", () => {
    const text = ["torch/a.py", "json/decoder.py", "torch/b.py", "<frozen runpy>", "typing.py"]
      .map((file) => `  File "${file}", line 1, in f`)
      .join("\n");
    expect(tracebackParts(text)).toMatchObject([{ frames: 5, libraries: ["torch", "json", "runpy", "typing"] }]);
  });

  it("ends with the message, however its lines begin", () => {
    const parts = tracebackParts('  File "torch/a.py", line 1, in f\nRuntimeError: sizes:\n    (2, 3)');
    expect(parts.map((part) => part.text)).toEqual([
      '  File "torch/a.py", line 1, in f',
      "RuntimeError: sizes:\n    (2, 3)",
    ]);
  });
});
