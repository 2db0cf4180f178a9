import { computed, ref } from 'vue'
import { rateOf, volumeOf, type PaceName, type VolumeName } from './sound'

/** Whether a house reads aloud by itself before anybody chose. */
const HOUSE_SPEAKS = true

/** How the terminal sounds. It is one resident's choice: the wipe takes it back. */
export function useSound(houseSpeaks = HOUSE_SPEAKS) {
  /** Null: nobody chose. */
  const chosen = ref<boolean | null>(null)
  const pace = ref<PaceName>('normal')
  const volume = ref<VolumeName>('normal')

  function reset(): void {
    chosen.value = null
    pace.value = volume.value = 'normal'
  }

  /** Who speaks is spoken to, unless they wanted it quiet. */
  const speaksTo = (spoken: boolean): boolean => chosen.value ?? (houseSpeaks || spoken)

  return {
    pace,
    volume,
    rate: computed(() => rateOf(pace.value)),
    level: computed(() => volumeOf(volume.value)),
    on: computed({ get: () => chosen.value ?? houseSpeaks, set: (on: boolean) => (chosen.value = on) }),
    changed: computed(() => chosen.value !== null || pace.value !== 'normal' || volume.value !== 'normal'),
    speaksTo,
    reset,
  }
}

export type Sound = ReturnType<typeof useSound>
