import { EditPen } from '@element-plus/icons-vue'
import { defineModule } from '../../module'

export default defineModule({
  role: 'admin',
  menu: { text: '候选知识', to: '/console/candidates', icon: EditPen, order: 11 },
  routes: [
    {
      path: '/console/candidates',
      name: 'candidates',
      component: () => import('./CandidatesPage.vue'),
      meta: { title: '候选知识' },
    },
    {
      path: '/console/candidates/:id',
      name: 'candidate',
      component: () => import('./CandidatePage.vue'),
      meta: { title: '候选知识' },
    },
  ],
})
