/** A program as a file that other tools open. */

/** A Python script whose cells are marked the way editors know (`# %%`). */
export function script(cells: readonly string[]): string {
  return cells.map((code) => `# %%\n${code.trimEnd()}\n`).join("\n");
}

/** A Jupyter notebook, in the format's version 4.5. The outputs are left to whoever runs it. */
export function jupyter(cells: readonly string[]): string {
  const notebook = {
    cells: cells.map((code, index) => ({
      cell_type: "code",
      execution_count: null,
      id: `cell-${index + 1}`,
      metadata: {},
      outputs: [],
      source: code.split(/(?<=\n)/),
    })),
    metadata: {
      kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
      language_info: { name: "python" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
