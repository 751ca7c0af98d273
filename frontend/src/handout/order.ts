/** Lines to be put in order. A page without Python compares them with the solution, and says that it can do no more. */

interface Order {
  readonly lines: readonly string[];
  readonly right: readonly string[];
  readonly words: Readonly<Record<"pool" | "own" | "up" | "compare", string>>;
  readonly said: Readonly<Record<"same" | "other", string>>;
}

/** Ask for the order inside an element, in place of the mere list of its lines. */
export function askOrder(host: HTMLElement): void {
  const { lines, right, words, said } = JSON.parse(host.dataset["order"] ?? "") as Order;
  const place = host.querySelector(".lines");
  if (place === null) return;
  let chosen: readonly number[] = [];
  const pool = list("ul", words.pool);
  const own = list("ol", words.own);
  const compare = button(words.compare);
  const verdict = document.createElement("p");
  verdict.setAttribute("role", "status");
  place.replaceChildren(...pool.parts, ...own.parts, compare, verdict);

  const change = (now: readonly number[], focus: number): void => {
    chosen = now;
    verdict.textContent = "";
    draw();
    place.querySelector<HTMLElement>(`[data-line="${String(focus)}"]`)?.focus();
  };
  const draw = (): void => {
    const left = [...lines.keys()].filter((line) => !chosen.includes(line));
    pool.list.replaceChildren(
      ...left.map((line) =>
        item(
          lineButton(line, (lines[line] ?? "").trim(), () => {
            change([...chosen, line], line);
          }),
        ),
      ),
    );
    own.list.replaceChildren(
      ...chosen.map((line, at) => {
        const out = lineButton(line, lines[line] ?? "", () => {
          change(
            chosen.filter((one) => one !== line),
            line,
          );
        });
        const up = button("↑");
        up.setAttribute("aria-label", `${words.up}: ${(lines[line] ?? "").trim()}`);
        up.disabled = at === 0;
        up.addEventListener("click", () => {
          change(chosen.toSpliced(at, 1).toSpliced(at - 1, 0, line), line);
        });
        return item(out, up);
      }),
    );
    compare.disabled = chosen.length === 0;
  };
  compare.addEventListener("click", () => {
    const same = chosen.length === right.length && chosen.every((line, at) => lines[line] === right[at]);
    verdict.textContent = same ? said.same : said.other;
    verdict.className = same ? "reveal right" : "reveal missed";
  });
  draw();
}

function list(tag: "ul" | "ol", title: string): { readonly list: HTMLElement; readonly parts: readonly HTMLElement[] } {
  const head = document.createElement("p");
  head.textContent = title;
  const made = document.createElement(tag);
  made.setAttribute("aria-label", title);
  return { list: made, parts: [head, made] };
}

function item(...parts: readonly HTMLElement[]): HTMLElement {
  const made = document.createElement("li");
  made.append(...parts);
  return made;
}

function button(text: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  return made;
}

function lineButton(line: number, text: string, act: () => void): HTMLButtonElement {
  const made = button("");
  made.dataset["line"] = String(line);
  made.appendChild(document.createElement("code")).textContent = text;
  made.addEventListener("click", act);
  return made;
}
