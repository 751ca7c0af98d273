import { css } from "lit";

/**
 * What a person acts with above, steps included: there it stays where it is, whatever the height of the source and of the view
 * below. No height depends on the window's.
 */
export const layout = css`
  :host {
    container-type: inline-size;
    --listing-height: 19.5em;
    --step-height: 220px;
    --graph-files: none;
    background: var(--ground);
    color: var(--ink);
    font: 14px/1.45 var(--sans);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 10px;
    align-items: center;
    padding: 7px 12px;
    border-bottom: 1px solid var(--line);
    background: var(--ground);
  }
  .bar tp-tabs {
    flex: 1 1 auto;
    min-width: 0;
  }
  .acts {
    display: flex;
    gap: 12px;
    align-items: center;
    margin-left: auto;
  }
  .run {
    display: inline-flex;
    gap: 5px;
    align-items: center;
    height: 28px;
    padding: 0 12px 0 9px;
    border: 1px solid transparent;
    border-radius: 7px;
    background: var(--action);
    color: var(--action-ink);
    font: 600 13px/1 var(--sans);
    cursor: pointer;
  }
  .run:hover {
    background: var(--action-hover);
  }
  .run.stop {
    border-color: var(--bad-line);
    background: var(--card);
    color: var(--bad-ink);
  }
  .run svg {
    width: 14px;
    height: 14px;
  }
  .open {
    color: var(--accent);
    font-size: 12.5px;
    text-underline-offset: 2px;
    white-space: nowrap;
  }
  .elsewhere {
    padding: 8px 12px;
    border-bottom: 1px solid var(--line);
    background: var(--gradient-ground);
    font-size: 13px;
  }
  .elsewhere input {
    width: 100%;
    margin-top: 4px;
    padding: 4px 8px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--card);
    color: var(--ink);
    font: 12px/1.5 var(--mono);
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    padding: 12px;
    /* What sticks within passes below the timeline. */
    isolation: isolate;
  }
  .source {
    --program-inset: 0;
    min-width: 0;
  }
  .panel {
    min-width: 0;
  }
  .waiting {
    display: grid;
    gap: 10px;
    place-items: center;
    align-content: center;
    min-height: 150px;
    padding: 18px 12px;
    border: 1px dashed var(--line-strong);
    border-radius: var(--radius);
    color: var(--muted);
    text-align: center;
  }
  .busy {
    opacity: 0.55;
    transition: opacity 0.2s 0.4s;
  }
  .alone {
    padding: 8px 14px 10px;
    border-bottom: 1px solid var(--line);
    background: var(--card);
    color: var(--soft);
    font-size: 13px;
  }
  summary {
    padding: 2px 0 6px;
  }
  tp-timeline {
    display: block;
    --dock-above: 0;
    --dock-below: 1px solid var(--line);
  }
  /* A page that gives the view less height than it has scrolls it: then what leads through the steps stays in sight. */
  @media (min-height: 300px) {
    tp-timeline {
      position: sticky;
      z-index: 1;
      top: 0;
    }
  }
  @container (min-width: 620px) {
    .body.beside {
      grid-template-columns: minmax(0, 41fr) minmax(0, 59fr);
      align-items: start;
    }
  }
  /* An editor needs more room than a listing. */
  @container (min-width: 960px) {
    .body.written {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      align-items: start;
    }
  }
  @media print {
    .bar,
    .waiting button {
      display: none;
    }
    .body.body {
      grid-template-columns: minmax(0, 1fr);
      padding: 4px 0;
    }
    tp-timeline {
      position: static;
    }
  }
`;
