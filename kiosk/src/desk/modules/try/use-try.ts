import { ref } from 'vue'
import type { TryResult } from '../../resources'
import { useAct } from '../../use-act'
import { useApi } from '../../use-api'

/** Asks as a resident would, through the live path, and leaves no turn. */
export function useTry() {
  const question = ref('')
  const asked = ref('')
  const result = ref<TryResult>()
  const { busy, act } = useAct()

  async function ask(): Promise<void> {
    const words = question.value.trim()
    if (!words) return
    await act(async () => {
      result.value = await useApi().trial.ask(words)
      asked.value = words
    })
  }

  return { question, asked, result, busy, ask }
}
