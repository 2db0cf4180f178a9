import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { wordsOf } from '../refused'
import type { CharacterView, ReadingRequest } from '../resources'
import { useAct } from '../use-act'
import { useApi } from '../use-api'

const PAUSE = 500

/** How a text is read, as long as somebody looks. */
export function useReading(text: () => string, looking: () => boolean) {
  const characters = shallowRef<CharacterView[]>([])
  const trouble = ref('')
  let newest = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const mine = ++newest
    try {
      const view = await useApi().readings.of(text())
      if (mine !== newest) return
      characters.value = view.characters
      trouble.value = ''
    } catch (failure) {
      if (mine === newest) trouble.value = wordsOf(failure)
    }
  }

  function look(pause: number): void {
    clearTimeout(timer)
    newest += 1
    if (!looking()) return
    if (text().trim() === '') characters.value = []
    else timer = setTimeout(load, pause)
  }

  watch(looking, () => look(0), { immediate: true })
  // Who is typing is left alone until they pause.
  watch(text, () => look(PAUSE))
  onScopeDispose(() => clearTimeout(timer))
  return { characters, trouble, load }
}

/** Puts a reading right. */
export function useCorrection() {
  const { busy, act } = useAct()
  const correct = (request: ReadingRequest) =>
    act(() => useApi().readings.correct(request), {
      done: '读音已改好。只有用到它的声音会重新合成，别的不变。',
    })
  return { busy, correct }
}
