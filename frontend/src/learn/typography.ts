/** How a lesson reads: one scale (×1.2 from the size of the text), a measure of 60 to 70 characters, and room between lines. */

import { css } from "lit";

export const prose = css`
  .prose {
    color: var(--ink);
    font: var(--text-size, 17.5px) / 1.62 var(--serif);
    font-kerning: normal;
    hanging-punctuation: first;
    text-wrap: pretty;
    overflow-wrap: break-word;
  }
  :host(:lang(zh)) .prose {
    font: 16.5px/1.9 var(--sans);
    text-align: justify;
    line-break: strict;
  }
  /* A short line with a long piece of code in it would be torn apart. */
  @media (max-width: 600px) {
    :host(:lang(zh)) .prose {
      text-align: start;
    }
  }
  .prose > :first-child {
    margin-top: 0;
  }
  .prose > :last-child {
    margin-bottom: 0;
  }
  p {
    margin: 0 0 0.95em;
  }
  ul,
  ol {
    margin: 0 0 0.95em;
    padding-left: 1.35em;
  }
  li + li {
    margin-top: 0.3em;
  }
  h3 {
    margin: 1.5em 0 0.5em;
    color: var(--ink);
    font: 650 1.05em/1.35 var(--sans);
  }
  em {
    font-style: italic;
  }
  :host(:lang(zh)) em {
    font-style: normal;
    text-emphasis: filled dot;
    text-emphasis-position: under right;
  }
  strong {
    font-weight: 650;
  }
  code {
    padding: 0.1em 0.28em;
    border-radius: 4px;
    background: var(--operation-ground);
    color: var(--ink);
    font: 0.84em/1.3 var(--mono);
    overflow-wrap: anywhere;
  }
  pre {
    margin: 0 0 1em;
    padding: 10px 14px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
    overflow-x: auto;
  }
  pre code {
    padding: 0;
    background: none;
    font-size: 13px;
    line-height: 1.55;
  }
  a {
    color: var(--accent);
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }
  a.look {
    padding: 0 0.15em;
    border-radius: 3px;
    background: var(--accent-ground);
    text-decoration-style: dashed;
    cursor: pointer;
  }
  a.look::after {
    content: " ▸";
    font-size: 0.8em;
  }
  blockquote {
    margin: 0 0 1em;
    padding-left: 1em;
    border-left: 2px solid var(--line-strong);
    color: var(--soft);
  }
  aside {
    margin: 0 0 1em;
    padding: 10px 16px;
    border-left: 3px solid var(--accent);
    border-radius: 0 var(--radius) var(--radius) 0;
    background: var(--accent-ground);
    font-size: 0.93em;
  }
  aside.warning {
    border-left-color: var(--gradient-ink);
    background: var(--gradient-ground);
  }
  aside > :last-child {
    margin-bottom: 0;
  }
  table {
    display: block;
    width: fit-content;
    max-width: 100%;
    margin: 0 0 1em;
    border-collapse: collapse;
    font: 14px/1.5 var(--sans);
    overflow-x: auto;
  }
  th,
  td {
    padding: 5px 12px 5px 0;
    border-bottom: 1px solid var(--line);
    text-align: left;
    vertical-align: top;
  }
  th {
    color: var(--soft);
    font-weight: 600;
  }
  tp-math {
    --math-size: 1.02em;
  }
  tp-math.block {
    display: block;
    margin: 0.6em 0 1em;
    text-align: center;
  }
  @media (max-width: 480px) {
    .prose {
      font-size: 17px;
    }
    :host(:lang(zh)) .prose {
      font-size: 16px;
      line-height: 1.85;
    }
  }
  @media print {
    .prose {
      font-size: 11.5pt;
    }
    a.look {
      background: none;
      color: inherit;
      text-decoration: none;
    }
    a.look::after {
      content: "";
    }
  }
`;
