/** What the numbers of a series are of; an answer's own names for it. */
const MEASURES = {
  value: "",
  norm: "norm",
  minimum: "minimum",
  maximum: "maximum",
  gradient_norm: "norm of .grad",
  update_norm: "norm of the update",
};

/** Texts of the numbers of loops as curves. */
export const curves = {
  curves: "Numbers of the loops",
  otherCurves: (count: number) => `Further curves (${count})`,
  rounds: (count: number) => (count === 1 ? "1 round" : `${count} rounds`),
  curveTitle: (measure: keyof typeof MEASURES) => MEASURES[measure],
  curveAt: (round: number, value: string) => `${value} in round ${round}`,
  curveExtent: (least: string, most: string, logarithmic: boolean) =>
    `${least} to ${most}${logarithmic ? ", log scale" : ""}`,
  curveLabel: (name: string, rounds: number, first: string, last: string) =>
    `Curve of ${name} over ${rounds} rounds, from ${first} to ${last}`,
};
