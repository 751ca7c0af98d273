/** What of an answer a person looks at, what they point at, and what lights up for it. */

import type { RunResponse } from "../api/schema.ts";
import {
  DARK,
  graphAt,
  graphFor,
  type Lights,
  lights,
  lightsAt,
  type Target,
  type TargetDetail,
} from "../timeline/lights.ts";
import { opensOn } from "../timeline/rounds.ts";
import { timelineOf } from "../timeline/timeline.ts";
import { START, type ViewName, type Viewpoint } from "./viewpoint.ts";

/** What lights up, computed only if the answer, the step or the target has changed. */
class Lamp {
  #response: RunResponse | null = null;
  #step: number | null = null;
  #target: Target | null = null;
  #lights = DARK;

  lights(response: RunResponse | null, step: number | null, target: Target | null): Lights {
    if (response !== this.#response || step !== this.#step || target !== this.#target) {
      this.#response = response;
      this.#step = step;
      this.#target = target;
      this.#lights = target === null ? lightsAt(response, step) : lights(response, target);
    }
    return this.#lights;
  }
}

export class Navigation {
  readonly #response: () => RunResponse | null;
  readonly #changed: () => void;
  #viewpoint = START;
  /** The viewpoint to take when the answer is there. */
  #wanted: Viewpoint | null = null;
  /** The graph that the answer opens on. */
  #first: string | null = null;
  /** Whether a person is at the values because the answer had no graph. */
  #turned = false;
  #hovered: Target | null = null;
  #clicked: Target | null = null;
  readonly #lit = new Lamp();
  readonly #pinned = new Lamp();

  /** `response` returns the newest answer; `changed` is called after every change. */
  constructor(response: () => RunResponse | null, changed: () => void) {
    this.#response = response;
    this.#changed = changed;
  }

  get viewpoint(): Viewpoint {
    return this.#viewpoint;
  }

  /** The viewpoint for a link: the present one, or the one to take once the answer is there. */
  get linked(): Viewpoint {
    const { view, step, graph } = this.#viewpoint;
    // A page shows that graph and this view of itself.
    const own = graph === this.#first ? null : graph;
    return {
      view: this.#turned ? START.view : view,
      step: step ?? this.#wanted?.step ?? null,
      graph: this.#wanted?.graph ?? own,
    };
  }

  /** What lights up for what is pointed at, else for what was clicked, else for the step. */
  get lit(): Lights {
    return this.#lit.lights(this.#response(), this.#viewpoint.step, this.#hovered ?? this.#clicked);
  }

  /** The same without what is only pointed at: what views bring into sight. */
  get pinned(): Lights {
    return this.#pinned.lights(this.#response(), this.#viewpoint.step, this.#clicked);
  }

  /** What lights up for what was clicked. */
  get clicked(): Lights {
    return this.#clicked === null ? DARK : this.pinned;
  }

  show(view: ViewName): void {
    this.#turned = false;
    this.#move({ view });
  }

  choose(graph: string): void {
    this.#move({ graph });
  }

  /** Show a step; what was pointed at before no longer counts. */
  goTo(step: number | null): void {
    const response = this.#response();
    const settled = response === null ? null : timelineOf(response).settled(step);
    this.#hovered = null;
    this.#clicked = null;
    this.#move({ step: settled, graph: graphAt(response, settled, this.#viewpoint.graph) });
  }

  point({ target, pin }: TargetDetail): void {
    // What was clicked counts until the pointer comes over something else.
    this.#hovered = pin ? null : target;
    const response = this.#response();
    if (pin) this.#clicked = target;
    if (pin && response !== null && target?.kind === "tensor")
      this.#move({ graph: graphFor(response, target.tensor, this.#viewpoint.graph) });
    else this.#changed();
  }

  /** What was clicked no longer counts. */
  unpin(): void {
    this.#clicked = null;
    this.#changed();
  }

  /** Leave the answer for another that is to come, and there go to `wanted`: of that only the view is shown meanwhile. */
  leave(wanted: Viewpoint | null = null): void {
    this.goTo(null);
    this.#wanted = wanted;
    if (wanted !== null) this.show(wanted.view);
  }

  /** The answer is there. `again`: to the same program as before, so that the person stays where they are. */
  arrive(response: RunResponse, again = false): void {
    const { graphs } = response;
    const wanted = this.#wanted;
    this.#wanted = null;
    this.goTo(again ? this.#viewpoint.step : (wanted?.step ?? null));
    const first = opensOn(response)?.id ?? null;
    // Whoever saw the graph that a page opens on sees it again, whatever its number is now.
    const graph = wanted?.graph ?? (this.#viewpoint.graph === this.#first ? first : this.#viewpoint.graph);
    this.#first = first;
    this.#move({ graph: graphs.some(({ id }) => id === graph) ? graph : first });
    if (!again) this.#turn(response);
  }

  /** A program without autograd has values to show, and no graph. After it, another has its graph again. */
  #turn({ graphs, tensors }: RunResponse): void {
    if (graphs.length === 0 && tensors.length > 0 && this.#viewpoint.view === START.view) {
      this.#turned = true;
      this.#move({ view: "values" });
    } else if (graphs.length > 0 && this.#turned) this.show(START.view);
  }

  #move(to: Partial<Viewpoint>): void {
    this.#viewpoint = { ...this.#viewpoint, ...to };
    this.#changed();
  }
}
