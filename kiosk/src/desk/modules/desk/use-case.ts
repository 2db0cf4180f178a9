import { ElMessage } from 'element-plus/es/components/message/index'
import 'element-plus/es/components/message/style/css'
import { computed, onScopeDispose } from 'vue'
import { isOvertaken } from '../../refused'
import type { AnswerRequest, EscalationView } from '../../resources'
import { useAct } from '../../use-act'
import { useApi } from '../../use-api'
import { useLoad } from '../../use-load'
import { useSession } from '../../use-session'
import { withLine } from './talk'
import type { LiveChannel } from './use-live'
import { ownerWords } from './words'

/** The chosen escalation: its facts, its talk, and what may be done with it. */
export function useCase(id: () => string, live: LiveChannel) {
  const { escalations } = useApi()
  const { me } = useSession()
  const { busy, act } = useAct()
  const { data, loading, trouble, reload } = useLoad(() => escalations.detail(id()), [id])

  // While another one loads, the last one must not be shown under its name.
  const detail = computed(() => (data.value?.escalation.id === id() ? data.value : undefined))
  const view = computed(() => detail.value?.escalation)
  const mine = computed(
    () => view.value?.state === 'claimed' && view.value.owner?.id === me.value?.id,
  )

  const off = live.listen((message) => {
    if (message.type === 'line' && message.escalation === id() && data.value) {
      data.value = withLine(data.value, message.line)
    }
    // Lists carry masked contacts, so the whole is fetched anew.
    if (message.type === 'escalation' && message.escalation.id === id()) void reload()
    if (message.type === 'hello') void reload()
  })
  onScopeDispose(off)

  function show(now: EscalationView): void {
    if (data.value?.escalation.id === now.id) data.value = { ...data.value, escalation: now }
  }

  /** Tells who was first and shows how it stands, instead of a bare refusal. */
  function overtaken(failure: unknown): boolean {
    if (!isOvertaken(failure)) return false
    void reload().then(() => {
      if (!view.value) return
      const words = ownerWords(view.value, me.value?.id)
      ElMessage.warning({ message: `慢了一步：${words}。`, duration: 6000, showClose: true })
    })
    return true
  }

  const change = (work: (view: EscalationView) => Promise<EscalationView>, done?: string) =>
    act(async () => view.value && show(await work(view.value)), { done, handled: overtaken })

  return {
    detail,
    loading,
    trouble,
    reload,
    busy,
    mine,
    claim: () => change((v) => escalations.claim(v.id)),
    release: () => change((v) => escalations.release(v.id, v.version), '已放回，同事可以认领了。'),
    answer: (body: AnswerRequest) =>
      change((v) => escalations.answer(v.id, body), '答复已送出。'),
    close: (reason: string) => change((v) => escalations.close(v.id, reason), '已结束。'),
    say: (text: string) =>
      act(async () => {
        const line = await escalations.say(id(), text)
        if (data.value) data.value = withLine(data.value, line)
      }),
  }
}
