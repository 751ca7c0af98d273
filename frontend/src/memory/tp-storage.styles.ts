import { css } from "lit";

export const look = css`
  article {
    position: relative;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--card);
    box-shadow: var(--shadow);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 9px;
    align-items: baseline;
    padding: 5px 11px;
    border-bottom: 1px solid var(--line);
    border-radius: var(--radius) var(--radius) 0 0;
    background: var(--panel);
  }
  h3 {
    font-size: 12.5px;
    font-weight: 650;
  }
  .facts {
    color: var(--muted);
    font: 11.5px/1.5 var(--mono);
  }
  .lines {
    display: grid;
    gap: 8px;
    padding: 6px 9px 9px;
  }
  footer {
    padding: 0 11px 6px;
    text-align: right;
  }
  footer .link {
    font-size: 12px;
  }
  .reading {
    position: absolute;
    z-index: 2;
    top: calc(100% - 3px);
    left: 8px;
    max-width: calc(100% - 16px);
    padding: 4px 10px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--card);
    box-shadow: 0 4px 14px light-dark(rgb(27 35 48 / 18%), rgb(0 0 0 / 55%));
    font: 12px/1.5 var(--mono);
    overflow-wrap: anywhere;
    pointer-events: none;
  }
  .overview {
    padding: 8px 11px 0;
  }
  svg {
    display: block;
    width: 100%;
    cursor: pointer;
  }
  .ground {
    fill: var(--operation-ground);
  }
  .value {
    fill: var(--positive);
  }
  .value.negative {
    fill: var(--negative);
  }
  rect.changed,
  .window.lit {
    fill: var(--lit);
  }
  .window {
    fill: var(--accent);
  }
  .window.array {
    fill: var(--parameter-ink);
  }
  .rail {
    fill: var(--line);
  }
  .part {
    fill: none;
    stroke: var(--ink);
    stroke-width: 1.5px;
    vector-effect: non-scaling-stroke;
  }
  @media print {
    article {
      break-inside: avoid;
    }
    footer {
      display: none;
    }
  }
  input {
    width: 100%;
    margin: 2px 0 0;
    accent-color: var(--action);
  }
`;
