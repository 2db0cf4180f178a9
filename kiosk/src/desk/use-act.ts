import { ElMessage } from 'element-plus/es/components/message/index'
import 'element-plus/es/components/message/style/css'
import { ref } from 'vue'
import { wordsOf } from './refused'

/** Runs what a button does: one at a time, with failures told in words. */
export function useAct() {
  const busy = ref(false)

  /** Whether `work` went well. `handled` may take a failure upon itself. */
  async function act(
    work: () => Promise<unknown>,
    said?: { done?: string; handled?: (failure: unknown) => boolean },
  ): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    try {
      await work()
      if (said?.done) ElMessage.success({ message: said.done, showClose: true })
      return true
    } catch (failure) {
      if (!said?.handled?.(failure)) {
        ElMessage.error({ message: wordsOf(failure), duration: 6000, showClose: true })
      }
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, act }
}
