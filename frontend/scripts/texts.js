/** The modules of texts that only the pages of a service use: a player is built without them. */
export const SERVED_TEXTS = ["embed", "header", "share", "tour", "writing"];
