import { readonly, ref } from 'vue'
import { Refused } from './refused'
import type { Me } from './resources'
import { onSignInNeeded, useApi } from './use-api'

const me = ref<Me | null>(null)
let asked: Promise<void> | null = null

onSignInNeeded(() => {
  me.value = null
})

async function askServer(): Promise<void> {
  try {
    me.value = await useApi().session.whoAmI()
  } catch (failure) {
    me.value = null
    if (failure instanceof Refused && failure.code === 'sign_in_needed') return
    // The server could not be asked: the next page asks again.
    asked = null
  }
}

/** Who is signed in, for the whole page. */
export function useSession() {
  return {
    me: readonly(me),
    /** Resolves once the server has been asked. */
    known: () => (asked ??= askServer()),
    async signIn(name: string, password: string): Promise<void> {
      me.value = await useApi().session.signIn(name, password)
      asked = Promise.resolve()
    },
    async signOut(): Promise<void> {
      await useApi().session.signOut()
      me.value = null
    },
  }
}
