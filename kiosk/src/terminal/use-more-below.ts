import { nextTick, onMounted, onScopeDispose, readonly, ref, watch, type Ref } from 'vue'

/** Less than this hidden below is not worth a button. */
const NEGLIGIBLE_PX = 24

/** Whether a scrolling box goes on below its edge, and how to get there. */
export function useMoreBelow(box: Readonly<Ref<HTMLElement | null>>, screen: Readonly<Ref<string>>) {
  const more = ref(false)

  function look(): void {
    const element = box.value
    if (!element) return
    const hidden = element.scrollHeight - element.clientHeight - element.scrollTop
    more.value = hidden > NEGLIGIBLE_PX
  }

  function next(): void {
    box.value?.scrollBy({ top: box.value.clientHeight * 0.75, behavior: 'smooth' })
  }

  // Sizes change with the window, the text size, and what workers write.
  const sizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(look)

  function observe(): void {
    sizes?.disconnect()
    const element = box.value
    if (!element) return
    sizes?.observe(element)
    for (const child of element.children) sizes?.observe(child)
    element.addEventListener('scroll', look, { passive: true })
    look()
  }

  watch(box, (_, old) => {
    old?.removeEventListener('scroll', look)
    observe()
  })
  watch(screen, () => nextTick(look), { flush: 'post' })
  onMounted(() => nextTick(observe))
  onScopeDispose(() => {
    sizes?.disconnect()
    box.value?.removeEventListener('scroll', look)
  })

  return { more: readonly(more), next }
}
