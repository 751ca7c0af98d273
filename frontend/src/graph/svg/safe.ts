/**
 * SVG from the server, taken into the page. The server builds it from escaped data; this does not rely on that. What is not
 * listed here is dropped, so nothing that runs, loads or leads elsewhere can come in.
 */

const SVG = "http://www.w3.org/2000/svg";

const ELEMENTS = new Set(
  "svg g defs title desc style path polygon polyline rect circle ellipse line text tspan a lineargradient radialgradient stop marker clippath".split(
    " ",
  ),
);

const ATTRIBUTES = new Set(
  (
    "id class role aria-label aria-labelledby aria-describedby aria-hidden lang xml:space viewbox width height x y x1 y1 x2 y2 cx cy " +
    "r rx ry d points transform fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray " +
    "stroke-linecap stroke-linejoin stroke-miterlimit opacity font-family font-size font-weight font-style text-anchor " +
    "text-decoration dominant-baseline alignment-baseline baseline-shift letter-spacing textlength lengthadjust dx dy rotate " +
    "preserveaspectratio offset stop-color stop-opacity gradientunits gradienttransform markerwidth markerheight refx refy " +
    "orient markerunits marker-end marker-start clip-path clip-rule color visibility display"
  ).split(" "),
);

const LOADS = /url\s*\(\s*(?!["']?#)|@import|@font-face|expression\s*\(|javascript:|\\/i;
const FIXED = /position\s*:/i;

/** The picture as an element of this document, or null if the text is no SVG. */
export function safeSvg(source: string): SVGSVGElement | null {
  const parsed = new DOMParser().parseFromString(source, "image/svg+xml");
  const root = parsed.documentElement;
  if (root.namespaceURI !== SVG || root.localName !== "svg" || parsed.querySelector("parsererror") !== null)
    return null;
  const kept = copy(root);
  return kept instanceof SVGSVGElement ? kept : null;
}

/** A clean copy, made without recursion so that deep nesting cannot exhaust the stack. */
function copy(root: Element): Element | null {
  const made = bare(root);
  const rest: [Element, Element][] = made === null ? [] : [[root, made]];
  for (let pair = rest.pop(); pair !== undefined; pair = rest.pop()) {
    const [from, to] = pair;
    for (const child of from.childNodes) {
      if (child.nodeType === Node.TEXT_NODE || child.nodeType === Node.CDATA_SECTION_NODE) {
        to.append(child.nodeValue ?? "");
      } else if (child.nodeType === Node.ELEMENT_NODE) {
        const inner = bare(child as Element);
        if (inner === null) continue;
        to.append(inner);
        rest.push([child as Element, inner]);
      }
    }
  }
  return made;
}

/** The element alone, with the attributes that may stay; null if it may not stay itself. */
function bare(element: Element): Element | null {
  const name = element.localName;
  if (element.namespaceURI !== SVG || !ELEMENTS.has(name.toLowerCase())) return null;
  if (name === "style" && (LOADS.test(element.textContent) || FIXED.test(element.textContent))) return null;
  // A link of a user's own graph becomes a plain group: it would lead a person away from the page.
  const made = document.createElementNS(SVG, name === "a" ? "g" : name);
  for (const { name: attribute, value } of element.attributes) {
    if (allowed(attribute.toLowerCase(), value)) made.setAttribute(attribute, value);
  }
  return made;
}

function allowed(name: string, value: string): boolean {
  if (LOADS.test(value)) return false;
  return ATTRIBUTES.has(name) || /^data-[a-z-]+$/.test(name);
}
