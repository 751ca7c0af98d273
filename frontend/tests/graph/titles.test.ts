import { expect, it } from "vitest";

import { titlesOf } from "../../src/graph/titles.ts";
import { graph, pass } from "../support/answers.ts";

it("tells graphs of one name apart by their backward passes, and leaves the others their names", () => {
  const graphs = ["loss", "loss", "", "accuracy", "loss"].map((root_name, at) =>
    graph({ id: `g${at}`, root: `f${at}`, root_name }),
  );
  const backwards = [[], ["g0"], ["g1", "g2"], ["g3"]].map((own, at) => pass({ id: `b${at}`, graphs: own }));
  expect(titlesOf({ graphs, backwards })).toEqual(["loss #2", "loss #3", "f2", "accuracy", "loss"]);
});
