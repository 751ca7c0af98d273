import { css } from "lit";

export const look = css`
  .about,
  .none {
    color: var(--muted);
    font-size: 12.5px;
  }
  .about {
    margin: 2px 0 8px;
  }
  .said {
    margin-bottom: 8px;
    padding: 5px 10px;
    border-left: 3px solid var(--lit);
    border-radius: 0 6px 6px 0;
    background: var(--lit-ground);
  }
  .said.quiet {
    border-color: var(--line-strong);
    background: none;
    color: var(--muted);
  }
  .storages {
    display: grid;
    gap: 10px;
    grid-template-columns: minmax(0, 1fr);
  }
  details {
    margin-top: 12px;
  }
  details .storages {
    margin-top: 8px;
  }
  ol {
    display: grid;
    gap: 2px;
    max-height: 320px;
    margin: 6px 0 0;
    padding: 0;
    overflow: auto;
    list-style: none;
  }
  li button {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 8px;
    align-items: baseline;
    width: 100%;
    padding: 3px 8px;
    border: 0;
    border-radius: 6px;
    background: none;
    font-size: 12.5px;
    text-align: left;
    cursor: pointer;
  }
  .later {
    color: var(--muted);
  }
  li button:hover,
  li button[aria-current] {
    background: var(--lit-ground);
  }
`;
