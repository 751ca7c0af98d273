export const SERVED_TEXTS: readonly string[];
