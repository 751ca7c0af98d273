import type { Plugin } from "vite";

export declare function flushed(styles: string): string;
export declare function flushStyles(): Plugin;
