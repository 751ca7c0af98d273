import { css } from "lit";

/**
 * A column that scrolls by itself if the page has two, and two columns if there is room for a third. What scrolls is positioned:
 * else labels that only screen readers have, which are positioned too, would scroll with the document and make it longer.
 */
export const layout = css`
  :host {
    display: contents;
  }
  .results {
    position: relative;
    display: grid;
    gap: 18px;
    align-content: start;
    grid-template-columns: minmax(0, 1fr);
    padding: 13px 12px 20px;
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
  tp-gates {
    margin-bottom: 10px;
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
    .results {
      padding-inline: 16px;
      overflow-y: auto;
      border-left: 1px solid var(--line);
    }
  }
  /* Graphs grow downwards: where there is room, they have a column of their own. */
  @media (min-width: 1280px) {
    .results {
      grid-template: minmax(0, 1fr) auto / minmax(0, 50fr) minmax(0, 50fr);
      gap: 0;
      padding: 0;
      overflow: hidden;
    }
    .views,
    .beside {
      position: relative;
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
    .results,
    .views,
    .beside,
    .panel {
      display: block;
      height: auto;
      padding: 0;
      border: 0;
      overflow: visible;
    }
    .views {
      margin-bottom: 14px;
    }
    .views > tp-tabs {
      display: none;
    }
    tp-timeline {
      position: static;
    }
  }
`;
