import { css } from "lit";

/** One column on a phone; two, each scrolling by itself, if there is room. */
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
  }
  /* The results (tp-results.styles.ts) have two columns of their own here. */
  @media (min-width: 1280px) {
    main {
      grid-template-columns: minmax(0, 36fr) minmax(0, 64fr);
    }
  }
  /* On paper there is nothing to press: the program, its graph and its values, one below the other. */
  @media print {
    :host,
    main {
      display: block;
      height: auto;
      min-height: 0;
    }
    .skip {
      display: none;
    }
  }
`;
