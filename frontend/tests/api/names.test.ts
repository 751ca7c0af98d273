import { afterEach, describe, expect, it, vi } from "vitest";

import { documentation, namesOf } from "../../src/api/names.ts";

const MUL = { name: "mul", kind: "method", signature: "(other)", summary: "Multiply." };

function service(...answers: (() => Response)[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (address: string) => {
    asked.push(address);
    const next = answers.shift();
    return next === undefined ? Promise.reject(new TypeError("offline")) : Promise.resolve(next());
  });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("public names", () => {
  it("are asked for once for each module or class", async () => {
    const asked = service(() => new Response(JSON.stringify({ path: "torch.Tensor", names: [MUL] })));
    expect(await documentation("torch.Tensor.mul")).toEqual(MUL);
    expect(await documentation("torch.Tensor.nothing")).toBeNull();
    expect([...(await namesOf("torch.Tensor")).keys()]).toEqual(["mul"]);
    expect(asked).toEqual(["/api/v1/names/torch.Tensor"]);
  });

  it("are asked for again if the service could not say, and not if there is no such module", async () => {
    const asked = service(
      () => new Response("", { status: 503 }),
      () => new Response("{}", { status: 404 }),
    );
    expect((await namesOf("torch.none")).size).toBe(0);
    expect((await namesOf("torch.none")).size).toBe(0);
    expect((await namesOf("torch.none")).size).toBe(0);
    expect(asked).toHaveLength(2);
  });

  it("are not asked for outside torch and NumPy", async () => {
    const asked = service();
    expect(await documentation("os.remove")).toBeNull();
    expect(await documentation("torch")).toBeNull();
    expect(asked).toEqual([]);
  });
});
