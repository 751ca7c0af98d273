/** The page's icons: 16 × 16 strokes in the colour of the text. */

import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

function icon(content: SVGTemplateResult): TemplateResult {
  return html`<svg
    viewBox="0 0 16 16"
    width="16"
    height="16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${content}
  </svg>`;
}

export const up = icon(svg`<path d="M8 13V3M4 7l4-4 4 4" />`);
export const down = icon(svg`<path d="M8 3v10M4 9l4 4 4-4" />`);
export const plus = icon(svg`<path d="M8 3v10M3 8h10" />`);
export const minus = icon(svg`<path d="M3 8h10" />`);
export const bin = icon(svg`<path d="M3 4.5h10M6.5 4V2.5h3V4M4.5 4.5l.6 9h5.8l.6-9M6.8 7v4M9.2 7v4" />`);
export const fit = icon(svg`<path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" />`);
export const play = icon(svg`<path d="M5 3.2v9.6l7.6-4.8z" fill="currentColor" />`);
export const stop = icon(svg`<rect x="4" y="4" width="8" height="8" rx="1" fill="currentColor" />`);
export const pause = icon(svg`<path d="M4.6 3.4h2.2v9.2H4.6zM9.2 3.4h2.2v9.2H9.2z" fill="currentColor" />`);
export const toFirst = icon(svg`<path d="M4 3.5v9M12.5 3.5v9L6.5 8z" />`);
export const toLast = icon(svg`<path d="M12 3.5v9M3.5 3.5v9L9.5 8z" />`);
export const back = icon(svg`<path d="M10 3.5 5.5 8l4.5 4.5" />`);
export const forward = icon(svg`<path d="M6 3.5 10.5 8 6 12.5" />`);
export const panel = icon(svg`<path d="M2.5 3h11v10h-11zM2.5 9h11" />`);
export const shield = icon(
  svg`<path d="M8 1.8 13 3.6v4c0 3.2-2.1 5.4-5 6.6-2.9-1.2-5-3.4-5-6.6v-4zM5.8 8l1.6 1.6 3-3.2" />`,
);
export const chip = icon(
  svg`<path d="M4.5 4.5h7v7h-7zM6.5 2v2.5M9.5 2v2.5M6.5 11.5V14M9.5 11.5V14M2 6.5h2.5M2 9.5h2.5M11.5 6.5H14M11.5 9.5H14" />`,
);
export const target = icon(svg`<circle cx="8" cy="8" r="4.5" /><path d="M8 1.5v4M8 10.5v4M1.5 8h4M10.5 8h4" />`);
export const keyboard = icon(
  svg`<rect x="1.5" y="4" width="13" height="8.5" rx="1.5" /><path d="M4 6.5h.01M6.7 6.5h.01M9.3 6.5h.01M12 6.5h.01M4 8.3h.01M12 8.3h.01M5.5 10.2h5" />`,
);
export const close = icon(svg`<path d="M4 4l8 8M12 4l-8 8" />`);

export const book = icon(
  svg`<path d="M8 4c-1.4-1-3.4-1.4-5.5-1.3v9.6c2.1-.1 4.1.3 5.5 1.3 1.4-1 3.4-1.4 5.5-1.3V2.7C11.4 2.6 9.4 3 8 4zM8 4v9.6" />`,
);
export const share = icon(
  svg`<circle cx="4" cy="8" r="2" /><circle cx="12" cy="3.6" r="2" /><circle cx="12" cy="12.4" r="2" /><path d="M5.8 7l4.4-2.4M5.8 9l4.4 2.4" />`,
);
export const gallery = icon(
  svg`<rect x="2" y="2.5" width="5" height="5" rx="1" /><rect x="9" y="2.5" width="5" height="5" rx="1" /><rect x="2" y="9.5" width="5" height="4" rx="1" /><rect x="9" y="9.5" width="5" height="4" rx="1" />`,
);
export const copy = icon(
  svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.2" /><path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />`,
);
export const tick = icon(svg`<path d="M3 8.5l3.2 3.2L13 4.8" />`);

export const sun = icon(
  svg`<circle cx="8" cy="8" r="3" /><path d="M8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M3.2 12.8l1.1-1.1M11.7 4.3l1.1-1.1" />`,
);
export const moon = icon(svg`<path d="M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1z" />`);
export const half = icon(svg`<circle cx="8" cy="8" r="6" /><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />`);

/** The logo: two leaves and their result. */
export const logo = html`<svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
  <rect width="32" height="32" rx="8" fill="#1f55a8" />
  <path d="M9 22.5 16 9.5M16 9.5l7 13" stroke="#fff" stroke-width="2" opacity=".75" />
  <rect x="12.5" y="6" width="7" height="7" rx="2" fill="#fff" />
  <rect x="5.5" y="19" width="7" height="7" rx="2" fill="#8fc0ff" />
  <rect x="19.5" y="19" width="7" height="7" rx="2" fill="#ffb45c" />
</svg>`;

export const help = icon(svg`<path d="M5.7 6a2.3 2.3 0 1 1 3.3 2.1c-.7.3-1 .8-1 1.5"/><path d="M8 12.2v.1"/>`);
export const about = icon(svg`<circle cx="8" cy="8" r="6" /><path d="M8 7.2v4M8 4.7v.1" />`);
export const full = icon(svg`<path d="M9.5 2.5h4v4M13.5 2.5 9 7M6.5 13.5h-4v-4M2.5 13.5 7 9" />`);
