import { describe, expect, it } from "vitest";

import type { Fault } from "../../../src/api/faults.ts";
import { locale } from "../../../src/i18n/index.ts";
import { faultText } from "../../../src/ui/text/fault.ts";

describe("a question that was not answered", () => {
  const texts = locale.of("en");
  const problem = { type: "about:blank", title: "Busy", detail: "Not so.", request_id: "1", errors: [] };

  it("says whether there is no service or no network", () => {
    expect(faultText({ kind: "unreachable" }, texts, true)).toBe(texts.unreachable);
    expect(faultText({ kind: "unreachable" }, texts, false)).toBe(texts.offline);
  });

  it("tells too many questions from too much to do", () => {
    const busy = (status: number): Fault => ({ kind: "overloaded", problem: { ...problem, status }, retryAt: 0 });
    expect(faultText(busy(429), texts, true)).toBe(texts.rateLimited);
    expect(faultText(busy(503), texts, true)).toBe(texts.overloaded);
  });

  it("has the service's own words where it refused", () => {
    expect(faultText({ kind: "refused", problem: { ...problem, status: 422 } }, texts, true)).toBe("Not so.");
  });
});
