import { Search } from '@element-plus/icons-vue'
import { defineModule } from '../../module'

export default defineModule({
  role: 'admin',
  menu: { text: '试一试', to: '/console/try', icon: Search, order: 15 },
  routes: [
    {
      path: '/console/try',
      name: 'try',
      component: () => import('./TryPage.vue'),
      meta: { title: '试一试' },
    },
  ],
})
