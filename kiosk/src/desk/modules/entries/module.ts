import { Collection } from '@element-plus/icons-vue'
import { defineModule } from '../../module'

export default defineModule({
  role: 'admin',
  menu: { text: '知识条目', to: '/console/entries', icon: Collection, order: 12 },
  routes: [
    {
      path: '/console/entries',
      name: 'entries',
      component: () => import('./EntriesPage.vue'),
      meta: { title: '知识条目' },
    },
  ],
})
