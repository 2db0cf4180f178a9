import { reactive, ref, watch } from 'vue'
import { useApi } from '../../use-api'
import { useLoad } from '../../use-load'

export const PAGE_SIZE = 20
const PAUSE = 250

/** The list of entries: what is searched for, and the page that is shown. */
export function useEntries() {
  const words = ref('')
  const filter = reactive({ q: '', area: '', page: 1 })
  let timer: ReturnType<typeof setTimeout> | undefined

  // A search for every key would be for nothing: wait for a pause in typing.
  watch(words, (now) => {
    clearTimeout(timer)
    timer = setTimeout(() => Object.assign(filter, { q: now.trim(), page: 1 }), PAUSE)
  })
  watch(
    () => filter.area,
    () => (filter.page = 1),
  )

  const loaded = useLoad(
    () =>
      useApi().entries.page({
        page: filter.page,
        ...(filter.q && { q: filter.q }),
        ...(filter.area && { area: filter.area }),
      }),
    [() => ({ ...filter })],
  )
  return { ...loaded, words, filter }
}
