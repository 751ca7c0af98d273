import { css } from "lit";

/** What every kind of step has in its details. */
export const stepLook = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 28px;
    align-items: flex-start;
    padding: 10px 16px 12px;
  }
  .what {
    display: grid;
    flex: 1 1 240px;
    gap: 6px;
    min-width: 0;
    max-width: 300px;
  }
  .data {
    display: flex;
    flex: 3 1 320px;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
    min-width: 0;
  }
  h2 {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    align-items: center;
    color: var(--ink);
    font: 650 13.5px/1.5 var(--mono);
    letter-spacing: 0;
    overflow-wrap: anywhere;
  }
  .doc,
  .note {
    color: var(--muted);
    font-size: 12.5px;
    line-height: 1.45;
  }
  .facts {
    display: grid;
    gap: 1px 10px;
    grid-template-columns: auto minmax(0, 1fr);
    margin: 0;
    font: 12px/1.5 var(--mono);
  }
  .facts dt {
    color: var(--muted);
  }
  .facts dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .sign {
    color: var(--muted);
    font-size: 15px;
  }
  .row {
    display: flex;
    flex-basis: 100%;
    flex-wrap: wrap;
    gap: 6px 10px;
    align-items: center;
    min-width: 0;
  }
`;
