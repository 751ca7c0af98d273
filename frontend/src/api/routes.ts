/** The routes that the page asks with one request. All but `about` throw FaultError if they are not answered. */

import { getJson, postJson, sendJson } from "./client.ts";
import { as } from "./filled.ts";
import type {
  About,
  DerivationRequest,
  DerivationResponse,
  DrawnGraph,
  GlossaryResponse,
  GraphRequest,
  LensRequest,
  LensResponse,
  LessonResponse,
  LessonsResponse,
  OpeningRequest,
  OpeningResponse,
  StoredSnippet,
  TallyRequest,
  RunResponse,
  SnippetRequest,
  ValuesResponse,
  WindowRequest,
  WindowResponse,
} from "./schema.ts";

/** What the service is; null if it cannot say now. A service of another version may leave parts out. */
export const about = (): Promise<Partial<About> | null> => getJson<Partial<About>>("about").catch(() => null);

/** Parts of a run that is kept, by their names. */
export const partsOfRun = (run: string, parts: readonly string[]): Promise<RunResponse> =>
  getJson(`runs/${encodeURIComponent(run)}?include=${parts.join(",")}`).then(as("RunResponse"));

/** A chunk of the values that the answer to a run deferred. */
export const chunkOfRun = (run: string, chunk: number, signal: AbortSignal): Promise<ValuesResponse> =>
  getJson(`runs/${encodeURIComponent(run)}/values/${chunk}`, signal).then(as("ValuesResponse"));

/** One graph of a program, folded as the request says. */
export const drawGraph = (body: GraphRequest, signal?: AbortSignal): Promise<DrawnGraph> =>
  postJson("graph", body, signal).then(as("DrawnGraph"));

/** How the gradients of a program come about. */
export const derive = (body: DerivationRequest, signal: AbortSignal): Promise<DerivationResponse> =>
  postJson("derivation", body, signal).then(as("DerivationResponse"));

/** Which elements an element was computed from. */
export const lens = (body: LensRequest, signal: AbortSignal): Promise<LensResponse> =>
  postJson("lens", body, signal).then(as("LensResponse"));

/** What torch did inside an operation. */
export const opening = (body: OpeningRequest, signal: AbortSignal): Promise<OpeningResponse> =>
  postJson("opening", body, signal).then(as("OpeningResponse"));

/** The elements of a part of a large tensor. */
export const windowOn = (body: WindowRequest, signal: AbortSignal): Promise<WindowResponse> =>
  postJson("values", body, signal).then(as("WindowResponse"));

/** A stored program. What it holds is not checked here. */
export const snippet = (id: string): Promise<unknown> => getJson(`snippets/${encodeURIComponent(id)}`);

export const storeSnippet = (body: SnippetRequest): Promise<StoredSnippet> =>
  postJson("snippets", body).then(as("StoredSnippet"));

/** All lessons, in their order, in a language. */
export const lessons = (lang: string): Promise<LessonsResponse> =>
  getJson(`lessons?lang=${lang}`).then(as("LessonsResponse"));

/** A lesson in a language. */
export const lesson = (slug: string, lang: string): Promise<LessonResponse> =>
  getJson(`lessons/${encodeURIComponent(slug)}?lang=${lang}`).then(as("LessonResponse"));

/** Have a first answer to a gate counted. */
export const countAnswer = (slug: string, body: TallyRequest): Promise<void> =>
  sendJson(`lessons/${encodeURIComponent(slug)}/tallies`, body);

/** The words of PyTorch that texts use, in a language. */
export const terms = (lang: string): Promise<GlossaryResponse> =>
  getJson(`glossary?lang=${lang}`).then(as("GlossaryResponse"));
