// A loudspeaker for tests of the page: what is played is kept, and the test
// says how it goes.
import { vi } from 'vitest'

export class Loudspeaker {
  /** Every sound that was begun, in order. */
  readonly played: string[] = []
  audio: HTMLMediaElement | null = null
  /** What the browser says to the next one. */
  refusal: DOMException | null = null

  constructor() {
    const begin = (audio: HTMLMediaElement) => {
      this.audio = audio
      this.played.push(audio.getAttribute('src') ?? '')
      return this.refusal ? Promise.reject(this.refusal) : Promise.resolve()
    }
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(function (this: HTMLMediaElement) {
      return begin(this)
    })
    vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(() => {})
    vi.spyOn(HTMLMediaElement.prototype, 'load').mockImplementation(() => {})
  }

  /** Whether it holds a sound. */
  get holds(): boolean {
    return this.audio?.hasAttribute('src') === true
  }

  async happens(name: 'playing' | 'timeupdate' | 'ended' | 'error'): Promise<void> {
    this.audio?.dispatchEvent(new Event(name))
    await vi.advanceTimersByTimeAsync(0)
  }

  async at(seconds: number): Promise<void> {
    if (this.audio) Object.defineProperty(this.audio, 'currentTime', { value: seconds, configurable: true })
    await this.happens('timeupdate')
  }
}
