import { css } from "lit";

export const look = css`
  section,
  .picture {
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
  .picture {
    flex: 1 1 250px;
    align-content: start;
    max-width: 100%;
  }
  h3 {
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  h3 code {
    margin-left: 6px;
    font-weight: 400;
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
