// Calls every operation of a running service with openapi-fetch, by the types that openapi-typescript made of its description.
// Prints a line of JSON for each: method, path and status. What an answer contains is checked by its type and by `check`.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type Schemas = components["schemas"];

const url = process.argv[2] ?? "";
const client = createClient<paths>({ baseUrl: url });
const code = "import torch\nx = torch.tensor([1.0, 2.0], requires_grad=True)\nloss = (x * x).sum()\nloss.backward()";
const graph = { code, of: "loss" } as const;

function check(condition: boolean, what: string): void {
  if (!condition) throw new Error(`not as expected: ${what}`);
}

function told<T>(method: string, path: keyof paths, answer: { data?: T | undefined; error?: unknown; response: Response }): T {
  console.log(JSON.stringify({ method, path, status: answer.response.status }));
  if (answer.error !== undefined) throw new Error(`${path}: ${JSON.stringify(answer.error)}`);
  return answer.data as T;
}

async function runs(): Promise<void> {
  const run = told("POST", "/api/v1/runs", await client.POST("/api/v1/runs", { body: { code, lang: "en" } }));
  check(typeof run !== "string" && "status" in run && run.status === "ok", "the status of a run");
  const refused = await client.POST("/api/v1/runs", { body: { code, timeout_s: 1e9 } });
  check(refused.error?.type === "/problems/invalid", "the type of a problem");
  // The id of a run that is under way is in the head of its stream.
  const stream = await fetch(`${url}/api/v1/runs`, {
    method: "POST",
    headers: { Accept: "text/event-stream", "Content-Type": "application/json" },
    body: JSON.stringify({ code: "while True: pass" } satisfies Schemas["RunBody"]),
  });
  const run_id = stream.headers.get("X-Run-Id") ?? "";
  told("DELETE", "/api/v1/runs/{run_id}", await client.DELETE("/api/v1/runs/{run_id}", { params: { path: { run_id } } }));
  await stream.body?.cancel();
}

async function batch(): Promise<void> {
  const body = { runs: [{ code: "1 + 1" }, { code: "1 / 0" }] };
  const { answers } = told("POST", "/api/v1/batch", await client.POST("/api/v1/batch", { body }));
  check(answers.length === 2 && answers.every(({ status }) => status === 200), "the answers of a batch");
}

async function keptRuns(): Promise<void> {
  const large = { code: "xs = [torch.rand(2000) for _ in range(20)]", defer_values: true };
  const run = told("POST", "/api/v1/runs", await client.POST("/api/v1/runs", { body: large }));
  const run_id = typeof run === "string" ? "" : run.id;
  const kept = told("GET", "/api/v1/runs/{run_id}", await client.GET("/api/v1/runs/{run_id}", { params: { path: { run_id } } }));
  check(kept.status === "ok", "the status of a kept run");
  const path = { run_id, chunk: 0 };
  const chunk = await client.GET("/api/v1/runs/{run_id}/values/{chunk}", { params: { path } });
  check(told("GET", "/api/v1/runs/{run_id}/values/{chunk}", chunk).values.length > 0, "the values of a chunk");
}

async function graphs(): Promise<void> {
  const params = { query: { ...graph, theme: "dark", style: "tensorpad" } } as const;
  const svg = told("GET", "/api/v1/graph.svg", await client.GET("/api/v1/graph.svg", { params, parseAs: "text" }));
  check(svg.startsWith("<svg") || svg.startsWith("<?xml"), "an SVG");
  const dot = told("GET", "/api/v1/graph.dot", await client.GET("/api/v1/graph.dot", { params, parseAs: "text" }));
  check(dot.startsWith("digraph"), "DOT source");
  const json = told("GET", "/api/v1/graph.json", await client.GET("/api/v1/graph.json", { params }));
  check(json.nodes.some(({ kind }) => kind === "leaf"), "the nodes of a graph");
  const png = await client.GET("/api/v1/graph.png", { params, parseAs: "arrayBuffer" });
  check(new Uint8Array(told("GET", "/api/v1/graph.png", png) ?? new ArrayBuffer())[1] === 0x50, "a PNG");
  const shown = { query: { ...graph, theme: "dark", lang: "en" } } as const;
  const preview = await client.GET("/api/v1/preview.png", { params: shown, parseAs: "arrayBuffer" });
  check(new Uint8Array(told("GET", "/api/v1/preview.png", preview) ?? new ArrayBuffer())[1] === 0x50, "a PNG for links");
  const accept = { headers: { Accept: "application/json" } };
  const drawn = told("POST", "/api/v1/graph", await client.POST("/api/v1/graph", { body: graph, ...accept }));
  check(typeof drawn === "object" && drawn !== null && "root_name" in drawn, "a graph by its body");
}

