import { ChatDotSquare } from '@element-plus/icons-vue'
import { defineModule } from '../../module'

const component = () => import('./DeskPage.vue')

export default defineModule({
  role: 'worker',
  menu: { text: '值班台', to: '/desk', icon: ChatDotSquare, order: 1 },
  routes: [
    { path: '/desk/history/:id?', name: 'history', component, meta: { title: '已结束' } },
    { path: '/desk/:id?', name: 'desk', component, meta: { title: '值班台' } },
  ],
})
