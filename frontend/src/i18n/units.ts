/** A size in bytes with its unit, which is the same in every language: at most one decimal. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  const [size, unit] = count < 1024 ** 2 ? [count / 1024, "KiB"] : [count / 1024 ** 2, "MiB"];
  return `${Number(size.toFixed(1))} ${unit}`;
}
