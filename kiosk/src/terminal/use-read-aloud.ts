import { onScopeDispose, readonly, ref } from 'vue'

// A little slower than the voice's own pace; much slower is harder to follow.
const RATE = 0.9

/** Reads aloud with the browser's own Chinese voice, where there is one. */
export function useReadAloud() {
  const available = ref(false)
  const speaking = ref(false)
  const synthesis = 'speechSynthesis' in window ? window.speechSynthesis : null

  const voice = () =>
    synthesis?.getVoices().find((v) => /^(zh|cmn)/i.test(v.lang) && v.localService) ?? null

  const look = () => (available.value = voice() !== null)

  function stop(): void {
    speaking.value = false
    synthesis?.cancel()
  }

  function read(text: string, how = { rate: 1, volume: 1 }): void {
    const chosen = voice()
    if (!synthesis || !chosen) return
    stop()
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.voice = chosen
    utterance.lang = chosen.lang
    utterance.rate = RATE * how.rate
    utterance.volume = how.volume
    utterance.onend = utterance.onerror = () => (speaking.value = false)
    speaking.value = true
    synthesis.speak(utterance)
  }

  // Voices arrive late in Chromium.
  synthesis?.addEventListener?.('voiceschanged', look)
  look()
  onScopeDispose(() => {
    synthesis?.removeEventListener?.('voiceschanged', look)
    stop()
  })

  return { available: readonly(available), speaking: readonly(speaking), read, stop }
}

export type ReadAloud = ReturnType<typeof useReadAloud>
