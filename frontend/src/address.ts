/** Where the service is. All that the page asks for or leads to lies below one root, which the server writes into each page. */

/** The path of what the service has at `path`, such as `api/v1/runs`. */
export function pathTo(path: string): string {
  return root() + path;
}

/** The whole address of it, to be used elsewhere. */
export function addressOf(path: string): string {
  return new URL(pathTo(path), document.baseURI).href;
}

/** What the service calls the path of a page of its own: `/pad/s/x` is `s/x` where its root is `/pad/`. */
export function pathBelow(pathname: string): string {
  return pathname.startsWith(root()) ? pathname.slice(root().length) : pathname.replace(/^\//, "");
}

/** `/`, or what a proxy has put before it, as in `/pad/`. */
function root(): string {
  return document.documentElement.dataset["root"] ?? "/";
}
