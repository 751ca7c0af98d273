/** Which lesson an address names, and which part of it. */

import { pathBelow, pathTo } from "../address.ts";

export interface Route {
  /** Null: the course as a whole. */
  readonly slug: string | null;
  /** The section, by its index; null where the address does not say. */
  readonly section: number | null;
}

export function routeOf({ pathname, hash }: Pick<Location, "pathname" | "hash">): Route {
  const [, slug = ""] = /^learn\/([^/]+)\/?$/.exec(pathBelow(pathname)) ?? [];
  const part = /^#part-([1-9]\d{0,2})$/.exec(hash)?.[1];
  return { slug: slug === "" ? null : decodeURIComponent(slug), section: part === undefined ? null : Number(part) - 1 };
}

/** The address of a lesson, or of the course, in the language that the page's own address names. */
export function lessonPath(slug: string | null, search: string): string {
  const lang = new URLSearchParams(search).get("lang");
  return pathTo(slug === null ? "learn" : `learn/${encodeURIComponent(slug)}`) + (lang === null ? "" : `?lang=${lang}`);
}

export function partHash(section: number): string {
  return `#part-${section + 1}`;
}
