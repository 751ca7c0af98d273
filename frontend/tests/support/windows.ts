import type { TensorWindow } from "../../src/api/schema.ts";

/** Numbers as the service sends them. */
export function base64(numbers: ArrayBufferView): string {
  return btoa(String.fromCharCode(...new Uint8Array(numbers.buffer)));
}

/** A window on a matrix of 100 by 100, two rows and three columns of it. */
export function matrixWindow(parts: Partial<TensorWindow>): TensorWindow {
  return {
    subject: "t1",
    gradient: false,
    reason: null,
    text: null,
    tensor: "t1",
    dtype: "torch.float32",
    shape: [100, 100],
    leading: [],
    rows: [10, 12],
    columns: [20, 23],
    block: [1, 1],
    format: "float32",
    complex: false,
    data: "",
    minimum: "",
    maximum: "",
    ...parts,
  };
}
