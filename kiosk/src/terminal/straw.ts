// A socket of straw for tests of the page: what is sent is kept, what the
// server would say is told by the test.
import type { Message, Request } from './wire'

export class Straw {
  static readonly OPEN = 1
  static all: Straw[] = []
  readyState = 0
  bufferedAmount = 0
  sent: Request[] = []
  /** Lengths in bytes of the binary frames. */
  frames: number[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  constructor(readonly url: string) {
    Straw.all.push(this)
  }
  send(data: string | ArrayBuffer) {
    if (typeof data === 'string') this.sent.push(JSON.parse(data) as Request)
    else this.frames.push(data.byteLength)
  }
  close() {
    this.readyState = 3
  }
  open() {
    this.readyState = 1
    this.onopen?.()
  }
  tell(message: Message) {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
  break() {
    this.readyState = 3
    this.onclose?.({ code: 1006 })
  }
}
