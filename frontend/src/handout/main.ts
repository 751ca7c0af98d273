/** A lesson as a page of its own, without a server: its gates are asked, and then the recorded runs are shown. */

import type { Gate } from "../api/schema.ts";
import { isRight } from "../gates/answers.ts";
import { gates as english } from "../i18n/en/gates.ts";
import { gates as chinese } from "../i18n/zh-CN/gates.ts";
import { fit, newsOf } from "../element/messages.ts";
import { lmsOf, LmsMemory, LocalMemory, type Memory } from "./score.ts";
import { askOrder } from "./order.ts";
import { Questions } from "./questions.ts";

import "./handout.css";

const words = (document.documentElement.lang === "zh-CN" ? chinese : english).gates;

function start(): void {
  const lms = lmsOf(window);
  const memory: Memory = lms === null ? new LocalMemory(document.title) : new LmsMemory(lms);
  const answers: Record<string, string> = { ...memory.load() };
  const all = new Map<string, Gate>();
  const keep = (): void => {
    const right = [...all].filter(([key, gate]) => key in answers && isRight(gate, answers[key] ?? "")).length;
    memory.save(answers, right, all.size);
  };
  const begin = [...document.querySelectorAll<HTMLElement>(".program")].map((program) => {
    const gates = JSON.parse(program.dataset["gates"] ?? "[]") as readonly Gate[];
    for (const [index, gate] of gates.entries()) all.set(`${program.id} ${String(index)}`, gate);
    const host = program.querySelector<HTMLElement>(".gates");
    const frame = program.querySelector("iframe");
    if (host === null || frame === null) return () => undefined;
    const goOn = gates.length === 0 ? () => undefined : held(program);
    const key = (index: number): string => `${program.id} ${String(index)}`;
    const questions = new Questions(
      host,
      gates,
      words,
      (index, given) => {
        answers[key(index)] = given;
        keep();
      },
      () => {
        show(frame);
        goOn();
      },
    );
    return () => {
      questions.start((index) => answers[key(index)]);
    };
  });
  for (const one of begin) one();
  keep();
  for (const order of document.querySelectorAll<HTMLElement>(".order")) askOrder(order);
  for (const look of document.querySelectorAll<HTMLAnchorElement>("a.look"))
    look.addEventListener("click", () => {
      const frame = document.querySelector<HTMLIFrameElement>(`iframe[name="${look.target}"]`);
      if (frame === null) return;
      reveal(frame);
      frame.scrollIntoView({ block: "nearest" });
    });
  window.addEventListener("pagehide", () => {
    memory.close();
  });
}

/** Show the recorded run of a program, and let its frame be as high as what it shows. */
function show(frame: HTMLIFrameElement): void {
  reveal(frame);
  if (frame.src === "") frame.src = frame.dataset["src"] ?? "";
}

/** Keep the text after a program, which may tell the answers, until the returned function is called. */
function held(program: HTMLElement): () => void {
  const texts: HTMLElement[] = [];
  for (let next = program.nextElementSibling; next !== null; next = next.nextElementSibling) {
    if (next.matches("h2, nav, .program, .task")) break;
    if (next instanceof HTMLElement) texts.push(next);
  }
  if (texts.length === 0) return () => undefined;
  const note = document.createElement("p");
  note.className = "goes-on";
  note.textContent = program.dataset["on"] ?? "";
  program.after(note);
  for (const text of texts) text.hidden = true;
  return () => {
    note.remove();
    for (const text of texts) text.hidden = false;
  };
}

/** The run has the code, too: once it can be seen, one of the two is enough. */
function reveal(frame: HTMLIFrameElement): void {
  frame.hidden = false;
  frame.addEventListener(
    "load",
    () => {
      const code = frame.parentElement?.querySelector<HTMLElement>(":scope > pre");
      if (code != null) code.hidden = true;
    },
    { once: true },
  );
}

window.addEventListener("message", (event: MessageEvent<unknown>) => {
  const news = newsOf(event.data);
  if (news?.type !== "height") return;
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentWindow === event.source) fit(frame, news.height);
});

start();
