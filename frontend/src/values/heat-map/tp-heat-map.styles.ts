import { css } from "lit";

/** A frame that scrolls, and a bar with what zooms and what is read. */
export const frame = css`
  .frame {
    position: relative;
    height: 280px;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: 6px;
    background: var(--card);
    scrollbar-width: thin;
    overscroll-behavior: contain;
  }
  .frame.low {
    height: 72px;
  }
  canvas {
    position: sticky;
    top: 0;
    left: 0;
    display: block;
    print-color-adjust: exact;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 6px;
    align-items: center;
    min-height: 28px;
    color: var(--muted);
    font-size: 11.5px;
  }
  output {
    flex: 1 1 12em;
    min-width: 0;
    font: 11.5px/1.4 var(--mono);
    color: var(--soft);
    overflow-wrap: anywhere;
  }
`;
