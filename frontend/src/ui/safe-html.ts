/**
 * HTML that a program displayed, taken into the page. The service has cleaned it; this does not rely on that, for a recording
 * may come from anywhere. What is not listed here is dropped, so nothing that runs or loads can come in.
 */

const ELEMENTS =
  /^(a|abbr|b|blockquote|br|caption|code|col|colgroup|dd|del|div|dl|dt|em|h[1-6r]|i|ins|kbd|li|mark|ol|p|pre|s|small|span|strong|su[bp]|table|t(body|d|foot|h|head|r)|ul?)$/;
const ATTRIBUTES = /^((col|row)span|start)$/;

/** The content as nodes of this document, made without recursion, which deep nesting would exhaust. */
export function safeHtml(source: string): DocumentFragment {
  const made = document.createDocumentFragment();
  const rest: [Node, Node][] = [[new DOMParser().parseFromString(source, "text/html").body, made]];
  for (let pair = rest.pop(); pair !== undefined; pair = rest.pop()) {
    const [from, to] = pair;
    for (const child of from.childNodes) {
      if (child instanceof Text) to.appendChild(new Text(child.data));
      if (!(child instanceof HTMLElement) || !ELEMENTS.test(child.localName)) continue;
      const inner = document.createElement(child.localName);
      for (const { name, value } of child.attributes) if (ATTRIBUTES.test(name)) inner.setAttribute(name, value);
      const address = child.getAttribute("href") ?? "";
      if (/^https?:/.test(address)) {
        Object.assign(inner, { href: address, target: "_blank", rel: "noopener noreferrer nofollow" });
      }
      to.appendChild(inner);
      rest.push([child, inner]);
    }
  }
  return made;
}
