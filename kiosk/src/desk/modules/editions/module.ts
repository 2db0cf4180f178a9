import { Files } from '@element-plus/icons-vue'
import { defineModule } from '../../module'

export default defineModule({
  role: 'admin',
  menu: { text: '知识版本', to: '/console/editions', icon: Files, order: 14 },
  routes: [
    {
      path: '/console/editions',
      name: 'editions',
      component: () => import('./EditionsPage.vue'),
      meta: { title: '知识版本' },
    },
  ],
})
