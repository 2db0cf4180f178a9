import { computed, onScopeDispose, readonly, ref, watch } from 'vue'
import type { Aloud } from './aloud'
import { begin, goOn, guardLeft, sentenceAt, type End, type Playlist } from './playlist'
import { useClipsAhead } from './use-clips-ahead'
import type { ReadAloud } from './use-read-aloud'
import type { Sound } from './use-sound'

/** A sound that does not move for so long never will. */
const STALLED_MS = 8_000
/** So many sounds are fetched before their turn: some are but a word. */
const AHEAD = 2

export interface PlayerUse {
  /** Speaks when no sound can be had. */
  own: ReadAloud
  sound: Pick<Sound, 'rate' | 'level'>
}

/**
 * The page's one loudspeaker. It plays one thing at a time, and what goes wrong
 * with a sound is nobody's business: the words are on the screen.
 */
export function usePlayer({ own, sound }: PlayerUse) {
  const audio = new Audio()
  const ahead = useClipsAhead()
  const sounding = ref(false)
  /** The number of the sentence that is heard. */
  const sentence = ref<number | null>(null)
  const speaking = computed(() => sounding.value || own.speaking.value)
  let quietSince: number | null = null
  /** Counts what was begun: whatever is late belongs to an earlier one. */
  let run = 0
  let running = false

  function adjust(): void {
    // Another source sets the rate back to the default.
    audio.defaultPlaybackRate = audio.playbackRate = sound.rate.value
    audio.volume = sound.level.value
  }

  /** One sound, to its end. `refused`: the browser wants to see a touch first. */
  function hear(src: string, list: Playlist): Promise<End | 'refused'> {
    return new Promise((resolve) => {
      let stalled: ReturnType<typeof setTimeout>
      const end = (how: End | 'refused') => {
        clearTimeout(stalled)
        resolve(how)
      }
      const alive = () => {
        clearTimeout(stalled)
        stalled = setTimeout(end, STALLED_MS, 'failed')
      }
      audio.onplaying = audio.ontimeupdate = () => {
        alive()
        sounding.value = true
        sentence.value = sentenceAt(list, audio.currentTime, audio.duration)
      }
      audio.onended = () => end('ended')
      audio.onerror = () => end('failed')
      audio.src = src
      adjust()
      alive()
      Promise.resolve(audio.play()).catch((error: unknown) =>
        end((error as Partial<DOMException>)?.name === 'NotAllowedError' ? 'refused' : 'failed'),
      )
    })
  }

  async function play(aloud: Aloud): Promise<void> {
    stop()
    const mine = ++run
    running = true
    let step = begin(aloud.clips)
    while (step.do === 'play') {
      const { list } = step
      const src = await ahead.take(step.clip.src)
      if (mine !== run) return
      list.clips.slice(list.at + 1, list.at + 1 + AHEAD).forEach((next) => ahead.fetchAhead(next.src))
      const how = src === null ? 'failed' : await hear(src, list)
      if (mine !== run) return
      if (how === 'refused') return stop()
      step = goOn(list, how)
    }
    stop()
    if (step.do === 'mute') own.read(aloud.words, { rate: sound.rate.value, volume: sound.level.value })
  }

  /** Silence, at once. */
  function stop(): void {
    run += 1
    if (own.speaking.value) own.stop()
    if (!running) return
    running = false
    audio.onplaying = audio.ontimeupdate = audio.onended = audio.onerror = null
    audio.pause()
    // Lets go of what is still being loaded.
    audio.removeAttribute('src')
    audio.load()
    ahead.drop()
    sounding.value = false
    sentence.value = null
  }

  /** Silence for the microphone. Returns how long it must still wait, in ms. */
  function quiet(): number {
    stop()
    return guardLeft(quietSince, Date.now())
  }

  audio.preservesPitch = true
  watch([sound.rate, sound.level], adjust)
  watch(speaking, (is) => is || (quietSince = Date.now()), { flush: 'sync' })
  onScopeDispose(stop)

  return { speaking, sentence: readonly(sentence), play, stop, quiet }
}

export type Player = ReturnType<typeof usePlayer>
