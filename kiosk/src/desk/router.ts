import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { mayEnter } from './module'
import { modules } from './modules'
import { useSession } from './use-session'

const withRole = (role: 'worker' | 'admin' | undefined) => (route: RouteRecordRaw) =>
  ({ ...route, meta: { ...route.meta, role } }) as RouteRecordRaw

const inside = modules.filter((m) => m.role).flatMap((m) => m.routes.map(withRole(m.role)))
const outside = modules.filter((m) => !m.role).flatMap((m) => m.routes)

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...outside,
    { path: '/', component: () => import('./shell/DeskShell.vue'), children: inside },
    { path: '/:rest(.*)*', redirect: '/desk' },
  ],
})

router.beforeEach(async (to) => {
  if (!to.meta.role) return true
  const { known, me } = useSession()
  await known()
  if (!me.value) return { name: 'sign-in', query: { to: to.fullPath } }
  return mayEnter(me.value, to.meta.role) || { path: '/desk' }
})

router.afterEach((to) => {
  document.title = `${to.meta.title ?? '值班台'} · 邻里`
})
