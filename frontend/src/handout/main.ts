/** A lesson as a page of its own, without a server: its gates are asked, and then the recorded runs are shown. */

import type { Gate } from "../api/schema.ts";
import { isRight } from "../gates/answers.ts";
import { gates as english } from "../i18n/en/gates.ts";
import { gates as chinese } from "../i18n/zh-CN/gates.ts";
import { fit, newsOf } from "../element/messages.ts";
import { lmsOf, LmsMemory, LocalMemory, type Memory } from "./score.ts";
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
      },
    );
    return () => {
      questions.start((index) => answers[key(index)]);
    };
  });
  for (const one of begin) one();
  keep();
  for (const look of document.querySelectorAll<HTMLAnchorElement>("a.look"))
    look.addEventListener("click", () => {
      const frame = document.querySelector<HTMLIFrameElement>(`iframe[name="${look.target}"]`);
      if (frame === null) return;
      frame.hidden = false;
      frame.scrollIntoView({ block: "nearest" });
    });
  window.addEventListener("pagehide", () => {
    memory.close();
  });
}

/** Show the recorded run of a program, and let its frame be as high as what it shows. */
function show(frame: HTMLIFrameElement): void {
  frame.hidden = false;
  if (frame.src === "") frame.src = frame.dataset["src"] ?? "";
}

window.addEventListener("message", (event: MessageEvent<unknown>) => {
  const news = newsOf(event.data);
  if (news?.type !== "height") return;
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentWindow === event.source) fit(frame, news.height);
});

start();
