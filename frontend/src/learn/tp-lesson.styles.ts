import { css } from "lit";

/** The measure of the text is 60 to 70 characters; what is run beside it takes the rest of the page. */
export const layout = css`
  :host {
    --measure: 35.5rem;
    display: block;
    max-width: 1560px;
    margin: 0 auto;
    padding: 26px clamp(16px, 3vw, 48px) 40px;
  }
  :host(:lang(zh)) {
    --measure: 37rem;
  }
  .over {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 18px;
    color: var(--muted);
    font-size: 13px;
  }
  a {
    color: var(--accent);
    text-underline-offset: 3px;
  }
  h1 {
    max-width: 24em;
    margin: 4px 0 0;
    font: 700 clamp(26px, 2.3vw + 12px, 36px) / 1.2 var(--serif);
    letter-spacing: -0.012em;
    text-wrap: balance;
  }
  :host(:lang(zh)) h1 {
    font-family: var(--sans);
    font-size: clamp(24px, 2vw + 12px, 33px);
    letter-spacing: 0;
  }
  .question {
    max-width: var(--measure);
    margin-top: 10px;
    color: var(--soft);
    font: italic 21px/1.45 var(--serif);
    text-wrap: pretty;
  }
  :host(:lang(zh)) .question {
    font: 19px/1.6 var(--sans);
  }
  .goals {
    max-width: 26rem;
    margin-top: 14px;
    color: var(--soft);
    font-size: 14px;
    line-height: 1.55;
  }
  .goals > p {
    color: var(--muted);
    font-size: 13px;
  }
  .goals ul {
    margin: 4px 0;
    padding-left: 1.2em;
  }
  .intro {
    margin-top: 18px;
  }
  .contents {
    display: flex;
    gap: 14px;
    align-items: center;
    margin: 20px 0 0;
    padding-bottom: 18px;
    border-bottom: 1px solid var(--line);
  }
  .contents ol {
    display: flex;
    flex: 1;
    gap: 5px;
    max-width: 560px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .contents li {
    flex: 1;
  }
  .contents button {
    display: grid;
    place-items: center;
    width: 100%;
    height: 24px;
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
  }
  .contents button::before {
    width: 100%;
    height: 6px;
    border-radius: 3px;
    background: color-mix(in oklab, var(--line-strong) 60%, transparent);
    content: "";
  }
  .contents button.read::before {
    background: color-mix(in oklab, var(--accent) 55%, var(--line));
  }
  .contents button[aria-current]::before {
    height: 10px;
    border-radius: 5px;
    background: var(--accent);
  }
  .contents button:hover::before {
    background: var(--accent);
  }
  .count {
    color: var(--muted);
    font-size: 12.5px;
    white-space: nowrap;
  }
  .section > h2 {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: baseline;
    margin: 24px 0 16px;
    color: var(--ink);
    font: 650 24px/1.3 var(--serif);
    letter-spacing: -0.005em;
    scroll-margin-top: 60px;
  }
  :host(:lang(zh)) .section > h2 {
    font: 650 22px/1.4 var(--sans);
  }
  .section > h2:focus {
    outline: none;
  }
  .stage {
    padding: 2px 10px;
    border-radius: 999px;
    background: var(--accent-ground);
    color: var(--leaf-ink);
    font: 600 12.5px/20px var(--sans);
    letter-spacing: 0;
    translate: 0 -3px;
  }
  .stage.predict,
  .stage.quiz {
    background: var(--parameter-ground);
    color: var(--parameter-ink);
  }
  .stage.mistake {
    background: var(--bad-ground);
    color: var(--bad-ink);
  }
  .stage.modify,
  .stage.make {
    background: var(--good-ground);
    color: var(--good-ink);
  }
  .stage.investigate {
    background: var(--gradient-ground);
    color: var(--gradient-ink);
  }
  .alone {
    max-width: var(--measure);
  }
  .alone + *,
  .spread + *,
  tp-exercise + *,
  tp-parsons + *,
  tp-cards + * {
    margin-top: 28px;
  }
  .spread {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px 40px;
  }
  .text {
    max-width: var(--measure);
  }
  .text tp-passage + tp-passage {
    margin-top: 0.95em;
  }
  .text:empty,
  [data-covered] > .rest,
  :not([data-covered]) > .goes-on {
    display: none;
  }
  .goes-on {
    color: var(--muted);
    font-size: 13.5px;
  }
  @media (min-width: 1100px) {
    .opening {
      display: grid;
      grid-template-columns: minmax(24rem, var(--measure)) minmax(0, 1fr);
      gap: 40px;
    }
    .spread {
      grid-template-columns: minmax(24rem, var(--measure)) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
      align-items: start;
    }
    .text {
      grid-column: 1;
    }
    tp-workbench {
      position: sticky;
      top: 12px;
      grid-row: 1 / 3;
      grid-column: 2;
      max-height: calc(100vh - 24px);
      overflow-y: auto;
    }
  }
  @media (min-width: 1100px) and (max-width: 1320px) {
    :host {
      --measure: 31rem;
    }
  }
  .end {
    display: grid;
    gap: 12px;
    max-width: var(--measure);
    margin-top: 26px;
    color: var(--soft);
    font-size: 15px;
  }
  .onward {
    display: grid;
    gap: 3px;
    padding: 16px 20px 18px;
    border: 1px solid var(--line-strong);
    border-radius: 12px;
    background: var(--card);
    color: var(--ink);
    text-decoration: none;
  }
  .onward:hover {
    border-color: var(--accent);
  }
  .onward span {
    color: var(--accent);
    font-size: 12.5px;
    font-weight: 650;
  }
  .onward b {
    font: 650 19px/1.35 var(--serif);
  }
  .onward i {
    color: var(--soft);
    font: italic 16px/1.5 var(--serif);
  }
  :host(:lang(zh)) .onward :is(b, i) {
    font-family: var(--sans);
    font-style: normal;
  }
  .turns {
    display: flex;
    gap: 12px;
    align-items: center;
    justify-content: space-between;
    max-width: var(--measure);
    margin-top: 34px;
    padding-top: 18px;
    border-top: 1px solid var(--line);
  }
  a.primary {
    text-decoration: none;
  }
  @media print {
    :host {
      max-width: none;
      padding: 0;
    }
    .over a {
      display: none;
    }
    .section {
      break-inside: auto;
    }
    .section > h2 {
      break-after: avoid;
      font-size: 16pt;
    }
    .questions .after {
      color: #555;
      font-size: 9.5pt;
    }
    .questions > li {
      margin-bottom: 8px;
      break-inside: avoid;
    }
    .questions ul {
      padding-left: 1.4em;
      list-style: "☐  ";
    }
    .questions .blank {
      width: 60%;
      height: 22px;
      border-bottom: 1px solid #777;
    }
    .pool {
      padding-left: 1.4em;
      font-family: var(--mono);
      font-size: 9.5pt;
      line-height: 1.7;
    }
    tp-listing {
      display: block;
      margin: 8px 0 12px;
      border: 1px solid #ccc;
      break-inside: avoid;
    }
  }
`;
