// What a screen reader says of a page with shadow trees, said by a reader that knows none.
//
// NOTE. The reader (@guidepup/virtual-screen-reader) goes through plain children. So a frame holds a copy of the page as assistive
// technology gets it: the flat tree, with what is hidden marked as hidden, and with the ids of each shadow tree kept apart. A node of
// the page has one node in the copy for all its life, so that a change of the page is the same change of the copy: live regions say
// changes.
const UNREAD = "style, script, template, link, iframe";
const REFERENCES = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details"];
/** A reader says what is in these with them, once. */
const SAID_WHOLE = "button, summary, h2, h3, table:not([role]) tr, [role='tab'], [role='math'], [role='graphics-symbol']";
/** Marks of where something ends, and rows of a table that nobody has named: readers do not say them unless asked. */
const QUIET = /^(end($| of |,)|rowgroup$)/;

/** Start to listen to this page. */
export async function listen(library) {
  const { virtual } = await import(URL.createObjectURL(new Blob([library], { type: "text/javascript" })));
  const frame = document.createElement("iframe");
  frame.setAttribute("style", "position: fixed; width: 1px; height: 1px; border: 0; opacity: 0; pointer-events: none");
  document.documentElement.append(frame);
  const copy = new Copy(frame.contentDocument);
  copy.follow();
  await virtual.start({ container: copy.body, window: frame.contentWindow });
  const listener = new Listener(virtual, copy);
  await listener.said();
  return listener;
}

class Listener {
  #virtual;
  #copy;

  constructor(virtual, copy) {
    this.#virtual = virtual;
    this.#copy = copy;
  }

  /** What was said since the last time: of what has the focus, and of live regions. */
  async said() {
    this.#copy.follow();
    await this.#moveTo(focused());
    const said = await this.#virtual.spokenPhraseLog();
    await this.#virtual.clearSpokenPhraseLog();
    const isLive = (phrase) => /^(polite|assertive): /.test(phrase);
    return {
      focus: said.filter((phrase) => !isLive(phrase)).at(-1),
      // A region that is said as a whole is said once for all its changes at a time.
      live: said.filter(isLive).filter((phrase, at, all) => phrase !== all[at - 1] && !phrase.endsWith(": ")),
    };
  }

  /** What is said of an element, and then of all that is in it, to somebody who reads on. */
  async read(element) {
    this.#copy.follow();
    await this.#moveTo(element);
    const own = this.#copy.of(element);
    const said = [];
    for (let node = own; own.contains(node); node = this.#virtual.activeNode) {
      const phrase = await this.#virtual.lastSpokenPhrase();
      const whole = node.parentElement.closest(SAID_WHOLE);
      if (!QUIET.test(phrase) && (whole === null || !own.contains(whole))) said.push(phrase);
      await this.#virtual.next();
    }
    await this.#virtual.clearSpokenPhraseLog();
    return said;
  }

  async #moveTo(element) {
    this.#copy.of(element)?.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    await settled();
  }
}

/** The flat tree of the page in a document of its own. */
class Copy {
  #document;
  #nodes = new WeakMap();
  #scopes = new WeakMap();
  #count = 0;
  #observer = new MutationObserver(() => this.follow());

  constructor(document) {
    this.#document = document;
    this.#nodes.set(window.document.body, document.body);
    this.#watch(window.document);
  }

  get body() {
    return this.#document.body;
  }

  /** The node that stands for one of the page. */
  of(node) {
    return this.#nodes.get(node);
  }

  /** Change what has changed in the page. */
  follow() {
    this.#update(window.document.body);
  }

  #watch(root) {
    this.#observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  }

  #made(node) {
    if (!this.#nodes.has(node)) {
      const { namespaceURI, localName } = node;
      const isText = node.nodeType === Node.TEXT_NODE;
      this.#nodes.set(node, isText ? this.#document.createTextNode("") : this.#document.createElementNS(namespaceURI, localName));
    }
    return this.#nodes.get(node);
  }

  #update(node) {
    const own = this.#made(node);
    if (node.nodeType === Node.TEXT_NODE) {
      if (own.data !== node.data) own.data = node.data;
      return;
    }
    const wanted = this.#attributes(node);
    for (const name of own.getAttributeNames()) if (!wanted.has(name)) own.removeAttribute(name);
    for (const [name, value] of wanted) if (own.getAttribute(name) !== value) own.setAttribute(name, value);
    const children = flat(node);
    const copies = children.map((child) => this.#made(child));
    for (const child of [...own.childNodes]) if (!copies.includes(child)) child.remove();
    // What is new comes with all that is in it.
    for (const child of children) this.#update(child);
    copies.forEach((child, at) => {
      if (own.childNodes[at] !== child) own.insertBefore(child, own.childNodes[at] ?? null);
    });
  }

  #attributes(element) {
    const scope = this.#scope(element.getRootNode());
    const found = new Map([...element.attributes].map(({ name, value }) => [name, value]));
    found.delete("style");
    if (found.has("id")) found.set("id", scope + found.get("id"));
    for (const name of REFERENCES) {
      const ids = (found.get(name) ?? "").split(/\s+/).filter((id) => id !== "");
      if (ids.length > 0) found.set(name, ids.map((id) => scope + id).join(" "));
    }
    const { display, visibility } = getComputedStyle(element);
    if (display === "none" || visibility === "hidden") found.set("aria-hidden", "true");
    // A group of a picture is one to a reader if it has a title, which is its name and is not read by itself.
    const title = element instanceof SVGGElement ? element.querySelector(":scope > title") : null;
    if (title !== null && !found.has("aria-label")) found.set("aria-label", title.textContent);
    if (element instanceof SVGGElement && title === null && !found.has("role")) found.set("role", "none");
    if (element instanceof SVGTitleElement || element instanceof SVGDescElement) found.set("aria-hidden", "true");
    // What is a property alone in the page.
    if (element instanceof HTMLInputElement) found.set("value", element.value);
    if (element instanceof HTMLInputElement && element.checked) found.set("checked", "");
    if (element instanceof HTMLOptionElement && element.selected) found.set("selected", "");
    return found;
  }

  #scope(root) {
    if (!this.#scopes.has(root)) {
      this.#scopes.set(root, `s${++this.#count}-`);
      this.#watch(root);
    }
    return this.#scopes.get(root);
  }
}

/** The children of a node in the flat tree, but for what is not read. */
function flat(node) {
  const slotted = node instanceof HTMLSlotElement ? node.assignedNodes({ flatten: true }) : [];
  const children = slotted.length > 0 ? slotted : [...(node.shadowRoot ?? node).childNodes];
  return children.filter(
    (child) => child.nodeType === Node.TEXT_NODE || (child.nodeType === Node.ELEMENT_NODE && !child.matches(UNREAD)),
  );
}

function focused() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** The page has been drawn, and the reader has heard of it. */
function settled() {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));
}
