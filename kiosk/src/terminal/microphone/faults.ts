/** Why there is no sound. */
export type MicrophoneFault = 'missing' | 'forbidden' | 'taken' | 'unplugged' | 'broken'

/** What a refusal of `getUserMedia` or of the audio system means for people. */
export function faultOf(error: unknown): MicrophoneFault {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'forbidden'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'taken'
    default:
      return 'broken'
  }
}
