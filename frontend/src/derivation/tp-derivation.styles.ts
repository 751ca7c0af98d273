import { css } from "lit";

export const look = css`
  h3 {
    margin: 14px 0 4px;
    font-size: 13.5px;
    font-weight: 650;
  }
  .about,
  .none {
    color: var(--muted);
    font-size: 12.5px;
  }
  .boxed {
    padding: 22px 16px;
    border: 1px dashed var(--line-strong);
    border-radius: var(--radius);
    text-align: center;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 14px;
    align-items: center;
    margin: 6px 0;
    font-size: 12.5px;
  }
  label {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 2px 6px;
    align-items: center;
  }
  select {
    max-width: 100%;
  }
  .check {
    min-height: 26px;
    padding: 1px 10px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--card);
    cursor: pointer;
  }
  .check:hover:not(:disabled) {
    background: var(--operation-ground);
  }
  .check:disabled {
    color: var(--muted);
    cursor: default;
  }
  .fault {
    margin: 6px 0;
    padding: 7px 12px;
    border: 1px solid var(--bad-line);
    border-radius: var(--radius);
    background: var(--bad-ground);
    color: var(--ink);
    overflow-wrap: anywhere;
  }
  .old {
    opacity: 0.55;
  }
  .steps {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    margin: 6px 0 0;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--card);
    box-shadow: var(--shadow);
    list-style: none;
  }
  li {
    min-width: 0;
    padding: 6px 12px 7px;
    border-left: 3px solid transparent;
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  li.lit {
    border-left-color: var(--lit);
    background: var(--lit-ground);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 8px;
    align-items: baseline;
    max-width: 100%;
    padding: 0;
    border: 0;
    background: none;
    font: 13px/1.5 var(--mono);
    text-align: left;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .head code {
    color: var(--soft);
  }
  .line {
    padding-left: 10px;
  }
  .arrived {
    padding-left: 10px;
    color: var(--gradient-ink);
    font-size: 12px;
  }
  @media print {
    .choices.choices {
      display: none;
    }
    .steps > li {
      break-inside: avoid;
    }
  }
  .leaves {
    display: grid;
    gap: 10px;
    grid-template-columns: minmax(0, 1fr);
    margin-top: 6px;
  }
`;
