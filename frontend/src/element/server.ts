/** Where the service of a pad is. Its address ends with a slash, behind which all its paths are. */

/** The service that a script came from; null for a script that does not know its own address, such as a module. */
export function serverOf(script: HTMLOrSVGScriptElement | null): string | null {
  return script instanceof HTMLScriptElement && script.src !== "" ? new URL(".", script.src).href : null;
}

/** The service that an attribute names; null if that is no address of the web. */
export function serverAt(given: string, base: string): string | null {
  const address = URL.canParse(given, base) ? new URL(given, base) : null;
  if (address === null || !/^https?:$/.test(address.protocol) || given.trim() === "") return null;
  address.search = address.hash = "";
  if (!address.pathname.endsWith("/")) address.pathname += "/";
  return address.href;
}
