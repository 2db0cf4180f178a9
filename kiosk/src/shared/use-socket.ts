import { onScopeDispose, readonly, ref, type Ref } from 'vue'
import { delayBefore } from './back-off'

/** `waiting`: the connection broke and will be tried again by itself. */
export type SocketState = 'closed' | 'connecting' | 'open' | 'waiting'

export interface SocketUse<In, Out> {
  /** Path on the page's own server, such as `/ws/desk`. */
  path: string
  /** Runs after every (re)connection; what it sends goes out first. */
  onOpen?: (send: (message: Out) => boolean) => void
  onMessage: (message: In) => void
  /** Runs when an open connection broke. `code` is the WebSocket close code. */
  onLost?: (code: number) => void
}

export interface Socket<Out> {
  state: Readonly<Ref<SocketState>>
  /** Attempts since the last open connection. */
  failures: Readonly<Ref<number>>
  open: () => void
  /** False when nothing was sent, since no connection is open. */
  send: (message: Out) => boolean
  /** The same for bytes; false too when what was sent before does not get through. */
  sendBytes: (bytes: ArrayBuffer) => boolean
  /** Drops the connection and makes another at once: for one that went silent. */
  renew: () => void
  close: () => void
}

/** Two seconds of speech: more that waits to go out means a dead connection. */
const STUCK_BYTES = 64_000

function addressOf(path: string): string {
  const { protocol, host } = window.location
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${path}`
}

/** A typed JSON WebSocket that comes back by itself. Ends with its scope. */
export function useSocket<In, Out>(use: SocketUse<In, Out>): Socket<Out> {
  const state = ref<SocketState>('closed')
  const failures = ref(0)
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function forget(): void {
    clearTimeout(timer)
    const old = socket
    socket = null
    if (!old) return
    old.onopen = old.onmessage = old.onclose = null
    old.close()
  }

  function connect(): void {
    forget()
    state.value = 'connecting'
    const mine = new WebSocket(addressOf(use.path))
    socket = mine
    mine.onopen = () => {
      failures.value = 0
      state.value = 'open'
      use.onOpen?.(send)
    }
    mine.onmessage = (event: MessageEvent<unknown>) => {
      if (typeof event.data === 'string') use.onMessage(JSON.parse(event.data) as In)
    }
    mine.onclose = (event) => {
      const wasOpen = state.value === 'open'
      socket = null
      state.value = 'waiting'
      timer = setTimeout(connect, delayBefore(failures.value))
      failures.value += 1
      if (wasOpen) use.onLost?.(event.code)
    }
  }

  function send(message: Out): boolean {
    if (!socket || socket.readyState !== WebSocket.OPEN) return false
    socket.send(JSON.stringify(message))
    return true
  }

  function sendBytes(bytes: ArrayBuffer): boolean {
    if (!socket || socket.readyState !== WebSocket.OPEN) return false
    if (socket.bufferedAmount > STUCK_BYTES) return false
    socket.send(bytes)
    return true
  }

  function open(): void {
    if (state.value === 'closed') connect()
  }

  function renew(): void {
    if (state.value !== 'closed') connect()
  }

  function close(): void {
    forget()
    state.value = 'closed'
  }

  // The network is back: there is no reason to sit out the delay.
  const online = () => {
    if (state.value === 'waiting') connect()
  }
  window.addEventListener('online', online)
  onScopeDispose(() => {
    window.removeEventListener('online', online)
    close()
  })

  return { state: readonly(state), failures: readonly(failures), open, send, sendBytes, renew, close }
}
