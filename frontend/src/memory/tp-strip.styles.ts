import { css } from "lit";

export const look = css`
  :host {
    overflow-x: auto;
  }
  table {
    border-spacing: 2px;
    table-layout: fixed;
    width: 100%;
    font: 12px/1.35 var(--mono);
  }
  col {
    width: var(--cell, 34px);
  }
  col.rest {
    width: auto;
  }
  td,
  th {
    padding: 0;
    font-weight: 400;
  }
  .positions td {
    color: var(--muted);
    font-size: 10px;
    text-align: center;
  }
  .strip td {
    height: 27px;
    border: 1px solid var(--line-strong);
    border-radius: 3px;
    background: color-mix(in oklab, var(--tone, var(--card)) var(--share, 0%), var(--card));
    text-align: center;
    white-space: nowrap;
    cursor: default;
  }
  .strip td.unknown {
    color: var(--muted);
  }
  .strip s {
    display: block;
    margin-bottom: -2px;
    font-size: 10px;
    line-height: 1;
  }
  /* No text of the page: the name of the element says it, and what is seen of the element is in that name. */
  .strip s::before {
    content: attr(data-was);
  }
  td.pointed {
    outline: 2px solid var(--lit);
    outline-offset: 0;
  }
  td.changed {
    border-color: var(--lit);
    box-shadow: inset 0 -3px 0 var(--lit);
    animation: flash 1.1s ease-out;
  }
  @keyframes flash {
    from {
      background: var(--lit);
    }
  }
  .label {
    padding-top: 5px;
    text-align: left;
    font-family: var(--sans);
  }
  .what {
    display: flex;
    flex-wrap: wrap;
    gap: 0 7px;
    align-items: baseline;
    line-height: 1.5;
  }
  .name {
    max-width: 100%;
    padding: 0;
    overflow: hidden;
    border: 0;
    background: none;
    color: var(--ink);
    font: 650 13px/1.5 var(--mono);
    text-align: left;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }
  .name:hover {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .quiet .name {
    color: var(--muted);
    font-weight: 400;
  }
  .expression {
    color: var(--muted);
    font-size: 11.5px;
    overflow-wrap: anywhere;
  }
  .facts {
    color: var(--muted);
    font: 11px/1.4 var(--mono);
  }
  .badge.ticked {
    animation: flash 1.1s ease-out;
  }
  .window td {
    height: 20px;
    background: linear-gradient(var(--line), var(--line)) center / 100% 1px no-repeat;
    font-size: 11px;
    text-align: center;
    white-space: nowrap;
  }
  .window td.seen {
    border: 1px solid transparent;
    border-radius: 3px;
    background: var(--leaf-ground);
    color: var(--leaf-ink);
  }
  .window.array td.seen {
    background: var(--parameter-ground);
    color: var(--parameter-ink);
  }
  .window.quiet td.seen {
    background: var(--operation-ground);
    color: var(--operation-ink);
  }
  .window td.seen.changed {
    border-color: var(--lit);
  }
  .window.lit td.seen {
    border-color: var(--lit);
    background: var(--lit-ground);
    color: var(--ink);
  }
  .window.lit .name {
    background: var(--lit-ground);
  }
  td small {
    font-size: 9.5px;
  }
`;
