import { describe, expect, it } from "vitest";

import { brief, uniform } from "../../src/numbers/brief.ts";
import { full } from "../support/answers.ts";

describe("values in brief", () => {
  it("are one number where all are equal", () => {
    expect(brief(full([[0.25, 0.25]]))).toBe("0.25");
    expect(brief(full(-1.5))).toBe("-1.5");
    expect(brief(full([true, true]))).toBe("True");
    expect(uniform(full([1, 2]))).toBeNull();
  });

  it("are listed where they are few, and told by their shape where they are many", () => {
    expect(brief(full([1, 2.5, "NaN"]))).toBe("[1, 2.5, nan]");
    expect(brief(full([[1, 2, 3]]))).toBe("(1, 3)");
    expect(brief({ kind: "opaque", text: "?" }, [8, 1])).toBe("(8, 1)");
  });
});
