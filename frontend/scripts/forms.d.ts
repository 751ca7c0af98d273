interface Description {
  readonly components: { readonly schemas: object };
}

export function reachable(api: Description, parts: readonly unknown[]): Set<string>;
export function formsOf(api: Description, requests: ReadonlySet<string>): string;
