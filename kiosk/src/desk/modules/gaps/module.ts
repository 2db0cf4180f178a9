import { QuestionFilled } from '@element-plus/icons-vue'
import { defineModule } from '../../module'

export default defineModule({
  role: 'admin',
  menu: { text: '知识缺口', to: '/console/gaps', icon: QuestionFilled, order: 13 },
  routes: [
    {
      path: '/console/gaps',
      name: 'gaps',
      component: () => import('./GapsPage.vue'),
      meta: { title: '知识缺口' },
    },
  ],
})
