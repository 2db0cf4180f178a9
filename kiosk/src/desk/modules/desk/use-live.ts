import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { useSocket } from '../../../shared/use-socket'
import type { DeskMessage } from '../../resources'
import { useApi } from '../../use-api'
import { useNow } from '../../use-now'
import { hear, nothingYet, type Live } from './live'
import { useChime } from './use-chime'

type Listener = (message: DeskMessage) => void

/** The live channel of the desk and what it has told so far. */
export interface LiveChannel {
  state: ShallowRef<Live>
  connected: ComputedRef<boolean>
  /** Calls `listener` for every message; returns how to stop that. */
  listen: (listener: Listener) => () => void
}

// Longer than browsers stretch the timers of a hidden page.
const SLEPT = 150_000

/** Opens the live channel for as long as the desk is shown. */
export function useLive(): LiveChannel {
  const state = shallowRef(nothingYet)
  const listeners = new Set<Listener>()
  const { ring } = useChime()

  const socket = useSocket<DeskMessage, never>({
    path: '/ws/desk',
    onMessage(message) {
      state.value = hear(state.value, message)
      if (state.value.fresh.length > 0) void ring()
      listeners.forEach((listener) => listener(message))
    },
  })

  // A refused upgrade looks like a broken line. Asking who is signed in tells
  // the two apart: without a session it leads to the sign-in page.
  watch(socket.failures, (failures) => {
    if (failures === 2) void useApi().session.whoAmI().catch(() => undefined)
  })

  // A machine that slept may hold a connection that is dead without knowing.
  watch(useNow(), (now, before) => {
    if (now - before > SLEPT) socket.renew()
  })

  socket.open()
  return {
    state,
    connected: computed(() => socket.state.value === 'open'),
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
