import { css } from "lit";

/** The stage, and the classes of the picture. */
export const graphLook = css`
  :host,
  .frame {
    display: flex;
    flex-direction: column;
  }
  :host(:fullscreen) .stage {
    flex: 1;
  }
  /* Elsewhere it would cover much of the graph. */
  tp-overview {
    display: none;
  }
  :host(:fullscreen) tp-overview:not([hidden]) {
    display: block;
    position: absolute;
    right: 10px;
    bottom: 10px;
  }
  .frame {
    position: relative;
    flex: 1 0 auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--card);
  }
  .stage {
    flex: var(--graph-grow, 0) 0 auto;
    height: var(--graph-height, 420px);
    min-height: 120px;
    overflow: hidden;
    resize: vertical;
    border-radius: 0 0 var(--radius) var(--radius);
    touch-action: pan-x pan-y;
    cursor: grab;
  }
  .stage:focus-visible {
    outline-offset: -2px;
  }
  /* What was fitted to the screen keeps its size on paper. */
  @media print {
    .tools {
      display: none !important;
    }
    :host,
    .frame {
      display: block;
    }
    .frame {
      border: 0;
    }
    .stage {
      height: var(--fitted, 420px);
      resize: none;
    }
    .stage:has(svg[viewBox]) {
      height: auto;
    }
  }
  .stage:focus-within {
    touch-action: none;
  }
  .stage.paper {
    background: #fff;
  }
  .stage svg {
    display: block;
    width: 100%;
    height: 100%;
  }
  /* On paper; letters stay at least half as high as they are, on several sheets if need be. */
  .stage svg[viewBox] {
    max-width: var(--wide);
    height: auto;
    max-height: max(70vh, 0.5 * var(--high));
    margin: 0 auto;
  }
  /* Letters keep their shapes at every size, so that thousands of them need no layout anew at each turn of the wheel. */
  .stage text {
    text-rendering: geometricPrecision;
  }
  /* Too small to be read, and so to be drawn. */
  .stage .far text {
    display: none;
  }
  .stage [data-node] {
    cursor: pointer;
    outline: none;
  }
  .stage .folded {
    cursor: zoom-in;
  }
  .stage .folded:hover text:first-of-type {
    text-decoration: underline;
  }
  .stage [data-node]:focus-visible > g > :first-child {
    stroke: var(--accent);
    stroke-width: 3;
  }
  .stage .cluster.module > text {
    cursor: zoom-out;
  }
  .stage .cluster.module > text:hover {
    text-decoration: underline;
  }
  .stage .halo {
    fill: none;
    stroke: var(--lit);
    stroke-width: 2.5;
    pointer-events: none;
    vector-effect: non-scaling-stroke;
  }
  .stage .halo.fresh {
    animation: flash 0.7s ease-out;
  }
  @keyframes flash {
    from {
      stroke-width: 12;
      stroke-opacity: 0.35;
    }
  }
  .stage .ahead {
    opacity: 0.3;
  }
  .stage .ahead-edge {
    opacity: 0.25;
  }
  .stage .waiting .gradient {
    opacity: 0;
  }
  .stage [data-way="forward"] :is(.gradient, .function),
  .stage [data-way="backward"] .value {
    opacity: 0.13;
  }
  .stage [data-way="backward"] .edge:not(.flowing) path {
    stroke-dasharray: 5 4;
  }
  .stage .turned {
    fill: var(--gradient-ink);
  }
  .stage [data-way="backward"] .edge > polygon:not(.turned),
  .stage [data-way]:not([data-way="backward"]) .turned {
    display: none;
  }
  .stage .flowing path {
    stroke: var(--gradient-ink);
    stroke-width: 2.4;
    stroke-dasharray: 7 5;
    animation: flow 0.9s linear infinite;
  }
  /* The path runs forward, and the gradient back along it. */
  @keyframes flow {
    to {
      stroke-dashoffset: 24;
    }
  }
  .stage .sent {
    pointer-events: none;
  }
  .stage .sent rect {
    fill: var(--gradient-ground);
    stroke: var(--gradient-ink);
  }
  .stage .sent text {
    fill: var(--gradient-ink);
    font: 600 12px var(--mono);
    text-anchor: middle;
  }
  .tools {
    display: flex;
    justify-content: flex-end;
    align-items: center;
    padding: 2px 4px;
    border-bottom: 1px solid var(--line);
  }
  .tool {
    flex: none;
  }
  .ways {
    display: flex;
    gap: 2px;
    margin: 0 auto 0 0;
    padding: 2px;
    border: 0;
  }
  .ways label {
    padding: 1px 9px;
    border: 1px solid transparent;
    border-radius: 999px;
    color: var(--muted);
    font-size: 12px;
    line-height: 20px;
    cursor: pointer;
  }
  .ways label:hover {
    background: var(--operation-ground);
  }
  .ways label:has(:checked) {
    border-color: var(--line-strong);
    color: var(--ink);
    font-weight: 650;
  }
  .ways label:has(:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  .ways input {
    position: absolute;
    opacity: 0;
    pointer-events: none;
  }
  /* It gives way: its words are as long as the name of a module. */
  .tool.words {
    display: block;
    flex: 0 1 auto;
    min-width: 3em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    width: auto;
    padding-inline: 9px;
    border-color: var(--line-strong);
    color: var(--accent);
    font-size: 12px;
  }
  .file {
    display: var(--graph-files, inline-grid);
    font: 600 10.5px/1 var(--mono);
  }
  .note {
    padding: 18px 16px;
    color: var(--muted);
    font-size: 13px;
  }
`;
