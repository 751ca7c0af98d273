import { css } from "lit";

export const look = css`
  section,
  .side {
    display: grid;
    gap: 8px;
    justify-items: start;
    min-width: 0;
  }
  .sides {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 24px;
    max-width: 100%;
  }
  .side {
    align-content: start;
    max-width: 100%;
  }
  .side.picture {
    flex: 1 1 250px;
  }
  h3 {
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  h3 code {
    margin-left: 6px;
    font-weight: 400;
  }
  .shapes {
    border-spacing: 4px;
    margin: -4px;
    font: 12.5px/1.3 var(--mono);
  }
  caption {
    color: var(--muted);
    font: 12px/1.6 var(--sans);
    text-align: left;
  }
  .shapes thead th {
    color: var(--muted);
    font-size: 10.5px;
    font-weight: 400;
  }
  .shapes [scope="row"] {
    max-width: 14em;
    padding-right: 8px;
    font-weight: 650;
    text-align: right;
    overflow-wrap: anywhere;
  }
  .shapes td {
    min-width: 62px;
    padding: 3px 8px;
    border: 1px solid var(--line);
    border-radius: 5px;
    background: var(--panel);
    text-align: center;
  }
  .shapes small {
    display: block;
    font: 10.5px/1.3 var(--sans);
  }
  .shapes b {
    font-weight: 600;
  }
  .shapes .stretched {
    border-color: var(--line-strong);
    background: var(--gradient-ground);
    color: var(--gradient-ink);
  }
  .shapes .added {
    border: 1px dashed var(--line-strong);
    background: none;
    color: var(--muted);
  }
  .shapes .product {
    color: var(--muted);
  }
  .shapes .result td {
    border-color: transparent;
    background: var(--good-ground);
    color: var(--good-ink);
  }
  .said {
    font-size: 12.5px;
  }
  .choose {
    display: flex;
    gap: 4px;
    align-items: center;
    color: var(--muted);
    font: 12px/1.6 var(--mono);
  }
  .stage {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 8px;
    align-items: center;
    max-width: 100%;
  }
  .stage figure {
    max-width: 100%;
    margin: 0;
    overflow-x: auto;
  }
  figcaption {
    font: 650 12.5px/1.5 var(--mono);
    overflow-wrap: anywhere;
  }
  .facts {
    color: var(--muted);
    font-weight: 400;
  }
  .sign {
    color: var(--muted);
    font: 16px/1 var(--mono);
  }
  .reading {
    min-height: 1.5em;
    padding: 3px 8px;
    border-left: 3px solid var(--lit);
    font: 12.5px/1.5 var(--mono);
    overflow-wrap: anywhere;
  }
  .note {
    color: var(--muted);
    font-size: 12px;
  }
`;
