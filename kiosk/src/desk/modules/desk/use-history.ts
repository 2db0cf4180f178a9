import { computed, onScopeDispose } from 'vue'
import { useApi } from '../../use-api'
import { useLoad } from '../../use-load'
import { isOpen } from './live'
import type { LiveChannel } from './use-live'

/** Escalations that ended, the last one first. */
export function useHistory(live: LiveChannel) {
  const { data, loading, trouble, reload } = useLoad(() => useApi().escalations.list(false))
  const ended = computed(() =>
    (data.value ?? []).filter((v) => !isOpen(v)).sort((a, b) => b.opened_at - a.opened_at),
  )
  onScopeDispose(
    live.listen((message) => {
      if (message.type === 'escalation' && !isOpen(message.escalation)) void reload()
    }),
  )
  return { ended, loading, trouble, reload }
}
