/** Storage that is full or closed (private windows, foreign frames) is no reason to fail: then nothing is kept. */
export async function quietly(change: () => Promise<void>): Promise<void> {
  try {
    await change()
  } catch {
    // Nothing is kept.
  }
}
