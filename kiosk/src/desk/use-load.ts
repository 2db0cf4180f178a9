import { ref, shallowRef, watch, type WatchSource } from 'vue'
import { wordsOf } from './refused'

/**
 * Loads from the server now and whenever `sources` change. An answer that
 * comes after a newer question was asked is dropped.
 */
export function useLoad<T>(load: () => Promise<T>, sources: WatchSource[] = []) {
  const data = shallowRef<T>()
  const loading = ref(false)
  const trouble = ref('')
  let newest = 0

  async function reload(): Promise<void> {
    const mine = ++newest
    loading.value = true
    try {
      const loaded = await load()
      if (mine !== newest) return
      data.value = loaded
      trouble.value = ''
    } catch (failure) {
      if (mine === newest) trouble.value = wordsOf(failure)
    } finally {
      if (mine === newest) loading.value = false
    }
  }

  watch(sources, reload, { immediate: true })
  return { data, loading, trouble, reload }
}
