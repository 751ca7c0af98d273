import { css } from "lit";

/** A row of controls about the slider, and the sentence below it. */
export const timelineLook = css`
  .dock {
    border-top: var(--dock-above, 1px solid var(--line));
    border-bottom: var(--dock-below, 0);
    background: var(--card);
  }
  .bar {
    display: flex;
    gap: 2px 10px;
    align-items: center;
    padding: 5px 12px 0;
  }
  .buttons {
    display: flex;
    flex: none;
  }
  .tool.play {
    background: var(--action);
    color: var(--action-ink);
  }
  .tool.play:hover:not(:disabled) {
    background: var(--action-hover);
    color: var(--action-ink);
  }
  .track {
    position: relative;
    flex: 1 1 8em;
    min-width: 0;
    height: 26px;
  }
  input {
    position: absolute;
    inset: 0;
    width: 100%;
    margin: 0;
    background: none;
    accent-color: var(--action);
  }
  .pace {
    flex: none;
    min-width: 6em;
    min-height: 26px;
  }
  .pace select {
    max-width: 12em;
    field-sizing: content;
    text-overflow: ellipsis;
  }
  .count {
    flex: none;
    min-width: 5.6em;
    color: var(--muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    text-align: right;
  }
  .said {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    padding: 2px 12px 6px 16px;
  }
  .said p {
    flex: 1;
    min-width: 0;
    max-height: 4.4em;
    min-height: 2.9em;
    overflow: auto;
    padding-top: 3px;
    color: var(--soft);
    font-size: 13px;
    line-height: 1.45;
  }
  tp-step {
    height: var(--step-height, clamp(136px, 24vh, 280px));
    overflow: auto;
    border-bottom: 1px solid var(--line);
  }
  tp-step.roomy {
    height: auto;
    max-height: min(560px, 62vh);
  }
  @media print {
    .dock {
      border: 0;
    }
    .bar,
    .said .tool {
      display: none;
    }
    .said {
      padding: 0;
    }
    .said p {
      max-height: none;
      min-height: 0;
    }
    tp-step {
      height: auto;
    }
  }
  @media (max-width: 620px) {
    .bar {
      flex-wrap: wrap;
      padding-inline: 8px;
    }
    .track {
      flex-basis: 60%;
      order: 1;
    }
    .count {
      order: 2;
    }
    .pace {
      flex: 1;
    }
    .pace select {
      max-width: 8.5em;
    }
    .said {
      padding-inline: 12px 8px;
    }
  }
`;
