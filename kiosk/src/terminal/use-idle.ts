import { onScopeDispose, readonly, ref } from 'vue'

/** Seconds of the last warning. */
export const COUNTDOWN = 30

export interface IdleUse {
  /** Seconds without a touch before the warning. */
  seconds: () => number
  /** Whether there is anything to wipe, or somebody who listens. */
  watching: () => boolean
  /** Whether the terminal itself is at work for the resident, reading aloud for example. */
  holding: () => boolean
  onGone: () => void
}

/** Notices that nobody is there any more. `left` counts the last seconds; null before. */
export function useIdle(use: IdleUse) {
  const left = ref<number | null>(null)
  let last = Date.now()

  function touched(): void {
    // Under the warning only its own button counts: a passer-by who touches
    // the screen must not open somebody else's conversation.
    if (left.value === null) last = Date.now()
  }

  function stay(): void {
    left.value = null
    last = Date.now()
  }

  function look(): void {
    if (!use.watching() || (left.value === null && use.holding())) return stay()
    const over = (Date.now() - last) / 1000 - use.seconds()
    if (over < 0) left.value = null
    else if (over < COUNTDOWN) left.value = Math.ceil(COUNTDOWN - over)
    else {
      stay()
      use.onGone()
    }
  }

  const EVENTS = ['pointerdown', 'keydown', 'wheel', 'touchmove', 'input'] as const
  EVENTS.forEach((name) => window.addEventListener(name, touched, { capture: true, passive: true }))
  const timer = setInterval(look, 250)
  onScopeDispose(() => {
    clearInterval(timer)
    EVENTS.forEach((name) => window.removeEventListener(name, touched, { capture: true }))
  })

  return { left: readonly(left), stay }
}
