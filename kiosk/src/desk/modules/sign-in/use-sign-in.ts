import { computed, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { wordsOf } from '../../refused'
import { useSession } from '../../use-session'
import { pageAfter } from './page-after'

/** The sign-in form: fields, what went wrong, and where it leads. */
export function useSignIn() {
  const route = useRoute()
  const router = useRouter()
  const { signIn } = useSession()
  const name = ref('')
  const password = ref('')
  const busy = ref(false)
  const trouble = ref('')
  const ready = computed(() => name.value.trim() !== '' && password.value !== '')

  async function submit(): Promise<void> {
    if (!ready.value || busy.value) return
    busy.value = true
    trouble.value = ''
    try {
      await signIn(name.value.trim(), password.value)
      await router.replace(pageAfter(route.query.to))
    } catch (failure) {
      trouble.value = wordsOf(failure)
      password.value = ''
    } finally {
      busy.value = false
    }
  }

  return { name, password, busy, trouble, ready, submit }
}
