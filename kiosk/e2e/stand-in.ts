import type { Page, WebSocketRoute } from '@playwright/test'
import { hello } from '../src/terminal/samples'
import type { Message, MessageOf, Request, RequestOf } from '../src/terminal/wire'

// Leaves the number to the stand-in.
type Said<T = Message> = T extends Message ? Omit<T, 'seq'> : never

/**
 * Speaks the terminal's protocol in place of the server, so that every state
 * of the page can be brought about. The page itself comes from the server.
 */
export class StandIn {
  readonly sent: Request[] = []
  /** Lengths of the frames of audio. */
  readonly frames: number[] = []
  private socket: WebSocketRoute | null = null
  private seq = 1
  /** Counts sessions: after `end` another one begins. */
  private session = 1

  static async of(page: Page, over: Partial<MessageOf<'hello'>> = {}): Promise<StandIn> {
    const made = new StandIn()
    await page.routeWebSocket(/\/ws\/terminal$/, (socket) => made.attach(socket, over))
    return made
  }

  tell(message: Said): void {
    this.seq += 1
    this.socket?.send(JSON.stringify({ ...message, seq: this.seq }))
  }

  break(): void {
    void this.socket?.close({ code: 1011 })
  }

  /** What was asked of `listen`, in order. */
  listens(): RequestOf<'listen'>['state'][] {
    return this.sent.flatMap((request) => (request.type === 'listen' ? [request.state] : []))
  }

  /** The turn of the last `listen start`. */
  turn(): string {
    const starts = this.sent.filter((request) => request.type === 'listen' && request.state === 'start')
    const last = starts[starts.length - 1]
    return last?.type === 'listen' ? (last.turn ?? '') : ''
  }

  private attach(socket: WebSocketRoute, over: Partial<MessageOf<'hello'>>): void {
    this.socket = socket
    socket.onMessage((message) => {
      if (typeof message !== 'string') {
        this.frames.push(message.length)
        return
      }
      const request = JSON.parse(message) as Request
      this.sent.push(request)
      if (request.type === 'end') this.session += 1
      if (request.type !== 'hello') return
      const seq = request.resume?.seq ?? this.seq
      socket.send(JSON.stringify(hello({ seq, session: `s${this.session}`, popular: POPULAR, speech: { available: true }, ...over })))
    })
  }
}

const POPULAR = [
  '居住证怎么办理？',
  '身份证丢了怎么补办？',
  '医保卡怎么激活？',
  '养老金资格认证怎么做？',
  '高龄补贴怎么申请？',
  '小区里可以装充电桩吗？',
].map((question, i) => ({ entry: `e${i}`, question }))
