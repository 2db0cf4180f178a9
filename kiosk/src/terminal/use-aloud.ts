import { computed, inject, provide, ref, watch, type InjectionKey, type ShallowRef } from 'vue'
import { aloudIn, sentencesOf } from './aloud'
import type { State } from './state'
import type { Player } from './use-player'
import type { ReadAloud } from './use-read-aloud'
import type { Sound } from './use-sound'
import type { Request } from './wire'

export interface AloudUse {
  state: Readonly<ShallowRef<State>>
  player: Player
  own: ReadAloud
  sound: Sound
  /** Whether somebody stands here whom it may speak to. */
  attended: () => boolean
  send: (request: Request) => boolean
}

/** Speaks what is on the screen: by itself once, and again whenever it is asked to. */
export function useAloud({ state, player, own, sound, attended, send }: AloudUse) {
  const aloud = computed(() => aloudIn(state.value))
  const able = computed(() => aloud.value !== null && (aloud.value.clips.length > 0 || own.available.value))
  /** Whether this house has a voice at all. */
  const voiced = ref(false)
  /** What was begun last: its words stay on the screen. */
  const told = ref<string | null>(null)
  /** What came on the screen before, and so does not speak by itself again. */
  let known = new Set<string>()

  function hear(): void {
    if (!aloud.value || !able.value) return
    told.value = aloud.value.id
    void player.play(aloud.value)
  }

  function stop(): void {
    player.stop()
    send({ type: 'abort', reason: 'touch' })
  }

  /** Switches the sound on, and so hears what is on the screen, or off. */
  function turn(on: boolean): void {
    sound.on.value = on
    if (on) hear()
    else player.stop()
  }

  function reset(): void {
    player.stop()
    sound.reset()
    told.value = null
    known = new Set()
  }

  // Whatever comes on the screen ends what was said about the one before.
  watch(
    () => aloud.value?.id,
    (id) => {
      player.stop()
      if (aloud.value && aloud.value.clips.length > 0) voiced.value = true
      if (id === undefined || known.has(id)) return
      known.add(id)
      if (attended() && sound.speaksTo(state.value.turn?.spoken === true)) hear()
    },
    { flush: 'sync' },
  )

  return {
    able,
    speaking: player.speaking,
    offered: computed(() => voiced.value || own.available.value),
    /** The sentences that are heard, and which of them now. */
    sentences: computed(() => sentencesOf(aloud.value?.clips ?? [])),
    current: player.sentence,
    begun: computed(() => aloud.value !== null && aloud.value.id === told.value),
    sound,
    hear,
    stop,
    turn,
    reset,
  }
}

export type AloudHere = ReturnType<typeof useAloud>

const KEY: InjectionKey<AloudHere> = Symbol('aloud')

export const provideAloud = (aloud: AloudHere) => provide(KEY, aloud)

/** What is said on this page, for its parts. */
export const useThisAloud = () => inject(KEY) as AloudHere
