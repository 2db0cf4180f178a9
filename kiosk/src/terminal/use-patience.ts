import { onScopeDispose, watch, type ShallowRef } from 'vue'
import type { Act } from './acts'
import type { State } from './state'

/** After so long the words of the waiting screen change. */
const SLOW_MS = 3_000
/** After so long the connection is suspected, and replaced by a new one. */
const SUSPECT_MS = 8_000
/** After so long the resident gets the truth and a way on. */
const GIVE_UP_MS = 20_000
/** A server that does not greet within this time is tried anew. */
const GREETING_MS = 5_000

export interface PatienceUse {
  state: Readonly<ShallowRef<State>>
  perform: (what: Act) => boolean
  ask: (text: string) => void
  renew: () => void
  /** False while the server owes its hello. */
  greeted: () => boolean
}

/** What happens when the server says nothing for long. */
export function usePatience({ state, perform, ask, renew, greeted }: PatienceUse): void {
  // One question at a time: these timers belong to the one that is pending.
  let timers: ReturnType<typeof setTimeout>[] = []
  const stopTimers = () => timers.forEach(clearTimeout)
  watch(
    () => state.value.pending,
    (pending) => {
      stopTimers()
      timers = !pending
        ? []
        : [
            setTimeout(() => perform({ do: 'slow' }), SLOW_MS),
            setTimeout(renew, SUSPECT_MS),
            setTimeout(() => perform({ do: 'give_up' }), GIVE_UP_MS),
          ]
    },
    { flush: 'sync' },
  )

  // Busy passes: the question is asked again when the server said to.
  let retry: ReturnType<typeof setTimeout> | undefined
  watch(
    () => state.value.view,
    (view) => {
      clearTimeout(retry)
      const asked = state.value.turn?.asked
      if (view.name === 'busy' && asked) retry = setTimeout(() => ask(asked), view.seconds * 1000)
    },
    { flush: 'sync' },
  )

  let greeting: ReturnType<typeof setTimeout> | undefined
  watch(
    greeted,
    (is) => {
      clearTimeout(greeting)
      if (!is) greeting = setTimeout(renew, GREETING_MS)
    },
    { flush: 'sync' },
  )

  onScopeDispose(() => {
    stopTimers()
    clearTimeout(retry)
    clearTimeout(greeting)
  })
}
