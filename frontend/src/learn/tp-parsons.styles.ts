import { css } from "lit";

export const lineLook = css`
  h4 {
    margin: 14px 0 6px;
    color: var(--soft);
    font: 650 12.5px/1.4 var(--sans);
  }
  .work h4 {
    margin-top: 0;
  }
  .hint {
    margin-top: 10px;
  }
  .lines {
    display: grid;
    gap: 5px;
    min-height: 44px;
    margin: 0;
    padding: 8px;
    border: 1px dashed var(--line-strong);
    border-radius: var(--radius);
    list-style: none;
  }
  .program {
    border-style: solid;
    background: var(--card);
  }
  li {
    position: relative;
    display: flex;
    align-items: stretch;
    border: 1px solid var(--line);
    border-radius: 6px;
    background: var(--panel);
  }
  li.empty {
    padding: 8px 10px;
    border: 0;
    background: none;
    color: var(--muted);
    font-size: 13px;
  }
  li.dragged {
    opacity: 0.5;
  }
  li.target::before,
  li.last::after {
    position: absolute;
    right: 0;
    left: 0;
    height: 3px;
    border-radius: 2px;
    background: var(--accent);
    content: "";
  }
  li.target::before {
    top: -5px;
  }
  li.last::after {
    bottom: -5px;
  }
  .grip {
    display: grid;
    place-items: center;
    width: 26px;
    color: var(--muted);
    cursor: grab;
    touch-action: none;
    user-select: none;
  }
  .code {
    flex: 1;
    min-width: 0;
    padding: 7px 8px;
    border: 0;
    background: none;
    text-align: left;
    cursor: pointer;
  }
  .code code {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  li:hover {
    border-color: var(--accent);
  }
  .acts {
    display: flex;
    align-items: center;
  }
  .work .primary {
    margin-top: 12px;
  }
`;
