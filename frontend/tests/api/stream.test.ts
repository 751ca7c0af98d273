import { describe, expect, it } from "vitest";

import { EventParser, events } from "../../src/api/stream.ts";
import { collect } from "../support/collect.ts";

const STREAM = ': hello\r\nevent: stdout\r\ndata: {"text":"一"}\r\n\r\ndata: a\ndata: b\n\nevent: done\ndata: {}\n\n';
const WANTED = [
  { event: "stdout", data: '{"text":"一"}' },
  { event: "message", data: "a\nb" },
  { event: "done", data: "{}" },
];

describe("server-sent events", () => {
  it("are the same however the stream is cut", () => {
    for (let size = 1; size <= STREAM.length; size += 1) {
      const parser = new EventParser();
      const found = [];
      for (let from = 0; from < STREAM.length; from += size)
        found.push(...parser.push(STREAM.slice(from, from + size)));
      expect(found).toEqual(WANTED);
    }
  });

  it("survive a cut inside a character", async () => {
    const bytes = new TextEncoder().encode(STREAM);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await collect(events(body))).toEqual(WANTED);
  });

  it("drop an event that the stream breaks off in", () => {
    expect(new EventParser().push("event: done\ndata: {}\n")).toEqual([]);
  });
});
