export declare const CHARACTERS: string;
export declare function subset(font: Uint8Array): Promise<Uint8Array>;
