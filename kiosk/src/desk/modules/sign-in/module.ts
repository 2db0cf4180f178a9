import { defineModule } from '../../module'

export default defineModule({
  routes: [
    {
      path: '/desk/sign-in',
      name: 'sign-in',
      component: () => import('./SignIn.vue'),
      meta: { title: '登录' },
    },
  ],
})
