/** A recording for a pad: its file, and the page that plays it. */

/** The bytes at an address; null if they cannot be had. */
export async function fetched(address: string): Promise<ArrayBuffer | null> {
  try {
    const response = await fetch(address);
    return response.ok ? await response.arrayBuffer() : null;
  } catch {
    return null;
  }
}

/** The page that plays a recording, beside the script that pads come from. It is a file, and needs no service. */
export function playerAddress(home: string): string {
  return new URL("player/player.html", home).href;
}
