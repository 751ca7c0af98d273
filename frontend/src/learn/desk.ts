/** A task and the place where it is done: beside each other where there is room. */

import { css } from "lit";

export const desk = css`
  :host {
    container-type: inline-size;
  }
  .desk {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px 28px;
  }
  .task,
  .work {
    min-width: 0;
  }
  .task > h3 {
    margin-bottom: 6px;
    color: var(--accent);
    font: 650 13px/1.4 var(--sans);
  }
  .task > .primary {
    margin-top: 14px;
  }
  .work > tp-viewer {
    --step-height: 150px;
    overflow: clip;
    border: 1px solid var(--line);
    border-radius: 12px;
    box-shadow: var(--shadow);
  }
  @container (min-width: 980px) {
    .desk {
      grid-template-columns: minmax(0, 46fr) minmax(0, 54fr);
      align-items: start;
    }
  }
  @media print {
    .work,
    .task > .primary,
    details {
      display: none;
    }
  }
`;
