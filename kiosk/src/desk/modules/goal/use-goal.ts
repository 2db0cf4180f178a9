import { onScopeDispose } from 'vue'
import { useApi } from '../../use-api'
import { useLoad } from '../../use-load'

const EVERY = 60_000

/** The goal, renewed every minute: the page may hang on a wall. */
export function useGoal() {
  const loaded = useLoad(() => useApi().goal.now())
  const timer = setInterval(() => void loaded.reload(), EVERY)
  onScopeDispose(() => clearInterval(timer))
  return loaded
}
