/** Styles that several elements share: each adopts them into its own shadow root. */

import { css } from "lit";

export const base = css`
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  * {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  h2,
  h3,
  p,
  pre {
    margin: 0;
  }
  h2 {
    font-size: 12px;
    font-weight: 650;
    letter-spacing: 0.02em;
    color: var(--soft);
  }
  pre,
  code,
  .mono {
    font-family: var(--mono);
    font-size: 12.5px;
    line-height: 1.5;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  /* Paper does not scroll. */
  @media print {
    :host,
    pre,
    ol {
      max-height: none !important;
      overflow: visible !important;
    }
    details:not([open]),
    .unprinted {
      display: none !important;
    }
    summary {
      list-style: none;
    }
    h2,
    h3,
    h4 {
      break-after: avoid;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;

export const controls = css`
  button,
  select {
    font: inherit;
    color: inherit;
  }
  .tool {
    display: inline-grid;
    place-items: center;
    min-width: 26px;
    height: 26px;
    padding: 0 5px;
    border: 1px solid transparent;
    border-radius: 6px;
    background: none;
    color: var(--muted);
    cursor: pointer;
  }
  .tool:hover:not(:disabled) {
    background: var(--operation-ground);
    color: var(--ink);
  }
  .tool:disabled {
    opacity: 0.4;
    cursor: default;
  }
  .tool svg {
    width: 15px;
    height: 15px;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--accent);
    text-decoration: underline;
    text-underline-offset: 2px;
    cursor: pointer;
  }
  select {
    height: 26px;
    padding: 0 4px;
    border: 1px solid var(--line);
    border-radius: 6px;
    background: var(--card);
    font-size: 12px;
  }
  summary {
    cursor: pointer;
    color: var(--muted);
    font-size: 12px;
  }
  summary:hover {
    color: var(--ink);
  }
  @media (pointer: coarse) {
    .tool {
      min-width: 34px;
      height: 34px;
    }
  }
  @media print {
    .tool,
    .link,
    select,
    input {
      display: none;
    }
  }
`;

export const badges = css`
  .badge {
    display: inline-block;
    padding: 0 6px;
    border-radius: 4px;
    background: var(--operation-ground);
    color: var(--operation-ink);
    font-size: 11px;
    line-height: 18px;
    white-space: nowrap;
  }
  .badge.leaf {
    background: var(--leaf-ground);
    color: var(--leaf-ink);
  }
  .badge.parameter {
    background: var(--parameter-ground);
    color: var(--parameter-ink);
  }
  .badge.gradient {
    background: var(--gradient-ground);
    color: var(--gradient-ink);
  }
  .badge.good {
    background: var(--good-ground);
    color: var(--good-ink);
  }
  .badge.bad {
    background: var(--bad-ground);
    color: var(--bad-ink);
  }
`;

/** Forms in dialogs. */
export const forms = css`
  .title {
    color: var(--ink);
    font-size: 13.5px;
    font-weight: 650;
  }
  .hint {
    margin: 2px 0 8px;
    color: var(--muted);
    font-size: 12.5px;
  }
  .failure {
    margin: 8px 0 0;
    color: var(--bad-ink);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  input:not([type="checkbox"]),
  textarea {
    height: 36px;
    padding: 0 10px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--panel);
    color: var(--ink);
  }
  .primary,
  .secondary {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    justify-content: center;
    height: 36px;
    padding: 0 14px;
    border: 1px solid transparent;
    border-radius: var(--radius);
    background: var(--action);
    color: var(--action-ink);
    font-weight: 600;
    white-space: nowrap;
    cursor: pointer;
  }
  .primary:hover {
    background: var(--action-hover);
  }
  .secondary {
    border-color: var(--line-strong);
    background: var(--card);
    color: var(--ink);
  }
  .secondary:hover {
    border-color: var(--accent);
  }
  .primary:disabled,
  .secondary:disabled {
    opacity: 0.55;
    cursor: default;
  }
  .option {
    display: flex;
    gap: 8px;
    align-items: baseline;
    font-size: 13px;
    cursor: pointer;
  }
  .option input {
    margin: 0;
    accent-color: var(--action);
    translate: 0 1px;
  }
  .option .about {
    color: var(--muted);
  }
`;
