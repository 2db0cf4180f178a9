import { ref, watch } from 'vue'

export const SIZES = [
  { name: 'normal', words: '标准' },
  { name: 'large', words: '大' },
  { name: 'huge', words: '特大' },
] as const

export type SizeName = (typeof SIZES)[number]['name']

/** The size of the letters. It is one resident's choice: the wipe takes it back. */
export function useTextSize() {
  const size = ref<SizeName>('normal')
  watch(size, (name) => (document.documentElement.dataset.size = name), { immediate: true })
  return { size, reset: () => (size.value = 'normal') }
}
