/** Server-sent events read from the body of a fetch, after the HTML standard's "event stream interpretation". */

/** One event: its name (`message` if none was sent) and its data. */
interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** Cuts a stream of text into events, however the text is cut into chunks. */
export class EventParser {
  #rest = "";
  #event = "";
  #data: string[] = [];

  /** The events that this chunk completes. */
  push(chunk: string): ServerEvent[] {
    const found: ServerEvent[] = [];
    // A carriage return at the very end may be half of a line end, so it waits for what follows.
    const text = this.#rest + chunk;
    const whole = text.endsWith("\r") ? text.slice(0, -1) : text;
    const lines = whole.split(/\r\n|\n|\r/);
    this.#rest = (lines.pop() ?? "") + text.slice(whole.length);
    for (const line of lines) {
      const event = this.#line(line);
      if (event !== null) found.push(event);
    }
    return found;
  }

  #line(line: string): ServerEvent | null {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "event") this.#event = value;
    if (field === "data") this.#data.push(value);
    return null;
  }

  #dispatch(): ServerEvent | null {
    const event = this.#event || "message";
    const data = this.#data;
    this.#event = "";
    this.#data = [];
    return data.length === 0 ? null : { event, data: data.join("\n") };
  }
}

/** The events of a body, as they come. An event that the body breaks off in is dropped. */
export async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const parser = new EventParser();
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      yield* parser.push(decoder.decode(part.value, { stream: true }));
    }
  } finally {
    reader.releaseLock();
  }
}
