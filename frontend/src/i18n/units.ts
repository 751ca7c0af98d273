/** A size in bytes with its unit, which is the same in every language: at most one decimal. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  const units = ["KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(Math.floor(Math.log2(count) / 10), units.length);
  return `${Number((count / 1024 ** power).toFixed(1))} ${units[power - 1] ?? ""}`;
}
