/** What the page in a frame says to the page around it, and the other way. A frame is somebody else, so what it says is checked. */

/** The types that pads pass on as events. */
const EVENTS = ["run", "step", "answer", "error"] as const;
export type PadEvent = (typeof EVENTS)[number];

export type News =
  | { readonly type: "height"; readonly height: number }
  | { readonly type: PadEvent; readonly detail: Readonly<Record<string, unknown>> };

export type Order =
  | { readonly type: "goto"; readonly step: number | null }
  | { readonly type: "view"; readonly view: string }
  | { readonly type: "theme"; readonly theme: string }
  | { readonly type: "lang"; readonly lang: string }
  /** To play a recording. */
  | { readonly type: "recording"; readonly bytes: ArrayBuffer; readonly options: Readonly<Record<string, unknown>> }
  /** To say its height once more: whoever asks came too late to hear it. */
  | { readonly type: "height" }
  | { readonly type: "run" }
  | { readonly type: "stop" };

const MIN_HEIGHT = 40;
/** A frame may not push the rest of a page out of reach. */
const MAX_HEIGHT = 20_000;

/** What a message says; null if it is none of ours. */
export function newsOf(data: unknown): News | null {
  if (!isRecord(data) || data["source"] !== "tensorpad") return null;
  const { type, height, detail } = data;
  if (type === "height" && typeof height === "number" && Number.isFinite(height))
    return { type, height: Math.ceil(Math.min(Math.max(height, MIN_HEIGHT), MAX_HEIGHT)) };
  const event = EVENTS.find((known) => known === type);
  return event !== undefined && isRecord(detail) ? { type: event, detail } : null;
}

/** Tell a frame. Its origin may be opaque, so the message names none; it holds nothing that is secret. */
export function tell(frame: HTMLIFrameElement, order: Order): void {
  frame.contentWindow?.postMessage({ target: "tensorpad", ...order }, "*");
}

/** Make a frame as high as its content, with whatever border it has. */
export function fit(frame: HTMLIFrameElement, height: number): void {
  const border = getComputedStyle(frame).boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight : 0;
  frame.style.height = `${height + border}px`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
