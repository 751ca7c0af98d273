import { css } from "lit";

/** A column that scrolls by itself if the page has two. */
export const layout = css`
  :host {
    display: contents;
  }
  .program {
    position: relative;
    padding: 0 var(--program-inset, 12px) 20px;
  }
  tp-run-bar {
    position: sticky;
    z-index: 1;
    top: 0;
    background: var(--ground);
  }
  .cells {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
  }
  .before {
    margin-bottom: 8px;
  }
  .before .cells {
    margin-top: 8px;
  }
  .add {
    display: flex;
    gap: 6px;
    align-items: center;
    justify-self: start;
    height: 30px;
    padding: 0 10px 0 7px;
    border: 0;
    border-radius: 6px;
    background: none;
    color: var(--muted);
    font: 12.5px/1 var(--sans);
    cursor: pointer;
  }
  .add:hover {
    background: var(--operation-ground);
    color: var(--ink);
  }
  @media (min-width: 1000px) {
    .program {
      padding-inline: var(--program-inset, 16px);
      overflow-y: auto;
    }
  }
  @media print {
    .program {
      padding: 0 0 14px;
      overflow: visible;
    }
    .add,
    tp-run-bar,
    tp-deleted-cell {
      display: none;
    }
  }
`;
