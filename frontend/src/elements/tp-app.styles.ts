import { css } from "lit";

/** One column on a phone; two, each scrolling by itself, where there is room. */
export const layout = css`
  :host {
    min-height: 100vh;
  }
  .skip {
    position: absolute;
    z-index: 3;
    top: -60px;
    left: 8px;
    padding: 8px 12px;
    border-radius: 6px;
    background: var(--action);
    color: var(--action-ink);
  }
  .skip:focus {
    top: 8px;
  }
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .program,
  .results {
    padding: 0 12px 20px;
  }
  .program {
    position: relative;
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
  .results {
    display: grid;
    gap: 18px;
    align-content: start;
    grid-template-columns: minmax(0, 1fr);
    padding-top: 13px;
    outline: none;
  }
  /* Only a run that takes its time dims what was there; its answer is there at once. */
  .results[aria-busy="true"] {
    opacity: 0.55;
    transition: opacity 0.2s 0.4s;
  }
  .views tp-tabs {
    margin-bottom: 8px;
  }
  tp-graphs {
    --graph-height: clamp(280px, 52vh, 640px);
  }
  tp-timeline {
    position: sticky;
    z-index: 1;
    bottom: 0;
  }
  @media (min-width: 1000px) {
    :host {
      display: grid;
      grid-template-rows: auto minmax(0, 1fr);
      height: 100vh;
    }
    main {
      grid-template-columns: minmax(0, 46fr) minmax(0, 54fr);
      min-height: 0;
    }
    .program,
    .results {
      overflow-y: auto;
      padding-inline: 16px;
    }
    .results {
      border-left: 1px solid var(--line);
    }
  }
  /* Graphs grow downwards: where there is room, they have a column of their own. */
  @media (min-width: 1280px) {
    main {
      grid-template-columns: minmax(0, 36fr) minmax(0, 64fr);
    }
    .results {
      grid-template: minmax(0, 1fr) auto / minmax(0, 50fr) minmax(0, 50fr);
      gap: 0;
      padding: 0;
      overflow: hidden;
    }
    .views,
    .beside {
      min-height: 0;
      padding: 13px 16px 20px;
      overflow-y: auto;
    }
    .views {
      border-right: 1px solid var(--line);
    }
    /* A graph takes what the tabs and its tools leave of the column. (Units of a container would style it anew at every touch.) */
    .views,
    .panel {
      display: flex;
      flex-direction: column;
    }
    .panel {
      flex: 1 0 auto;
    }
    tp-graphs {
      flex: 1 0 auto;
      --graph-height: 240px;
      --graph-grow: 1;
    }
    tp-timeline {
      grid-column: 1 / -1;
    }
  }
  @media print {
    :host,
    main,
    .results {
      display: block;
      height: auto;
    }
  }
`;
