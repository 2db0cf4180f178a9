import { onScopeDispose } from 'vue'
import type { VoiceRequest, VoicesView } from '../../resources'
import { useAct } from '../../use-act'
import { useApi } from '../../use-api'
import { useLoad } from '../../use-load'

const EVERY = 3_000

/** The house's voice. While sounds are being made, how far they are is asked again and again. */
export function useVoices() {
  const { voices, readings } = useApi()
  const { data, loading, trouble, reload } = useLoad(() => voices.now())
  const { busy, act } = useAct()

  const timer = setInterval(() => {
    if (!loading.value && (data.value?.left ?? 0) > 0) void reload()
  }, EVERY)
  onScopeDispose(() => clearInterval(timer))

  const taken = async (view: Promise<VoicesView>) => {
    data.value = await view
  }

  return {
    data, loading, trouble, reload, busy,
    choose: (request: VoiceRequest) =>
      act(() => taken(voices.choose(request)), { done: '已保存。声音会在后台重新合成，合成好之前先用能用的。' }),
    forget: (word: string) =>
      act(() => taken(readings.forget(word)), { done: `“${word}”又按原来的读音念了。` }),
  }
}
