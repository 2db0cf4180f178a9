import { onScopeDispose, readonly, ref } from 'vue'
import { wordsOf } from '../refused'
import { useApi } from '../use-api'

/** Ends whatever plays: one voice at a time on the whole page. */
let stopOther: () => void = () => undefined

/** Has a text spoken as residents will hear it. */
export function useHear() {
  const state = ref<'silent' | 'making' | 'playing'>('silent')
  const trouble = ref('')
  let audio: HTMLAudioElement | undefined
  let newest = 0

  function stop(): void {
    newest += 1
    state.value = 'silent'
    if (!audio) return
    audio.onended = audio.onerror = null
    audio.pause()
    URL.revokeObjectURL(audio.src)
    audio = undefined
  }

  function fail(words: string): void {
    stop()
    trouble.value = words
  }

  async function hear(text: string, voice?: string): Promise<void> {
    stopOther()
    stopOther = stop
    stop()
    const mine = newest
    trouble.value = ''
    state.value = 'making'
    try {
      const sound = await useApi().voices.preview(text, voice)
      if (mine !== newest) return
      const playing = (audio = new Audio(URL.createObjectURL(sound)))
      playing.onended = stop
      playing.onerror = () => fail('这个浏览器放不出这段声音。')
      state.value = 'playing'
      await playing.play().catch(() => mine === newest && fail('声音没有放出来，请再按一次。'))
    } catch (failure) {
      if (mine === newest) fail(wordsOf(failure))
    }
  }

  onScopeDispose(stop)
  return { state: readonly(state), trouble: readonly(trouble), hear, stop }
}
