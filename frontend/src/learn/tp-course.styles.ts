import { css } from "lit";

export const courseLook = css`
  :host {
    max-width: 1120px;
    margin: 0 auto;
    padding: clamp(22px, 5vw, 56px) clamp(16px, 4vw, 40px) 56px;
  }
  h1 {
    margin: 0;
    font: 700 clamp(30px, 3.4vw + 12px, 46px) / 1.14 var(--serif);
    letter-spacing: -0.016em;
    text-wrap: balance;
  }
  .lead {
    max-width: 36rem;
    margin-top: 14px;
    color: var(--soft);
    font: 19px/1.58 var(--serif);
    text-wrap: pretty;
  }
  :host(:lang(zh)) :is(h1, .lead, .question, .lessons h2) {
    font-family: var(--sans);
    font-style: normal;
    letter-spacing: 0;
  }
  :host(:lang(zh)) .lead {
    font-size: 17px;
    line-height: 1.85;
  }
  .way {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 16px;
    align-items: center;
    margin-top: 22px;
  }
  .way .primary {
    height: auto;
    min-height: 40px;
    padding: 8px 18px;
    font-size: 15px;
    text-decoration: none;
    white-space: normal;
  }
  .bar {
    width: 140px;
    height: 6px;
    overflow: hidden;
    border-radius: 3px;
    background: var(--line);
  }
  .bar i {
    display: block;
    height: 100%;
    background: var(--accent);
  }
  .count {
    color: var(--muted);
    font-size: 13px;
  }
  .lessons {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr));
    gap: 0 48px;
    margin: 40px 0 0;
    padding: 0;
    list-style: none;
  }
  .lessons > li {
    display: grid;
    grid-template-columns: 2.1em minmax(0, 1fr);
    gap: 0 8px;
    padding: 18px 0 16px;
    border-top: 1px solid var(--line);
  }
  .number {
    color: var(--muted);
    font: 20px/1.3 var(--serif);
    font-variant-numeric: lining-nums tabular-nums;
  }
  .done .number {
    color: var(--good-ink);
  }
  .lessons h2 {
    color: var(--ink);
    font: 650 19px/1.35 var(--serif);
    letter-spacing: 0;
  }
  .lessons h2 a {
    color: inherit;
    text-decoration: none;
  }
  .lessons h2 a:hover {
    color: var(--accent);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .question {
    margin-top: 2px;
    color: var(--soft);
    font: italic 15.5px/1.5 var(--serif);
  }
  .lessons ul {
    margin: 6px 0 0;
    padding-left: 1.1em;
    color: var(--muted);
    font-size: 13px;
    line-height: 1.5;
  }
  .about {
    margin-top: 6px;
    color: var(--muted);
    font-size: 12.5px;
  }
  .state {
    color: var(--accent);
    font-weight: 600;
  }
  .done .state {
    color: var(--good-ink);
  }
  .progress {
    margin-top: 40px;
    padding-top: 20px;
    border-top: 1px solid var(--line);
    color: var(--soft);
    font-size: 13.5px;
  }
  .progress h2 {
    font-size: 14px;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 14px;
    align-items: center;
    margin: 10px 0;
  }
  @media print {
    .way,
    .progress {
      display: none;
    }
  }
`;
