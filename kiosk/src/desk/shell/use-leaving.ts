import { watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useAct } from '../use-act'
import { useSession } from '../use-session'

/** Signing out, by hand or because the server has forgotten the session. */
export function useLeaving() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  const { act } = useAct()

  watch(session.me, (now) => {
    if (now) return
    void router.replace({ name: 'sign-in', query: { to: route.fullPath } })
  })

  return { signOut: () => act(session.signOut) }
}
