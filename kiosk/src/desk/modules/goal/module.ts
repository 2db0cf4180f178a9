import { DataLine } from '@element-plus/icons-vue'
import { defineModule } from '../../module'

export default defineModule({
  role: 'admin',
  menu: { text: '98%', to: '/console', icon: DataLine, order: 10 },
  routes: [
    {
      path: '/console',
      name: 'goal',
      component: () => import('./GoalPage.vue'),
      meta: { title: '98%' },
    },
  ],
})
