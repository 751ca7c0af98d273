/** The steps that the service answers for a program with loops in loops and in functions, and a recursion. */

import type { RunResponse } from "../../src/api/schema.ts";
import { pass, response, step } from "./answers.ts";

export const PROGRAM = `import torch


def halves(t):
    for k in range(2):
        t = t / 2
    return t


def power(n, t):
    if n == 0:
        return t
    return power(n - 1, t * 2)


w = torch.ones(2, requires_grad=True)
i = 0
while i < 2:
    for j in range(2):
        loss = halves(w).sum()
        if j == 1:
            continue
        loss.backward()
    i += 1
z = power(2, w)
`;

/** Kind, frame, reference, span, and the names that are bound, each with the tensor that it means. */
const STEPS = `
statement 0 - 1:0-1:12 torch=
statement 0 - 4:0-7:12 halves=
statement 0 - 10:0-13:30 power=
operation 0 op1 16:4-16:37
statement 0 - 16:0-16:37 w=t1
statement 0 - 17:0-17:5 i=
statement 0 - 19:8-19:9 j=
call 1 - 4:0-4:14 t=t1
statement 1 - 5:8-5:9 k=
operation 1 op2 6:12-6:17
statement 1 - 6:8-6:17 t=t2
statement 1 - 5:8-5:9 k=
operation 1 op3 6:12-6:17
statement 1 - 6:8-6:17 t=t3
statement 1 - 7:4-7:12
operation 0 op4 20:15-20:30
statement 0 - 20:8-20:30 loss=t4
backward 0 b1 23:8-23:23
function 0 f1 -
function 0 f2 -
function 0 f3 -
function 0 f4 -
operation 0 op5 23:8-23:23
statement 0 - 23:8-23:23
statement 0 - 19:8-19:9 j=
call 2 - 4:0-4:14 t=t1
statement 2 - 5:8-5:9 k=
operation 2 op6 6:12-6:17
statement 2 - 6:8-6:17 t=t5
statement 2 - 5:8-5:9 k=
operation 2 op7 6:12-6:17
statement 2 - 6:8-6:17 t=t6
statement 2 - 7:4-7:12
operation 0 op8 20:15-20:30
statement 0 - 20:8-20:30 loss=t7
statement 0 - 24:4-24:10 i=
statement 0 - 19:8-19:9 j=
call 3 - 4:0-4:14 t=t1
statement 3 - 5:8-5:9 k=
operation 3 op9 6:12-6:17
statement 3 - 6:8-6:17 t=t8
statement 3 - 5:8-5:9 k=
operation 3 op10 6:12-6:17
statement 3 - 6:8-6:17 t=t9
statement 3 - 7:4-7:12
operation 0 op11 20:15-20:30
statement 0 - 20:8-20:30 loss=t10
backward 0 b2 23:8-23:23
function 0 f5 -
function 0 f6 -
function 0 f7 -
function 0 f4 -
operation 0 op12 23:8-23:23
statement 0 - 23:8-23:23
statement 0 - 19:8-19:9 j=
call 4 - 4:0-4:14 t=t1
statement 4 - 5:8-5:9 k=
operation 4 op13 6:12-6:17
statement 4 - 6:8-6:17 t=t11
statement 4 - 5:8-5:9 k=
operation 4 op14 6:12-6:17
statement 4 - 6:8-6:17 t=t12
statement 4 - 7:4-7:12
operation 0 op15 20:15-20:30
statement 0 - 20:8-20:30 loss=t13
statement 0 - 24:4-24:10 i=
call 5 - 10:0-10:16 n= t=t1
statement 5 - 13:4-13:30
operation 5 op16 13:24-13:29
call 6 - 10:0-10:16 n= t=t14
statement 6 - 13:4-13:30
operation 6 op17 13:24-13:29
call 7 - 10:0-10:16 n= t=t15
statement 7 - 12:8-12:16
statement 0 - 25:0-25:15 z=t15
`;

/** The answer, with so many of its steps as a run that was stopped there would have. */
export function nestedLoops(count = Infinity): RunResponse {
  const steps = STEPS.trim()
    .split("\n")
    .slice(0, count)
    .map((row) => {
      const [kind = "", frame = "", ref = "", place = "", ...names] = row.split(" ");
      const [line, column, end_line, end_column] = place.split(/[:-]/).map(Number);
      const at = {
        cell: 0,
        line: line ?? 0,
        column: column ?? 0,
        end_line: end_line ?? 0,
        end_column: end_column ?? 0,
      };
      return step({
        kind: kind as "statement",
        frame: Number(frame),
        ref: ref === "-" ? null : ref,
        span: place === "-" ? null : at,
        bound: names.map((bound) => {
          const [name = "", value = ""] = bound.split("=");
          return { name, type: "", text: null, value: value === "" ? null : value };
        }),
      });
    });
  return response({ steps, backwards: [pass({ id: "b1" }), pass({ id: "b2" })] });
}
