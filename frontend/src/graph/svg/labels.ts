/** Labels on edges, kept from lying on one another. */

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export const HEIGHT = 20;
const GAP = 3;

/** The middle of each label. Labels that would overlap go side by side around their common middle. */
export function apart(labels: readonly Label[]): number[] {
  const middles = labels.map(({ x }) => x);
  const sorted = labels.map((label, at) => ({ ...label, at })).sort((label, other) => label.x - other.x);
  while (sorted.length > 0) {
    const row = sorted.splice(0, 1);
    let next: number;
    while ((next = sorted.findIndex((label) => row.some((placed) => overlap(placed, label)))) >= 0)
      row.push(...sorted.splice(next, 1));
    if (row.length < 2) continue;
    const width = row.reduce((sum, label) => sum + label.width + GAP, -GAP);
    let left = row.reduce((sum, label) => sum + label.x, 0) / row.length - width / 2;
    for (const label of row) {
      middles[label.at] = left + label.width / 2;
      left += label.width + GAP;
    }
  }
  return middles;
}

function overlap(label: Label, other: Label): boolean {
  return Math.abs(label.y - other.y) < HEIGHT && Math.abs(label.x - other.x) < (label.width + other.width) / 2 + GAP;
}