async function inquiries(): Promise<void> {
  const lens = told(
    "POST",
    "/api/v1/lens",
    await client.POST("/api/v1/lens", { body: { code, operation: "op2", element: [0] } }),
  );
  check(lens.lens?.inputs[0]?.relation === "value", "where an element comes from");
  const derivation = told(
    "POST",
    "/api/v1/derivation",
    await client.POST("/api/v1/derivation", { body: { code, of: "loss" } }),
  );
  const total = derivation.derivation?.leaves[0]?.total;
  check(total?.kind === "full" && JSON.stringify(total.data) === "[2,4]", "a gradient");
  const body = { code, subject: "t1", rows: [0, 1], columns: [0, 2] } satisfies Schemas["WindowRequest"];
  const values = told("POST", "/api/v1/values", await client.POST("/api/v1/values", { body }));
  check(values.window?.format === "float32", "a part of a tensor");
  const opening = told(
    "POST",
    "/api/v1/opening",
    await client.POST("/api/v1/opening", { body: { code, operation: "op2" } }),
  );
  check(opening.opening !== null, "what an operation does inside");
}

async function snippets(): Promise<void> {
  const stored = told("POST", "/api/v1/snippets", await client.POST("/api/v1/snippets", { body: { cells: [code] } }));
  const params = { path: { snippet_id: stored.id } };
  const read = told(
    "GET",
    "/api/v1/snippets/{snippet_id}",
    await client.GET("/api/v1/snippets/{snippet_id}", { params }),
  );
  check(read.cells[0] === code, "a stored program");
}

async function lessons(): Promise<void> {
  const all = told("GET", "/api/v1/lessons", await client.GET("/api/v1/lessons", { params: { query: { lang: "en" } } }));
  check(all.tallies && all.lessons.length > 0, "lessons");
  const params = { path: { lesson: "broadcasting" } };
  const read = told("GET", "/api/v1/lessons/{lesson}", await client.GET("/api/v1/lessons/{lesson}", { params }));
  const cells = read.sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === "cell");
  const asking = cells.find(({ code }) => code.includes("#? shape"));
  if (asking === undefined) throw new Error("no program of the lesson asks for a shape");
  const line = asking.code.split("\n").findIndex((text) => text.startsWith("#? shape")) + 1;
  const body = { lang: "en", cell: asking.number, line, verdict: "right" } satisfies Schemas["TallyRequest"];
  const path = "/api/v1/lessons/{lesson}/tallies";
  told("POST", path, await client.POST("/api/v1/lessons/{lesson}/tallies", { params, body }));
  const { terms } = told("GET", "/api/v1/glossary", await client.GET("/api/v1/glossary"));
  check(terms.some(({ id }) => id === "leaf"), "a term");
}

async function service(): Promise<void> {
  const names = told(
    "GET",
    "/api/v1/names/{path}",
    await client.GET("/api/v1/names/{path}", { params: { path: { path: "torch.autograd" } } }),
  );
  check(names.names.some(({ name }) => name === "grad"), "the names of a module");
  const about = told("GET", "/api/v1/about", await client.GET("/api/v1/about"));
  check(about.limits["address_bytes"] === 32768, "a limit");
  told("GET", "/healthz", await client.GET("/healthz"));
  told("GET", "/readyz", await client.GET("/readyz"));
  const shown = { query: { url: "/embed?code=1" } };
  const embedding = told("GET", "/oembed", await client.GET("/oembed", { params: shown }));
  check(typeof embedding === "object" && embedding.html.startsWith("<iframe"), "how to embed a program");
  told("GET", "/metrics", await client.GET("/metrics", { parseAs: "text" }));
  const slug: Schemas["ProblemSlug"] = "rate-limit";
  told("GET", "/problems/{slug}", await client.GET("/problems/{slug}", { params: { path: { slug } }, parseAs: "text" }));
}

for (const group of [runs, batch, keptRuns, graphs, inquiries, snippets, lessons, service]) await group();
