// Which folder of src may import which: none imports one of its own row or of a later one. Imports of types count.
const ROWS = [
  ["api", "i18n"],
  ["ui"],
  ["run", "numbers", "progress", "glossary"],
  ["timeline"],
  ["navigation"],
  ["values", "gates"],
  ["graph", "memory", "broadcast", "derivation"],
  ["steps"],
  ["program", "share"],
  ["results", "element"],
  ["viewer"],
  ["framed", "terms"],
  ["app", "embed", "player", "book", "learn", "handout"],
];

const all = ROWS.flat();

function direction(folder, row) {
  const allowed = [...ROWS.slice(0, row).flat(), folder];
  return {
    name: `direction-of-${folder}`,
    severity: "error",
    from: { path: `^src/${folder}/` },
    to: { path: "^src/", pathNot: [`^src/(${allowed.join("|")})/`, "^src/[^/]+[.]ts$"] },
  };
}

export default {
  forbidden: [
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphan",
      severity: "error",
      from: { orphan: true, pathNot: "/events[.]ts$|^src/widget/main[.]ts$" },
      to: {},
    },
    ...ROWS.flatMap((folders, row) => folders.map((folder) => direction(folder, row))),
    // What lies in src itself is below all folders; only main.ts is above them.
    {
      name: "direction-of-root",
      severity: "error",
      from: { path: "^src/[^/]+[.]ts$", pathNot: "^src/main[.]ts$" },
      to: { path: "^src/[^/]+/" },
    },
    { name: "main-is-on-top", severity: "error", from: { path: "^src/" }, to: { path: "^src/main[.]ts$" } },
    {
      name: "folder-without-a-row",
      severity: "error",
      from: {},
      to: { path: "^src/[^/]+/", pathNot: `^src/(${all.join("|")})/` },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
