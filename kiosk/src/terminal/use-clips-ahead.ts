/**
 * Fetches the sound that comes next while another one plays: no pause between
 * two sentences of one answer.
 */
export function useClipsAhead() {
  let coming = new Map<string, Promise<string | null>>()
  let ended = new AbortController()

  async function get(src: string, signal: AbortSignal): Promise<string | null> {
    try {
      const response = await fetch(src, { signal })
      if (!response.ok) return null
      const url = URL.createObjectURL(await response.blob())
      signal.addEventListener('abort', () => URL.revokeObjectURL(url))
      return url
    } catch {
      return null
    }
  }

  function fetchAhead(src: string): void {
    if (!coming.has(src)) coming.set(src, get(src, ended.signal))
  }

  /** Where this sound is to be had; null when it is not. */
  const take = (src: string): Promise<string | null> => coming.get(src) ?? Promise.resolve(src)

  /** Nothing of it stays in memory. */
  function drop(): void {
    ended.abort()
    ended = new AbortController()
    coming = new Map()
  }

  return { fetchAhead, take, drop }
}
