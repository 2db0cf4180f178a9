/**
 * A name for a turn, unique in its session. Not `crypto.randomUUID`: that exists only
 * in secure contexts, and a terminal may well load its page by plain http from a
 * server in the next room.
 */
export function turnId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
