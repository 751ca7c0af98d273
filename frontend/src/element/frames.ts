/** Frames of the service that stand in a page by themselves. */

import { fit, newsOf, tell } from "./messages.ts";

/** Keep every frame of this service as high as its content, unless its author gave it a height. */
export function followFrames(service: string): void {
  const address = new URL("embed", service).href;
  const frames = (): HTMLIFrameElement[] =>
    [...document.querySelectorAll("iframe")].filter(
      ({ src, attributes }) =>
        /^[?#]|^$/.test(src.startsWith(address) ? src.slice(address.length) : "-") &&
        !attributes.getNamedItem("height"),
    );
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    const news = newsOf(event.data);
    if (news?.type !== "height") return;
    const frame = frames().find(({ contentWindow }) => contentWindow !== null && contentWindow === event.source);
    if (frame !== undefined) fit(frame, news.height);
  });
  // Those that were there first have told their height to nobody.
  const ask = (): void => {
    for (const frame of frames()) tell(frame, { type: "height" });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ask, { once: true });
  else ask();
}
