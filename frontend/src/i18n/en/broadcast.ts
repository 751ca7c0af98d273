/** Texts of the picture of broadcasting. */
export const broadcast = {
  broadcast: {
    title: "Broadcasting",
    aligned: "Shapes, aligned to the right",
    operand: "Operand",
    result: "result",
    fates: {
      kept: "kept",
      stretched: (times: number) => `1 stretched to ${times}`,
      added: (times: number) => `added, ${times} times`,
      along: "of the product",
      summed: "summed over",
    },
    stretched: (dimension: number, times: number) => `dimension ${dimension} is stretched from 1 to ${times}`,
    added: (dimension: number, times: number) => `dimension ${dimension} is added in front, ${times} times`,
    kept: "is used as it is",
    becomes: (name: string, shape: string, what: string) => `${name} ${shape}: ${what}.`,
    join: ", ",
    ghosts: "Dashed cells are copies that are never made: each reads the one value that is there.",
    valuesOf: (name: string, shape: string) => `${name}, drawn as ${shape}`,
    resultValues: (shape: string) => `The result, ${shape}; arrow keys move among its cells`,
    hint: "Point at a cell of the result, or reach it with Tab and the arrow keys, to see where it came from.",
    from: (cell: string, value: string, sources: string) => `${cell} = ${value} comes from ${sources}`,
    feeds: (source: string, cells: number) =>
      cells === 1 ? `${source} goes into 1 cell.` : `${source} goes into ${cells} cells.`,
    and: " and ",
    leading: (dimension: number) => `Index of dimension ${dimension} of the result`,
    unnamed: "unnamed",
  },
};
