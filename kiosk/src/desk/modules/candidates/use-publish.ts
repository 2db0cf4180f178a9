import { ref } from 'vue'
import type { EditionView } from '../../resources'
import { useAct } from '../../use-act'
import { useApi } from '../../use-api'

/** Publishes what is approved as a new edition. */
export function usePublish() {
  const { busy, act } = useAct()
  const note = ref('')
  const edition = ref<EditionView>()

  return {
    note,
    edition,
    busy,
    begin(): void {
      note.value = ''
      edition.value = undefined
    },
    publish: () =>
      act(async () => {
        edition.value = await useApi().editions.publish(note.value.trim())
      }),
  }
}
