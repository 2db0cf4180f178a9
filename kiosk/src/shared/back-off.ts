const FIRST_MS = 500
const LONGEST_MS = 5_000

/**
 * How long to wait before the next attempt, after `failures` failed ones.
 * Jitter keeps a thousand terminals from coming back in the same instant;
 * it only shortens, so that nobody waits longer than the longest delay.
 */
export function delayBefore(failures: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10))
  return Math.max(FIRST_MS, Math.round(full * (0.5 + random() / 2)))
}
